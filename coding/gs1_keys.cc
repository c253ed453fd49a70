#include "coding/gs1_keys.h"

#include <algorithm>
#include <initializer_list>

#include "coding/check_digits.h"
#include "coding/digit_folding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

// A key of one of these lengths, each digit as given, its check digit right.
Parsed<std::string> ParseKey(const Reading& reading, std::initializer_list<std::size_t> lengths,
                             std::string wanted) {
  const auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  const std::string& digits = folded->digits;
  if (std::find(lengths.begin(), lengths.end(), digits.size()) == lengths.end()) {
    return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                                 std::to_string(digits.size()) + " digits", std::move(wanted)});
  }
  if (!HasGs1CheckDigit(digits)) {
    const char right = Gs1CheckDigit(std::string_view(digits).substr(0, digits.size() - 1));
    return RefuseDigits(
        reading, *folded, digits.size() - 1, 1,
        {RefusalReason::kWrongCheckDigit, 0, 0, "wrong check digit", std::string(1, right)});
  }
  return digits;
}

}  // namespace

Parsed<std::string> ParseGtin(std::string_view text) {
  auto digits = ParseKey({"gtin", text}, {8, 12, 13, 14}, "8, 12, 13 or 14 digits");
  if (!digits) return digits;
  return std::string(14 - digits->size(), '0') + *digits;
}

Parsed<std::string> ParseGln(std::string_view text) {
  return ParseKey({"gln", text}, {13}, "13 digits");
}

Parsed<std::string> ParseSscc(std::string_view text) {
  return ParseKey({"sscc", text}, {18}, "18 digits");
}

Parsed<std::string> ParseGs1CompanyPrefix(std::string_view text) {
  const Reading reading{"GS1 company prefix", text};
  const auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  if (SsccSerialCount(folded->digits) == 0) {
    return RefuseWhole(reading,
                       {RefusalReason::kWrongLength, 0, 0,
                        std::to_string(folded->digits.size()) + " digits", "4 to 12 digits"});
  }
  return folded->digits;
}

std::uint64_t SsccSerialCount(std::string_view gs1_company_prefix) {
  const std::size_t digits = gs1_company_prefix.size();
  if (digits < kGs1CompanyPrefixDigitsMin || digits > kGs1CompanyPrefixDigitsMax) return 0;
  std::uint64_t count = 1;
  for (std::size_t i = digits; i < 16; ++i) count *= 10;
  return count;
}

Parsed<std::string> MakeSscc(char extension_digit, std::string_view gs1_company_prefix,
                             std::uint64_t serial) {
  const std::string_view extension(&extension_digit, 1);
  if (!IsAllDigits(extension)) {
    return RefusePart(
        {"SSCC extension digit", extension},
        {RefusalReason::kInvalidCharacter, 0, 1, DescribeCharacter(extension, 0), "a digit"});
  }
  const auto prefix = ParseGs1CompanyPrefix(gs1_company_prefix);
  if (!prefix) return prefix.refusal();
  const std::string number = std::to_string(serial);
  if (serial >= SsccSerialCount(*prefix)) {
    return RefusePart({"SSCC serial", number},
                      {RefusalReason::kOutOfRange, 0, number.size(), "number out of range",
                       "less than " + std::to_string(SsccSerialCount(*prefix))});
  }
  std::string sscc(1, extension_digit);
  sscc += *prefix;
  sscc.append(16 - prefix->size() - number.size(), '0');
  sscc += number;
  sscc += Gs1CheckDigit(sscc);
  return sscc;
}

bool IsRestrictedCirculation(std::string_view gtin14) {
  if (gtin14.size() != 14) return false;
  if (gtin14.substr(0, 6) == "000000") return gtin14[6] == '0' || gtin14[6] == '2';
  const std::string_view prefix = gtin14.substr(1, 2);
  return prefix == "02" || prefix == "04" || prefix[0] == '2';
}

}  // namespace radyab::coding
