// Which elements may and must stand together on one object (GS1 General Specifications, section 4;
// the rules are the last two columns of coding/ai_table.txt).
#pragma once

#include <string>
#include <vector>

#include "coding/element.h"
#include "coding/element_views.h"
#include "coding/refusal.h"

namespace radyab::coding {

// One rule that the elements of an object break together. Each element is right by itself.
struct BrokenRule {
  RefusalReason reason = RefusalReason::kMissingKey;  // or kForbiddenPair, kRepeatedElement
  std::size_t element = 0;                            // which element, from 0
  std::string ai;                                     // its AI
  std::string partners;  // the AIs it lacks ("01 or 02+37"), or the one beside which it stands
  std::string message;   // one sentence for people

  friend bool operator==(const BrokenRule&, const BrokenRule&) = default;
};

// All broken rules, in the order of the elements: missing partners, partners that are not allowed,
// and an AI that comes again with another value. Elements whose AI is not in the table have none.
std::vector<BrokenRule> BrokenRules(const std::vector<Element>& elements);

// True when no rule is broken; takes no memory.
bool KeepRules(const ElementViews& elements);

}  // namespace radyab::coding
