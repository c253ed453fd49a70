#include "coding/published_ids.h"

#include "coding/digit_folding.h"
#include "coding/gs1_characters.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

Refusal RefuseLength(const Reading& reading, std::size_t found, std::size_t wanted,
                     const char* unit) {
  return RefuseWhole(reading,
                     {RefusalReason::kWrongLength, 0, 0, std::to_string(found) + ' ' + unit,
                      std::to_string(wanted) + ' ' + unit});
}

Parsed<FoldedDigits> ReadDigits(const Reading& reading, std::size_t length) {
  auto folded = FoldDigits(reading);
  if (!folded) return folded;
  if (folded->digits.size() == length) return folded;
  return RefuseLength(reading, folded->digits.size(), length, "digits");
}

Parsed<std::string> ReadUnchecked(const Reading& reading, std::size_t length) {
  auto folded = ReadDigits(reading, length);
  if (!folded) return folded.refusal();
  return folded->digits;
}

// Digits and capital letters but those of `without`, `length` of them.
Parsed<std::string> ReadLetters(const Reading& reading, std::size_t length,
                                std::string_view without) {
  const std::string_view text = reading.text;
  if (text.size() != length) return RefuseLength(reading, text.size(), length, "characters");
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool letter =
        text[at] >= 'A' && text[at] <= 'Z' && without.find(text[at]) == without.npos;
    if (letter || IsDigit(text[at])) continue;
    return RefusePart(reading,
                      {RefusalReason::kInvalidCharacter, at, 1, DescribeCharacter(text, at),
                       without.empty() ? "a digit or a capital letter"
                                       : "a digit or a capital letter but I, O, Q"});
  }
  return std::string(text);
}

// Luhn's digit for the digits before it: every second one from the right is doubled.
char LuhnDigit(std::string_view digits) {
  int sum = 0;
  bool doubled = true;
  for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    const int digit = (digits[i] - '0') * (doubled ? 2 : 1);
    sum += digit / 10 + digit % 10;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

Parsed<std::string> ParseNsn(std::string_view text) { return ReadUnchecked({"nsn", text}, 13); }

Parsed<std::string> ParseUid20(std::string_view text) { return ReadUnchecked({"uid20", text}, 20); }

Parsed<std::string> ParseVin(std::string_view text) {
  return ReadLetters({"vin", text}, 17, "IOQ");
}

Parsed<std::string> ParseLei(std::string_view text) {
  constexpr std::size_t kCharacters = 20;
  const Reading reading{"lei", text};
  auto read = ReadLetters(reading, kCharacters, "");
  if (!read) return read;
  for (std::size_t at = kCharacters - 2; at < kCharacters; ++at) {
    if (IsDigit(text[at])) continue;
    return RefusePart(reading, {RefusalReason::kInvalidCharacter, at, 1, "letter", "a digit"});
  }
  unsigned remainder = 0;
  for (const char c : *read) {
    const bool digit = IsDigit(c);
    const auto value = static_cast<unsigned>(digit ? c - '0' : c - 'A' + 10);
    remainder = (remainder * (digit ? 10 : 100) + value) % 97;
  }
  if (remainder == 1) return read;
  return RefusePart(reading, {RefusalReason::kWrongCheckDigit, kCharacters - 2, 2,
                              "wrong check digits", "others"});
}

Parsed<std::string> ParseImei(std::string_view text) {
  constexpr std::size_t kDigits = 15;
  const Reading reading{"imei", text};
  auto folded = ReadDigits(reading, kDigits);
  if (!folded) return folded.refusal();
  const char right = LuhnDigit(std::string_view(folded->digits).substr(0, kDigits - 1));
  if (folded->digits.back() == right) return folded->digits;
  return RefuseDigits(
      reading, *folded, kDigits - 1, 1,
      {RefusalReason::kWrongCheckDigit, 0, 0, "wrong check digit", std::string(1, right)});
}

}  // namespace radyab::coding
