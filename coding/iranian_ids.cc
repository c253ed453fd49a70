#include "coding/iranian_ids.h"

#include <algorithm>

#include "coding/digit_folding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

Refusal RefuseLength(const Reading& reading, std::size_t digits, std::string wanted) {
  return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                               std::to_string(digits) + " digits", std::move(wanted)});
}

Refusal RefuseLastDigit(const Reading& reading, const FoldedDigits& folded) {
  return RefuseDigits(reading, folded, folded.digits.size() - 1, 1,
                      {RefusalReason::kWrongCheckDigit, 0, 0, "wrong check digit",
                       "the check digit of these digits"});
}

char NationalIdCheckDigit(std::string_view digits) {
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * (10 - i);
  const int remainder = sum % 11;
  return static_cast<char>('0' + (remainder < 2 ? remainder : 11 - remainder));
}

char LegalIdCheckDigit(std::string_view digits) {
  constexpr int kWeights[] = {29, 27, 23, 19, 17};
  const int added = digits[9] - '0' + 2;
  int sum = 0;
  for (std::size_t i = 0; i < 10; ++i) sum += (digits[i] - '0' + added) * kWeights[i % 5];
  return static_cast<char>('0' + sum % 11 % 10);
}

// Digits of one fixed length without a check.
Parsed<std::string> ParseUnchecked(const Reading& reading, std::size_t length) {
  auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  if (folded->digits.size() != length) {
    return RefuseLength(reading, folded->digits.size(), std::to_string(length) + " digits");
  }
  return folded->digits;
}

}  // namespace

Parsed<std::string> ParseNationalId(std::string_view text) {
  const Reading reading{"national id", text};
  const auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  const std::size_t given = folded->digits.size();
  if (given < 8 || given > 10) return RefuseLength(reading, given, "10 digits (8 or 9 are padded)");
  const std::string digits = std::string(10 - given, '0') + folded->digits;
  if (std::all_of(digits.begin(), digits.end(), [&](char digit) { return digit == digits[0]; })) {
    return RefuseDigits(reading, *folded, 0, given,
                        {RefusalReason::kAllDigitsEqual, 0, 0, "equal digits", "unlike digits"});
  }
  if (digits[9] != NationalIdCheckDigit(digits)) return RefuseLastDigit(reading, *folded);
  return digits;
}

Parsed<std::string> ParseLegalId(std::string_view text) {
  const Reading reading{"legal id", text};
  const auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  if (folded->digits.size() != 11) return RefuseLength(reading, folded->digits.size(), "11 digits");
  if (folded->digits[10] != LegalIdCheckDigit(folded->digits)) {
    return RefuseLastDigit(reading, *folded);
  }
  return folded->digits;
}

Parsed<std::string> ParseIranCode(std::string_view text) {
  return ParseUnchecked({"irancode", text}, 16);
}

Parsed<std::string> ParseIranCodeOfService(std::string_view text) {
  return ParseUnchecked({"irancode of a service", text}, 17);
}

Parsed<std::string> ParseAuthenticity16(std::string_view text) {
  return ParseUnchecked({"authenticity16", text}, 16);
}

Parsed<std::string> ParseIrc(std::string_view text) { return ParseUnchecked({"irc", text}, 16); }

Parsed<std::string> ParseEconomicCode(std::string_view text) {
  const Reading reading{"economic code", text};
  auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  const std::size_t given = folded->digits.size();
  if (given != 12 && given != 14) return RefuseLength(reading, given, "12 or 14 digits");
  return folded->digits;
}

Parsed<std::string> ParseStuffId(std::string_view text) {
  return ParseUnchecked({"stuffid", text}, 13);
}

}  // namespace radyab::coding
