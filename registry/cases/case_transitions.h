// Which stage of a case may follow which, and what the step needs. The one table of it; the stages
// of ISO 10002 that have no verb yet are numbered in docs/cases.md.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "radyab/v1/case.pb.h"

namespace radyab::cases {

// Who takes the step: AdvanceCase, or DraftResponse by writing an answer.
enum class StepVerb { kAdvance, kDraft };

// One arrow. What is needed is given with the step; an owner may also stand in the case already.
struct CaseTransition {
  v1::CaseState from;
  v1::CaseState to;
  StepVerb verb;
  bool needs_owner;
  bool needs_delivery_id;  // of a message that was really sent
  bool needs_channel;
  bool needs_reason;
};

std::span<const CaseTransition> CaseTransitions();
// The arrow between two stages, or null.
const CaseTransition* FindTransition(v1::CaseState from, v1::CaseState to);
// Whether a stage has a verb today.
bool IsCaseState(int number);

// "ACKNOWLEDGED": the stage without the enum's prefix.
std::string StateName(v1::CaseState state);
// "ACKNOWLEDGED, CLOSED": the stages that may follow `from`, or "none".
std::string AllowedStates(v1::CaseState from);

// What comes next for the complainant, in plain words of both languages.
v1::LocalizedText NextStep(v1::CaseState state);

}  // namespace radyab::cases
