// AdvanceCase and DraftResponse: the two verbs that move a case.
#include <algorithm>

#include "coding/utf8_reader.h"
#include "registry/cases/case_check.h"
#include "registry/cases/case_registry.h"
#include "registry/cases/case_row.h"
#include "registry/cases/case_timeline.h"
#include "registry/cases/case_transitions.h"
#include "registry/fault_list.h"
#include "registry/stamp.h"

namespace radyab::cases {
namespace {

absl::Status IllegalStep(const FoundCase& found, v1::CaseState wanted) {
  const v1::CaseState from = found.record.case_().state();
  const std::string allowed = AllowedStates(from);
  std::string message = CaseName(found.code) + " is " + StateName(from) + ": " + StateName(wanted) +
                        " cannot follow; allowed: " + allowed;
  if (allowed.find(StateName(v1::CASE_STATE_RESPONSE_DRAFTED)) != std::string::npos)
    message += " (RESPONSE_DRAFTED is reached by DraftResponse only)";
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition, message,
                {{"resource", CaseName(found.code)},
                 {"state", StateName(from)},
                 {"wanted", StateName(wanted)},
                 {"allowed", allowed}});
}

absl::Status RequireEtag(std::string_view etag, const FoundCase& found) {
  if (etag.empty()) {
    return RefuseField("etag", "missing; want the etag of the version the caller saw",
                       Reason::kMissingField);
  }
  return CheckEtag(etag, found.record.case_().etag(), CaseName(found.code));
}

// A field of the step that has no meaning for the wanted stage.
void CheckUnwanted(bool given, std::string_view field, std::string_view stages, FaultList& faults) {
  if (given) faults.Add(field, "not wanted here; only for " + std::string(stages));
}

// The id that another program gave its message: printable ASCII without spaces.
void CheckDeliveryId(std::string_view id, FaultList& faults) {
  if (id.size() > kDeliveryIdCharactersMax) {
    faults.Add("delivery_id", std::to_string(id.size()) + " bytes, want at most " +
                                  std::to_string(kDeliveryIdCharactersMax));
  }
  const auto bad = std::ranges::find_if(id, [](char c) { return c <= ' ' || c > '~'; });
  if (bad == id.end()) return;
  const auto at = static_cast<std::size_t>(bad - id.begin());
  faults.Add("delivery_id", "character " + std::to_string(coding::CountCharacters(id, at) + 1) +
                                " is no printable ASCII; want the id of the message as it is");
}

absl::Status CheckStepFields(const CaseStep& step) {
  FaultList faults;
  const bool sends = step.state == v1::CASE_STATE_ACKNOWLEDGED ||
                     step.state == v1::CASE_STATE_DECISION_COMMUNICATED;
  if (!IsCaseState(step.state)) faults.Add("state", "want a stage of cases: docs/cases.md");
  CheckText({"reason", step.reason, kReasonCharactersMax}, faults);
  if (!step.owner.empty()) RequireText({"owner", step.owner, kOwnerCharactersMax}, faults);
  CheckDeliveryId(step.delivery_id, faults);
  if (!v1::CaseChannel_IsValid(step.channel)) faults.Add("channel", "no channel");
  CheckUnwanted(!step.owner.empty() && step.state != v1::CASE_STATE_INVESTIGATING, "owner",
                "INVESTIGATING", faults);
  CheckUnwanted(!step.delivery_id.empty() && !sends, "delivery_id",
                "ACKNOWLEDGED and DECISION_COMMUNICATED", faults);
  CheckUnwanted(step.channel != v1::CASE_CHANNEL_UNSPECIFIED &&
                    step.state != v1::CASE_STATE_DECISION_COMMUNICATED,
                "channel", "DECISION_COMMUNICATED", faults);
  return faults.status();
}

// What the arrow needs and the step lacks, all of it.
absl::Status CheckNeeds(const CaseTransition& transition, const CaseStep& step,
                        const FoundCase& found) {
  FaultList faults;
  const std::string needed = "missing; " + StateName(transition.to) + " needs ";
  const auto need = [&](bool needed_here, bool given, std::string_view field,
                        std::string_view what) {
    if (needed_here && !given) faults.Add(field, needed + std::string(what), Reason::kMissingField);
  };
  need(transition.needs_owner, !step.owner.empty() || !found.record.case_().owner().empty(),
       "owner", "who works on the case");
  need(transition.needs_delivery_id, !step.delivery_id.empty(), "delivery_id",
       "the id of the message that was sent");
  need(transition.needs_channel, step.channel != v1::CASE_CHANNEL_UNSPECIFIED, "channel",
       "the way the answer was sent");
  need(transition.needs_reason, !IsBlank(step.reason), "reason", "a reason");
  return faults.status();
}

// Moves the record to `to` and writes the timeline row; the caller writes the record.
absl::Status MoveTo(storage::WriteTransaction& transaction, const Environment& environment,
                    const access::Caller& caller, FoundCase& found, v1::TimelineEntry entry) {
  v1::Case& moved = *found.record.mutable_case_();
  entry.set_kind(v1::TIMELINE_KIND_TRANSITION);
  entry.set_from_state(moved.state());
  moved.set_state(entry.to_state());
  found.record.set_state_time_us(transaction.record_time_us());
  return AddTimelineEntry(transaction, environment, caller, found, std::move(entry));
}

absl::StatusOr<v1::Case> WriteAndOpen(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      FoundCase& found) {
  if (auto status = WriteCase(transaction, found.code, found.record); !status.ok()) return status;
  return OpenCase(transaction, environment, caller, found);
}

}  // namespace

absl::StatusOr<v1::Case> AdvanceCase(storage::WriteTransaction& transaction,
                                     const Environment& environment, const access::Caller& caller,
                                     const CaseStep& step) {
  auto found = FindCaseToChange(transaction, caller, step.name);
  if (!found.ok()) return found.status();
  if (auto status = RequireEtag(step.etag, *found); !status.ok()) return status;
  if (auto status = CheckStepFields(step); !status.ok()) return status;
  const CaseTransition* transition = FindTransition(found->record.case_().state(), step.state);
  if (transition == nullptr || transition->verb != StepVerb::kAdvance)
    return IllegalStep(*found, step.state);
  if (auto status = CheckNeeds(*transition, step, *found); !status.ok()) return status;

  v1::TimelineEntry entry;
  entry.set_to_state(step.state);
  entry.set_reason(step.reason);
  entry.set_delivery_id(step.delivery_id);
  if (step.state == v1::CASE_STATE_DECISION_COMMUNICATED) {
    auto status = MarkCommunicated(transaction, *found, step.channel);
    if (!status.ok()) return status;
    entry.set_response_number(static_cast<std::int32_t>(found->record.response_count()));
  }
  if (!step.owner.empty()) found->record.mutable_case_()->set_owner(step.owner);
  auto moved = MoveTo(transaction, environment, caller, *found, std::move(entry));
  if (!moved.ok()) return moved;
  return WriteAndOpen(transaction, environment, caller, *found);
}

absl::StatusOr<DraftedResponse> DraftResponse(storage::WriteTransaction& transaction,
                                              const Environment& environment,
                                              const access::Caller& caller, std::string_view name,
                                              std::string_view text, std::string_view etag) {
  auto found = FindCaseToChange(transaction, caller, name);
  if (!found.ok()) return found.status();
  if (auto status = RequireEtag(etag, *found); !status.ok()) return status;
  FaultList faults;
  RequireText({"text", text, kTextCharactersMax}, faults);
  if (!faults.empty()) return faults.status();
  const v1::CaseState from = found->record.case_().state();
  const CaseTransition* transition = FindTransition(from, v1::CASE_STATE_RESPONSE_DRAFTED);
  if (transition == nullptr) return IllegalStep(*found, v1::CASE_STATE_RESPONSE_DRAFTED);

  auto response = AddResponse(transaction, environment, *found, text);
  if (!response.ok()) return response.status();
  v1::TimelineEntry written;
  written.set_kind(v1::TIMELINE_KIND_RESPONSE);
  written.set_response_number(response->number());
  auto noted = AddTimelineEntry(transaction, environment, caller, *found, std::move(written));
  if (!noted.ok()) return noted;
  if (transition->from != transition->to) {
    v1::TimelineEntry entry;
    entry.set_to_state(transition->to);
    auto moved = MoveTo(transaction, environment, caller, *found, std::move(entry));
    if (!moved.ok()) return moved;
  }
  auto drafted_in = WriteAndOpen(transaction, environment, caller, *found);
  if (!drafted_in.ok()) return drafted_in.status();
  return DraftedResponse{*std::move(drafted_in), *std::move(response)};
}

}  // namespace radyab::cases
