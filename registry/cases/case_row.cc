#include "registry/cases/case_row.h"

#include <algorithm>

#include "coding/object_words.h"
#include "registry/access/sealed_part.h"
#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"

namespace radyab::cases {
namespace {

constexpr std::string_view kCollection = "cases/";
constexpr std::string_view kSealContext = "case";

absl::StatusOr<coding::Code> ParseCaseName(std::string_view name) {
  if (name.starts_with(kCollection)) name.remove_prefix(kCollection.size());
  const auto code = coding::ParseCode(name);
  if (!code.ok()) return RefuseText("name", code.refusal(), Reason::kInvalidCode);
  if (code->kind() != coding::Kind::kCase) {
    return RefuseField("name",
                       code->Digits() + " is the code of a " +
                           std::string(coding::KindName(code->kind())) + ", want one of a case",
                       Reason::kInvalidCode);
  }
  return *code;
}

bool IsOwner(storage::ReadTransaction& transaction, const access::Caller& caller,
             coding::Code code) {
  const auto owner = catalog::MemberOfBlock(transaction, code.block());
  return owner.ok() && caller.member && *owner == *caller.member;
}

bool OwnsSubject(storage::ReadTransaction& transaction, const access::Caller& caller,
                 const v1::CaseSubject& subject) {
  const auto word = coding::ParseObjectWord(subject.object());
  return word.ok() && word->code && IsOwner(transaction, caller, *word->code);
}

bool OwnsParty(storage::ReadTransaction& transaction, const access::Caller& caller,
               const std::string& party) {
  const auto code = coding::ParseCode(party);
  return code.ok() && IsOwner(transaction, caller, *code);
}

// What the owner of a subject is shown.
v1::Case Redacted(storage::ReadTransaction& transaction, const access::Caller& caller,
                  const v1::Case& stored) {
  v1::Case shown = stored;
  shown.clear_complainant_party();
  shown.clear_owner();
  shown.clear_subjects();
  shown.clear_supplier_parties();
  for (const v1::CaseSubject& subject : stored.subjects())
    if (OwnsSubject(transaction, caller, subject)) *shown.add_subjects() = subject;
  for (const std::string& party : stored.supplier_parties())
    if (OwnsParty(transaction, caller, party)) shown.add_supplier_parties(party);
  return shown;
}

}  // namespace

std::string CaseName(coding::Code code) { return std::string(kCollection) + code.Digits(); }

CaseView ViewOf(const access::Caller& caller, const records::CaseRecord& record) {
  const auto member = catalog::ParseMemberName(record.case_().member(), "member");
  if (member.ok() && caller.ReachesPrivate(*member)) return CaseView::kFull;
  const bool owns_subject =
      caller.member &&
      std::ranges::find(record.subject_members(), static_cast<std::uint32_t>(*caller.member)) !=
          record.subject_members().end();
  return owns_subject ? CaseView::kSubject : CaseView::kNone;
}

absl::StatusOr<FoundCase> FindCase(storage::ReadTransaction& transaction,
                                   const access::Caller& caller, std::string_view name) {
  auto code = ParseCaseName(name);
  if (!code.ok()) return code.status();
  auto row = storage::GetRow<records::CaseRecord>(transaction, keyspace::Case(*code));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return NotFound(CaseName(*code));
  const CaseView view = ViewOf(caller, **row);
  if (view == CaseView::kNone) return NotFound(CaseName(*code));
  return FoundCase{*code, std::move(**row), view};
}

absl::StatusOr<FoundCase> FindCaseToChange(storage::ReadTransaction& transaction,
                                           const access::Caller& caller, std::string_view name) {
  auto found = FindCase(transaction, caller, name);
  if (found.ok() && found->view != CaseView::kFull) return NotFound(CaseName(found->code));
  return found;
}

absl::StatusOr<v1::Case> OpenCase(storage::ReadTransaction& transaction,
                                  const Environment& environment, const access::Caller& caller,
                                  const FoundCase& found) {
  if (found.view != CaseView::kFull) return Redacted(transaction, caller, found.record.case_());
  auto plain =
      access::OpenFor(transaction, environment, found.code, found.record.personal(), kSealContext);
  if (!plain.ok()) return plain.status();
  records::CasePersonal personal;
  if (!personal.ParseFromString(*plain)) return storage::CorruptRecord(keyspace::Case(found.code));
  v1::Case opened = found.record.case_();
  opened.set_contact(personal.contact());
  opened.set_narrative(personal.narrative());
  return opened;
}

absl::Status SealCase(storage::WriteTransaction& transaction, const Environment& environment,
                      coding::Code code, const v1::Case& opened, records::CaseRecord& record) {
  records::CasePersonal personal;
  personal.set_contact(opened.contact());
  personal.set_narrative(opened.narrative());
  auto sealed =
      access::SealFor(transaction, environment, code, personal.SerializeAsString(), kSealContext);
  if (!sealed.ok()) return sealed.status();
  *record.mutable_personal() = std::move(*sealed);
  *record.mutable_case_() = opened;
  record.mutable_case_()->clear_contact();
  record.mutable_case_()->clear_narrative();
  return absl::OkStatus();
}

absl::Status WriteCase(storage::WriteTransaction& transaction, coding::Code code,
                       records::CaseRecord& record) {
  Stamp(transaction, *record.mutable_case_());
  return storage::PutRow(transaction, keyspace::Case(code), record);
}

}  // namespace radyab::cases
