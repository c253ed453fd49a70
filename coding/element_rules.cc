#include "coding/element_rules.h"

#include <algorithm>
#include <optional>

namespace radyab::coding {
namespace {

// What the rules look at of one element.
struct Present {
  const AiEntry* entry;
  AiNumber number;
};

// The rules over any row of things with an entry and a number.
template <class Elements>
bool Holds(const Elements& elements, const AiPattern& pattern) {
  return std::any_of(elements.begin(), elements.end(),
                     [&](const auto& element) { return pattern.Matches(element.number); });
}

template <class Elements>
bool HasItsPartners(const AiEntry& entry, const Elements& elements) {
  if (entry.needs.empty()) return true;
  return std::any_of(entry.needs.begin(), entry.needs.end(), [&](const auto& together) {
    return std::all_of(together.begin(), together.end(),
                       [&](const AiPattern& pattern) { return Holds(elements, pattern); });
  });
}

// True when `other` must not stand beside an element of this AI.
bool Forbids(const AiEntry& entry, AiNumber number, AiNumber other) {
  if (other == number) return false;
  return std::any_of(entry.never.begin(), entry.never.end(),
                     [&](const AiPattern& pattern) { return pattern.Matches(other); });
}

std::string PartnersOf(const AiEntry& entry) {
  std::string partners;
  for (const auto& alternative : entry.needs) {
    if (!partners.empty()) partners += " or ";
    for (std::size_t i = 0; i < alternative.size(); ++i) {
      partners += (i > 0 ? "+" : "") + alternative[i].text;
    }
  }
  return partners;
}

BrokenRule Break(RefusalReason reason, std::size_t element, const std::string& ai,
                 std::string partners) {
  std::string message = "AI " + ai;
  if (reason == RefusalReason::kMissingKey) message += " without AI " + partners + " beside it";
  if (reason == RefusalReason::kForbiddenPair) message += " beside AI " + partners;
  if (reason == RefusalReason::kRepeatedElement) message += " a second time with another value";
  return {reason, element, ai, std::move(partners), std::move(message)};
}

}  // namespace

bool KeepRules(const ElementViews& elements) {
  for (const ElementView& element : elements) {
    if (!HasItsPartners(*element.entry, elements)) return false;
    for (const ElementView& other : elements) {
      if (&other != &element && other.number == element.number) return false;
      if (Forbids(*element.entry, element.number, other.number)) return false;
    }
  }
  return true;
}

std::vector<BrokenRule> BrokenRules(const std::vector<Element>& elements) {
  std::vector<BrokenRule> broken;
  std::vector<Present> present;
  for (const Element& element : elements) {
    const AiEntry* entry = FindAi(element.ai);
    present.push_back({entry, entry == nullptr ? -1 : NumberOfAi(element.ai)});
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const AiEntry* entry = present[i].entry;
    const AiNumber number = present[i].number;
    if (entry == nullptr) continue;  // not from a reader of ours
    const std::string& ai = elements[i].ai;
    const bool repeated = std::any_of(present.begin(), present.begin() + static_cast<long>(i),
                                      [&](const Present& other) { return other.number == number; });
    if (repeated) {
      broken.push_back(Break(RefusalReason::kRepeatedElement, i, ai, ai));
      continue;  // what else it breaks was told of the first
    }
    std::vector<std::string> told;
    for (std::size_t j = 0; j < elements.size(); ++j) {
      if (!Forbids(*entry, number, present[j].number)) continue;
      if (std::find(told.begin(), told.end(), elements[j].ai) != told.end()) continue;
      told.push_back(elements[j].ai);
      broken.push_back(Break(RefusalReason::kForbiddenPair, i, ai, elements[j].ai));
    }
    if (!HasItsPartners(*entry, present)) {
      broken.push_back(Break(RefusalReason::kMissingKey, i, ai, PartnersOf(*entry)));
    }
  }
  return broken;
}

}  // namespace radyab::coding
