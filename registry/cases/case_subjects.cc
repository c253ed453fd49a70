#include "registry/cases/case_subjects.h"

#include <algorithm>

#include "coding/decimal_quantity.h"
#include "registry/access/caller.h"
#include "registry/cases/case_registry.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/trace/trace_query.h"

namespace radyab::cases {
namespace {

using coding::Kind;
using coding::ObjectWord;

constexpr std::size_t kAmountDigitsMax = 18;

// Whether there is such an item or service, and whether it is a generic item.
absl::StatusOr<bool> IsGeneric(storage::ReadTransaction& transaction, coding::Code code) {
  if (code.kind() == Kind::kService) {
    auto service = catalog::GetService(transaction, code.Digits());
    if (!service.ok()) return service.status();
    return false;
  }
  auto item = catalog::GetItem(transaction, code.Digits());
  if (!item.ok()) return item.status();
  return item->generic();
}

// The supplier the trace shows to the member, else the party of the owner.
absl::StatusOr<std::string> SupplierOf(storage::ReadTransaction& transaction,
                                       const access::Caller& as_member,
                                       const ResolvedSubject& subject) {
  if (subject.word.type != ObjectWord::Type::kCode) {
    auto facts = trace::FactsOf(transaction, as_member, subject.subject.object());
    if (!facts.ok()) return facts.status();
    if (!facts->supplier.empty()) return facts->supplier;
  }
  if (!subject.owner || subject.generic) return std::string();
  auto owner = catalog::GetMember(transaction, *subject.owner);
  if (!owner.ok()) return owner.status();
  return owner->party_code();
}

std::size_t DigitCount(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
}

void CheckQuantity(v1::Quantity& quantity, const std::string& field, FaultList& faults) {
  const auto amount = coding::ParseDecimal(quantity.amount());
  if (!amount.ok()) {
    faults.AddAll(RefuseText(field + ".amount", amount.refusal()));
  } else if (amount->mantissa <= 0) {
    faults.Add(field + ".amount", "want more than 0");
  } else {
    quantity.set_amount(coding::WriteDecimal(*amount));
    if (DigitCount(quantity.amount()) > kAmountDigitsMax)
      faults.Add(field + ".amount", "more than 18 digits");
  }
  const auto unit = coding::ParseMeasureUnit(quantity.unit());
  if (!unit.ok()) {
    faults.AddAll(RefuseText(field + ".unit", unit.refusal()));
  } else {
    quantity.set_unit(*unit);
  }
}

// One subject; a status only for what is no fault of the field (a missing item, a failing store).
absl::Status Resolve(storage::ReadTransaction& transaction, const std::string& field,
                     ResolvedSubject& subject, FaultList& faults) {
  if (subject.subject.match() == v1::SUBJECT_MATCH_UNSPECIFIED ||
      !v1::SubjectMatch_IsValid(subject.subject.match())) {
    faults.Add(field + ".match", "want SCAN, TYPED or INFERRED");
  }
  if (subject.subject.has_quantity())
    CheckQuantity(*subject.subject.mutable_quantity(), field + ".quantity", faults);
  auto word = ParseSubject(subject.subject.object(), field + ".object");
  if (!word.ok()) return word.status();
  subject.word = *std::move(word);
  subject.subject.set_object(coding::WriteObjectWord(subject.word));
  if (!subject.word.code) return absl::OkStatus();
  auto generic = IsGeneric(transaction, *subject.word.code);
  if (!generic.ok()) return generic.status();
  subject.generic = *generic;
  auto owner = catalog::MemberOfBlock(transaction, subject.word.code->block());
  if (!owner.ok()) return owner.status();
  subject.owner = *owner;
  return absl::OkStatus();
}

void CheckRepeats(const std::vector<ResolvedSubject>& subjects, FaultList& faults) {
  for (std::size_t i = 1; i < subjects.size(); ++i) {
    for (std::size_t before = 0; before < i; ++before) {
      if (subjects[i].subject.object() != subjects[before].subject.object()) continue;
      faults.Add("case.subjects[" + std::to_string(i) + "].object",
                 "the same as subjects[" + std::to_string(before) + "]");
      break;
    }
  }
}

}  // namespace

absl::StatusOr<ObjectWord> ParseSubject(std::string_view text, std::string_view field) {
  const auto word = coding::ParseObjectWord(text);
  if (!word.ok()) return RefuseText(field, word.refusal(), Reason::kInvalidCode);
  if (!word->code || word->code->kind() == Kind::kItem) return *word;
  const std::string kind(coding::KindName(word->code->kind()));
  if (word->type != ObjectWord::Type::kCode)
    return RefuseField(field, "a " + kind + " has no lots and no units; want an item's code");
  if (word->code->kind() == Kind::kService) return *word;
  return RefuseField(field, "the code of a " + kind +
                                " is no subject; want an item, a service, a lot, a unit or a "
                                "container");
}

std::vector<ResolvedSubject> ResolveSubjects(storage::ReadTransaction& transaction,
                                             const v1::Case& wanted, FaultList& faults) {
  std::vector<ResolvedSubject> subjects;
  const auto count = static_cast<std::size_t>(wanted.subjects_size());
  if (count == 0 && !wanted.subject_unknown()) {
    faults.Add("case.subjects", "missing; want a subject, or subject_unknown to be set",
               Reason::kMissingField);
  }
  if (count > 0 && wanted.subject_unknown())
    faults.Add("case.subject_unknown", "subjects are given; want one or the other");
  if (count > kSubjectsMax) {
    faults.Add("case.subjects",
               std::to_string(count) + " given, want at most " + std::to_string(kSubjectsMax));
    return subjects;
  }
  for (const v1::CaseSubject& given : wanted.subjects()) {
    const std::string field = "case.subjects[" + std::to_string(subjects.size()) + "]";
    ResolvedSubject& subject = subjects.emplace_back();
    subject.subject = given;
    faults.AddAll(Resolve(transaction, field, subject, faults));
  }
  CheckRepeats(subjects, faults);
  return subjects;
}

absl::Status FindSuppliers(storage::ReadTransaction& transaction, MemberId member,
                           std::vector<ResolvedSubject>& subjects) {
  const access::Caller as_member{0, v1::ROLE_DESK, member};
  for (ResolvedSubject& subject : subjects) {
    auto supplier = SupplierOf(transaction, as_member, subject);
    if (!supplier.ok()) return supplier.status();
    subject.supplier = *std::move(supplier);
  }
  return absl::OkStatus();
}

}  // namespace radyab::cases
