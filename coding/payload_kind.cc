#include "coding/scan_payload.h"

namespace radyab::coding {

std::string_view PayloadKindName(PayloadKind kind) {
  switch (kind) {
    case PayloadKind::kUnknownText:
      return "unknown_text";
    case PayloadKind::kOurCode:
      return "our_code";
    case PayloadKind::kOurLink:
      return "our_link";
    case PayloadKind::kObjectWord:
      return "object_word";
    case PayloadKind::kElementString:
      return "element_string";
    case PayloadKind::kDigitalLink:
      return "digital_link";
    case PayloadKind::kGtin:
      return "gtin";
    case PayloadKind::kSscc:
      return "sscc";
    case PayloadKind::kDigits:
      return "digits";
  }
  return "unknown_text";
}

}  // namespace radyab::coding
