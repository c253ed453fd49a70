// CreateCase: checks what is told, finds who answers, and files the case.
#include <optional>
#include <set>

#include "registry/access/sealed_part.h"
#include "registry/cases/case_check.h"
#include "registry/cases/case_registry.h"
#include "registry/cases/case_row.h"
#include "registry/cases/case_subjects.h"
#include "registry/cases/case_timeline.h"
#include "registry/cases/tracking_token.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/parties/party_registry.h"
#include "registry/parties/party_row.h"
#include "registry/storage/rows.h"

namespace radyab::cases {
namespace {

using Subjects = std::vector<ResolvedSubject>;

// The complainant's party must be one that the answering member may read, whoever opens the case:
// it is that member's desk that will see it. `opened` keeps its 16 digits.
absl::Status CheckComplainantParty(storage::ReadTransaction& transaction,
                                   std::optional<MemberId> member, v1::Case& opened) {
  if (opened.complainant_party().empty()) return absl::OkStatus();
  auto code = parties::ParsePartyName(opened.complainant_party(), "case.complainant_party");
  if (!code.ok()) return code.status();
  if (!member) return absl::OkStatus();  // refused for that
  const access::Caller as_member{0, v1::ROLE_DESK, member};
  auto readable = parties::MayReadParty(transaction, as_member, *code);
  if (!readable.ok()) return readable.status();
  if (!*readable) return NotFound(parties::PartyName(*code));
  opened.set_complainant_party(code->Digits());
  return absl::OkStatus();
}

// Who answers: the member named, else the caller's, else the owner of the first subject with a
// code, else the registry.
absl::StatusOr<MemberId> MemberOfCase(storage::ReadTransaction& transaction,
                                      const access::Caller& caller, const v1::Case& wanted,
                                      const Subjects& subjects) {
  if (!wanted.member().empty() || caller.member || !caller.ReachesEveryMember())
    return catalog::MemberMeant(transaction, caller, wanted.member(), "case.member");
  for (const ResolvedSubject& subject : subjects)
    if (subject.owner) return *subject.owner;
  return MemberId::kRegistry;
}

void FillSubjects(const Subjects& subjects, MemberId member, FoundCase& filed, v1::Case& opened) {
  std::set<std::string> suppliers;
  std::set<MemberId> owners;
  opened.clear_subjects();
  opened.clear_supplier_parties();
  for (const ResolvedSubject& subject : subjects) {
    *opened.add_subjects() = subject.subject;
    if (!subject.supplier.empty() && suppliers.insert(subject.supplier).second)
      opened.add_supplier_parties(subject.supplier);
    if (subject.owner && *subject.owner != member && owners.insert(*subject.owner).second)
      filed.record.add_subject_members(static_cast<std::uint32_t>(*subject.owner));
  }
}

// Under the case's member every subject, under its owner only his own: each by its exact words and
// by its bare code.
absl::Status IndexSubject(storage::WriteTransaction& transaction, const FoundCase& filed,
                          MemberId member, const ResolvedSubject& subject) {
  std::set<std::string> words = {subject.subject.object()};
  std::set<MemberId> scopes = {member};
  if (subject.word.code) words.insert(subject.word.code->Digits());
  if (subject.owner) scopes.insert(*subject.owner);
  for (const MemberId scope : scopes) {
    for (const std::string& word : words) {
      auto status = storage::PutMark(
          transaction, keyspace::CaseOfSubject(scope, word, filed.record.sequence(), filed.code));
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status IndexCase(storage::WriteTransaction& transaction, const FoundCase& filed,
                       MemberId member, const Subjects& subjects) {
  const std::uint64_t sequence = filed.record.sequence();
  auto status = storage::PutMark(transaction, keyspace::CaseOfMember(member, sequence, filed.code));
  if (!status.ok()) return status;
  for (const ResolvedSubject& subject : subjects) {
    status = IndexSubject(transaction, filed, member, subject);
    if (!status.ok()) return status;
  }
  const auto party = coding::ParseCode(filed.record.case_().complainant_party());
  if (!party.ok()) return absl::OkStatus();  // no party complains
  return storage::PutMark(transaction, keyspace::CaseOfParty(*party, sequence, filed.code));
}

absl::StatusOr<OpenedCase> FileCase(storage::WriteTransaction& transaction,
                                    const Environment& environment, const access::Caller& caller,
                                    MemberId member, const Subjects& subjects, v1::Case opened,
                                    const FreshCaseSecrets& fresh) {
  auto code = catalog::IssueSerialCode(transaction, environment, coding::Kind::kCase, member);
  if (!code.ok()) return code.status();
  auto sequence = catalog::NextNumber(transaction, "case");
  if (!sequence.ok()) return sequence.status();
  auto keyed = access::CreateSealKey(transaction, environment, *code, fresh.seal_key);
  if (!keyed.ok()) return keyed;

  FoundCase filed{*code, {}, CaseView::kFull};
  const std::string token = WriteToken(fresh.token);
  filed.record.set_token_hash(HashToken(environment.keyed_hash, *code, token));
  filed.record.set_sequence(*sequence);
  filed.record.set_state_time_us(transaction.record_time_us());
  opened.set_name(CaseName(*code));
  opened.set_code(code->Digits());
  opened.set_member(catalog::MemberName(member));
  opened.set_state(v1::CASE_STATE_RECEIVED);
  FillSubjects(subjects, member, filed, opened);
  auto sealed = SealCase(transaction, environment, *code, opened, filed.record);
  if (!sealed.ok()) return sealed;

  v1::TimelineEntry received;
  received.set_kind(v1::TIMELINE_KIND_TRANSITION);
  received.set_to_state(v1::CASE_STATE_RECEIVED);
  auto noted = AddTimelineEntry(transaction, environment, caller, filed, std::move(received));
  if (!noted.ok()) return noted;
  auto indexed = IndexCase(transaction, filed, member, subjects);
  if (!indexed.ok()) return indexed;
  if (auto status = WriteCase(transaction, *code, filed.record); !status.ok()) return status;
  auto shown = OpenCase(transaction, environment, caller, filed);
  if (!shown.ok()) return shown.status();
  return OpenedCase{*std::move(shown), token};
}

}  // namespace

absl::StatusOr<OpenedCase> CreateCase(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Case& wanted, const FreshCaseSecrets& fresh) {
  if (fresh.token.size() != kTokenBytes) {
    return Refuse(absl::StatusCode::kInternal, Reason::kInvalidField,
                  "fresh token of " + std::to_string(fresh.token.size()) + " bytes, want " +
                      std::to_string(kTokenBytes));
  }
  v1::Case opened = wanted;
  opened.DiscardUnknownFields();  // what nobody checked must not be kept
  opened.clear_create_time();
  FaultList faults;
  CheckCase(opened, transaction.record_time_us(), faults);
  Subjects subjects = ResolveSubjects(transaction, opened, faults);
  auto member = MemberOfCase(transaction, caller, wanted, subjects);
  faults.AddAll(CheckComplainantParty(transaction,
                                      member.ok() ? std::optional(*member) : std::nullopt, opened));
  faults.AddAll(member.status());
  if (!faults.empty()) return faults.status();
  if (auto status = FindSuppliers(transaction, *member, subjects); !status.ok()) return status;
  return FileCase(transaction, environment, caller, *member, subjects, std::move(opened), fresh);
}

}  // namespace radyab::cases
