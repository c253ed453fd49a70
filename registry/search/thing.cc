#include "registry/search/thing.h"

#include <algorithm>

namespace radyab::search {
namespace {

constexpr Thing kKindStep = 1'000'000'000'000'000;  // the first of 16 digits
constexpr Thing kClasses = 9 * kKindStep;           // no code begins with 9
constexpr std::size_t kKeyCodeDigitsMax = 12;

ThingRange BeginningWith(Thing digit) { return {digit * kKindStep, (digit + 1) * kKindStep}; }

}  // namespace

// The digits filled up with zeros, and behind them how many they are.
Thing ThingOfClass(std::string_view key_code) {
  Thing number = 0;
  for (std::size_t at = 0; at < kKeyCodeDigitsMax; ++at) {
    const bool given = at < key_code.size();
    number = number * 10 + (given ? static_cast<Thing>(key_code[at] - '0') : 0);
  }
  return kClasses + number * 100 + key_code.size();
}

std::optional<std::string> ClassOf(Thing thing) {
  if (thing < kClasses || thing >= kClasses + kKindStep) return std::nullopt;
  const std::size_t length = thing % 100;
  if (length == 0 || length > kKeyCodeDigitsMax) return std::nullopt;
  std::string digits = std::to_string(thing - kClasses);
  digits.insert(0, kKeyCodeDigitsMax + 2 - std::min(digits.size(), kKeyCodeDigitsMax + 2), '0');
  return digits.substr(0, length);
}

ThingRange RangeOf(v1::SearchKind kind) {
  switch (kind) {
    case v1::SEARCH_KIND_ITEM:
      return BeginningWith(static_cast<Thing>(coding::Kind::kItem));
    case v1::SEARCH_KIND_SERVICE:
      return BeginningWith(static_cast<Thing>(coding::Kind::kService));
    case v1::SEARCH_KIND_PARTY:
      return BeginningWith(static_cast<Thing>(coding::Kind::kParty));
    case v1::SEARCH_KIND_CLASS:
      return BeginningWith(kClasses / kKindStep);
    default:
      return {};
  }
}

}  // namespace radyab::search
