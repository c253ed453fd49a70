#include "registry/cases/case_transitions.h"

#include <algorithm>
#include <array>

namespace radyab::cases {
namespace {

using enum v1::CaseState;
constexpr auto kAdvance = StepVerb::kAdvance;
constexpr auto kDraft = StepVerb::kDraft;

// from, to, verb, needs: owner, delivery_id, channel, reason
constexpr std::array<CaseTransition, 7> kTransitions = {{
    {CASE_STATE_RECEIVED, CASE_STATE_ACKNOWLEDGED, kAdvance, false, true, false, false},
    {CASE_STATE_ACKNOWLEDGED, CASE_STATE_INVESTIGATING, kAdvance, true, false, false, false},
    {CASE_STATE_INVESTIGATING, CASE_STATE_RESPONSE_DRAFTED, kDraft, false, false, false, false},
    {CASE_STATE_RESPONSE_DRAFTED, CASE_STATE_RESPONSE_DRAFTED, kDraft, false, false, false, false},
    {CASE_STATE_RESPONSE_DRAFTED, CASE_STATE_INVESTIGATING, kAdvance, false, false, false, true},
    {CASE_STATE_RESPONSE_DRAFTED, CASE_STATE_DECISION_COMMUNICATED, kAdvance, false, true, true,
     false},
    {CASE_STATE_DECISION_COMMUNICATED, CASE_STATE_CLOSED, kAdvance, false, false, false, true},
}};

struct StageWords {
  v1::CaseState state;
  std::string_view next_fa;
  std::string_view next_en;
};

constexpr std::array<StageWords, 6> kStages = {{
    {CASE_STATE_RECEIVED, "دریافت شکایت شما به شما اعلام می‌شود.",
     "We will confirm to you that we received it."},
    {CASE_STATE_ACKNOWLEDGED,
     "یک نفر مسئول رسیدگی می‌شود و بررسی را آغاز می‌کند.",
     "Somebody is made responsible and begins to look into it."},
    {CASE_STATE_INVESTIGATING,
     "موضوع در دست بررسی است؛ پس از آن پاسخ نوشته می‌شود.",
     "It is being looked into; then an answer is written."},
    {CASE_STATE_RESPONSE_DRAFTED,
     "پاسخ نوشته شده است و به‌زودی برای شما فرستاده "
     "می‌شود.",
     "The answer is written and will be sent to you soon."},
    {CASE_STATE_DECISION_COMMUNICATED,
     "پاسخ برای شما فرستاده شده است؛ پس از آن پرونده بسته "
     "می‌شود.",
     "The answer was sent to you; then the case is closed."},
    {CASE_STATE_CLOSED, "پرونده بسته شده است و کار دیگری نمانده است.",
     "The case is closed; nothing more is to be done."},
}};

}  // namespace

std::span<const CaseTransition> CaseTransitions() { return kTransitions; }

const CaseTransition* FindTransition(v1::CaseState from, v1::CaseState to) {
  const auto* found = std::ranges::find_if(
      kTransitions, [&](const CaseTransition& row) { return row.from == from && row.to == to; });
  return found == kTransitions.end() ? nullptr : found;
}

bool IsCaseState(int number) {
  return std::ranges::any_of(kStages, [&](const StageWords& row) { return row.state == number; });
}

std::string StateName(v1::CaseState state) {
  constexpr std::string_view kPrefix = "CASE_STATE_";
  const std::string& name = v1::CaseState_Name(state);
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : std::to_string(state);
}

std::string AllowedStates(v1::CaseState from) {
  std::string names;
  for (const CaseTransition& row : kTransitions) {
    if (row.from != from) continue;
    if (!names.empty()) names += ", ";
    names += StateName(row.to);
  }
  return names.empty() ? "none" : names;
}

v1::LocalizedText NextStep(v1::CaseState state) {
  v1::LocalizedText words;
  for (const StageWords& row : kStages) {
    if (row.state != state) continue;
    words.set_fa(std::string(row.next_fa));
    words.set_en(std::string(row.next_en));
  }
  return words;
}

}  // namespace radyab::cases
