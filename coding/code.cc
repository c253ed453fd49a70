#include "coding/code.h"

#include <cstdio>
#include <optional>

#include "coding/check_digits.h"
#include "coding/digit_folding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kCodeDigits = 16;
constexpr std::uint64_t kTenTo14 = 100'000'000'000'000;
constexpr std::uint64_t kTenTo16 = 100 * kTenTo14;

bool IsCatalogKind(Kind kind) { return kind == Kind::kItem || kind == Kind::kService; }

bool IsKindDigit(char digit) {
  return digit == '1' || digit == '2' || digit == '7' || digit == '8';
}

Refusal RefuseNumber(std::string_view what, std::uint64_t number, std::string wanted) {
  const std::string text = std::to_string(number);
  return RefusePart({what, text}, {RefusalReason::kOutOfRange, 0, text.size(),
                                   "number out of range", std::move(wanted)});
}

// The code of K, C, M, S with its check pair put behind.
std::uint64_t WithCheckPair(std::uint64_t first_14) {
  return first_14 * 100 + (98 - first_14 % 97 * 100 % 97);
}

std::uint64_t FirstFourteen(Kind kind, std::uint64_t c, std::uint64_t block, std::uint64_t s) {
  return ((static_cast<std::uint64_t>(kind) * 10'000 + c) * 100'000 + block) * 10'000 + s;
}

// The fault of 16 ASCII digits, if they have one.
std::optional<Fault> CheckCodeDigits(std::string_view digits) {
  if (!IsKindDigit(digits[0])) {
    return Fault{RefusalReason::kUnknownKind, 0, 1, "unknown kind",
                 "1 (item), 2 (case), 7 (party) or 8 (service)"};
  }
  const std::string_view pair = digits.substr(14);
  if (pair < "02" || pair > "98") {
    return Fault{RefusalReason::kOutOfRange, 14, 2, "check pair out of range", "02 to 98"};
  }
  if (!HasMod97CheckPair(digits)) {
    return Fault{RefusalReason::kWrongCheckDigit, 14, 2, "wrong check pair",
                 "the pair of these digits"};
  }
  const bool catalog = digits[0] == '1' || digits[0] == '8';
  if (catalog && digits.substr(10, 4) == "0000") {
    return Fault{RefusalReason::kOutOfRange, 10, 4, "counter out of range", "0001 to 9999"};
  }
  return std::nullopt;
}

// Whether a number passes every check of CheckCodeDigits, without its digits being written out.
bool IsCodeNumber(std::uint64_t number) {
  if (number >= kTenTo16) return false;
  const std::uint64_t kind = number / (10 * kTenTo14), pair = number % 100;
  const bool catalog = kind == 1 || kind == 8;
  if (!catalog && kind != 2 && kind != 7) return false;
  if (catalog && number / 100 % 10'000 == 0) return false;
  return pair >= 2 && pair <= 98 && number % 97 == 1;
}

}  // namespace

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kItem:
      return "item";
    case Kind::kCase:
      return "case";
    case Kind::kParty:
      return "party";
    case Kind::kService:
      return "service";
  }
  return "unknown";
}

Parsed<Code> Code::ForCatalog(Kind kind, std::uint32_t birth_class, std::uint32_t block,
                              std::uint32_t counter) {
  if (!IsCatalogKind(kind)) {
    return RefuseNumber("kind", static_cast<std::uint64_t>(kind), "1 (item) or 8 (service)");
  }
  if (birth_class > kBirthClassMax) return RefuseNumber("birth class", birth_class, "0 to 9999");
  if (block > kBlockMax) return RefuseNumber("block", block, "0 to 99999");
  if (counter < 1 || counter > kCounterMax) return RefuseNumber("counter", counter, "1 to 9999");
  return Code(WithCheckPair(FirstFourteen(kind, birth_class, block, counter)));
}

Parsed<Code> Code::ForSerial(Kind kind, std::uint32_t block, std::uint32_t serial) {
  if (kind != Kind::kParty && kind != Kind::kCase) {
    return RefuseNumber("kind", static_cast<std::uint64_t>(kind), "2 (case) or 7 (party)");
  }
  if (block > kBlockMax) return RefuseNumber("block", block, "0 to 99999");
  if (serial > kSerialMax) return RefuseNumber("serial", serial, "0 to 99999999");
  return Code(WithCheckPair(FirstFourteen(kind, serial / 10'000, block, serial % 10'000)));
}

Parsed<Code> Code::FromNumber(std::uint64_t number) {
  if (IsCodeNumber(number)) return Code(number);
  char digits[24];
  std::snprintf(digits, sizeof digits, "%016llu", static_cast<unsigned long long>(number));
  const Reading reading{"code", digits};
  if (number >= kTenTo16) {
    return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                                 std::to_string(reading.text.size()) + " digits", "16 digits"});
  }
  const auto fault = CheckCodeDigits(reading.text);
  return fault ? RefusePart(reading, *fault) : Parsed<Code>(Code(number));
}

Kind Code::kind() const { return static_cast<Kind>(number_ / (10 * kTenTo14)); }
std::uint32_t Code::block() const {
  return static_cast<std::uint32_t>(number_ / 1'000'000 % 100'000);
}
std::uint32_t Code::birth_class() const {
  return static_cast<std::uint32_t>(number_ / 100'000'000'000 % 10'000);
}
std::uint32_t Code::counter() const { return static_cast<std::uint32_t>(number_ / 100 % 10'000); }
std::uint32_t Code::serial() const { return birth_class() * 10'000 + counter(); }

std::string Code::Digits() const { return std::to_string(number_); }

std::string Code::Grouped() const {
  const std::string digits = Digits();
  return digits.substr(0, 4) + ' ' + digits.substr(4, 4) + ' ' + digits.substr(8, 4) + ' ' +
         digits.substr(12);
}

Parsed<Code> ParseCode(std::string_view text) {
  const Reading reading{"code", text};
  const auto folded = FoldDigits(reading);
  if (!folded) return folded.refusal();
  if (folded->digits.size() != kCodeDigits) {
    return RefuseWhole(reading, {RefusalReason::kWrongLength, 0, 0,
                                 std::to_string(folded->digits.size()) + " digits", "16 digits"});
  }
  std::uint64_t number = 0;
  for (const char digit : folded->digits) number = number * 10 + static_cast<unsigned>(digit - '0');
  if (!IsCodeNumber(number)) {
    if (const auto fault = CheckCodeDigits(folded->digits)) {
      return RefuseDigits(reading, *folded, fault->begin, fault->bytes, *fault);
    }
  }
  return Code::FromNumber(number);
}

}  // namespace radyab::coding
