#include "coding/refusal.h"

namespace radyab::coding {

std::string_view RefusalReasonName(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::kEmpty:
      return "EMPTY";
    case RefusalReason::kTooLong:
      return "TOO_LONG";
    case RefusalReason::kWrongLength:
      return "WRONG_LENGTH";
    case RefusalReason::kInvalidCharacter:
      return "INVALID_CHARACTER";
    case RefusalReason::kInvalidUtf8:
      return "INVALID_UTF8";
    case RefusalReason::kWrongCheckDigit:
      return "WRONG_CHECK_DIGIT";
    case RefusalReason::kUnknownKind:
      return "UNKNOWN_KIND";
    case RefusalReason::kOutOfRange:
      return "OUT_OF_RANGE";
    case RefusalReason::kAllDigitsEqual:
      return "ALL_DIGITS_EQUAL";
    case RefusalReason::kUnknownAi:
      return "UNKNOWN_AI";
    case RefusalReason::kMissingValue:
      return "MISSING_VALUE";
    case RefusalReason::kMissingSeparator:
      return "MISSING_SEPARATOR";
    case RefusalReason::kMissingKey:
      return "MISSING_KEY";
    case RefusalReason::kRepeatedElement:
      return "REPEATED_ELEMENT";
    case RefusalReason::kMalformedLink:
      return "MALFORMED_LINK";
    case RefusalReason::kWrongOrder:
      return "WRONG_ORDER";
    case RefusalReason::kForbiddenPair:
      return "FORBIDDEN_PAIR";
    case RefusalReason::kUnknownValue:
      return "UNKNOWN_VALUE";
  }
  return "UNKNOWN";
}

}  // namespace radyab::coding
