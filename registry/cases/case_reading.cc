// GetCase and TrackCase: one case, for those who may see it and for the complainant.
#include "registry/cases/case_registry.h"
#include "registry/cases/case_row.h"
#include "registry/cases/case_transitions.h"
#include "registry/cases/tracking_token.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::cases {
namespace {

// One answer for every miss, so that nobody learns which part was wrong.
absl::Status WrongTracking() { return NotFound("this tracking code with this token"); }

absl::StatusOr<records::CaseRecord> TrackedRecord(storage::ReadTransaction& transaction,
                                                  const coding::Parsed<coding::Code>& code) {
  if (!code.ok() || code->kind() != coding::Kind::kCase) return WrongTracking();
  auto row = storage::GetRow<records::CaseRecord>(transaction, keyspace::Case(*code));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return WrongTracking();
  return std::move(**row);
}

}  // namespace

absl::StatusOr<v1::Case> GetCase(storage::ReadTransaction& transaction,
                                 const Environment& environment, const access::Caller& caller,
                                 std::string_view name) {
  auto found = FindCase(transaction, caller, name);
  if (!found.ok()) return found.status();
  return OpenCase(transaction, environment, caller, *found);
}

absl::StatusOr<v1::CaseStatus> TrackCase(storage::ReadTransaction& transaction,
                                         const Environment& environment, std::string_view code,
                                         std::string_view token) {
  const auto parsed = coding::ParseCode(code);
  auto record = TrackedRecord(transaction, parsed);
  if (!record.ok()) return record.status();
  const std::string folded = FoldToken(token);
  const std::string hash = HashToken(environment.keyed_hash, *parsed, folded);
  if (folded.empty() || !access::EqualInConstantTime(hash, record->token_hash()))
    return WrongTracking();
  v1::CaseStatus status;
  status.set_code(parsed->Digits());
  status.set_state(record->case_().state());
  *status.mutable_create_time() = record->case_().create_time();
  *status.mutable_state_time() = TimestampOf(record->state_time_us());
  *status.mutable_next_step() = NextStep(record->case_().state());
  return status;
}

}  // namespace radyab::cases
