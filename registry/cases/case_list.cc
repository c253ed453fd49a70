// ListCases: by member, by subject or by complainant, oldest first, read by index.
#include <optional>

#include "registry/cases/case_registry.h"
#include "registry/cases/case_row.h"
#include "registry/cases/case_subjects.h"
#include "registry/cases/case_transitions.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/merge_group.h"
#include "registry/parties/party_registry.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/rows.h"

namespace radyab::cases {
namespace {

// The index that answers a filter, and what is left to look at in each case.
struct CaseIndex {
  std::vector<std::string> prefixes;  // as many as there are parties in the complainant's group
  std::optional<MemberId> member = std::nullopt;  // only this member's cases
  bool full_view_only = false;  // by complainant: he is hidden from the owner of a subject
};

absl::StatusOr<CaseIndex> IndexOfParty(storage::ReadTransaction& transaction,
                                       const access::Caller& caller, const CaseFilter& filter) {
  auto party = parties::ParsePartyName(filter.complainant_party, "complainant_party");
  if (!party.ok()) return party.status();
  auto readable = parties::MayReadParty(transaction, caller, *party);
  if (!readable.ok()) return readable.status();
  if (!*readable) return NotFound(parties::PartyName(*party));
  auto group = parties::MergeGroup(transaction, *party);
  if (!group.ok()) return group.status();
  CaseIndex index{{}, std::nullopt, true};
  for (const coding::Code code : *group) {
    index.prefixes.push_back(keyspace::CaseOfPartyPrefix(code));
  }
  if (!filter.member.empty()) {
    auto member = catalog::MemberMeant(transaction, caller, filter.member, "member");
    if (!member.ok()) return member.status();
    index.member = *member;
  }
  return index;
}

absl::StatusOr<CaseIndex> IndexOf(storage::ReadTransaction& transaction,
                                  const access::Caller& caller, const CaseFilter& filter) {
  if (filter.state != v1::CASE_STATE_UNSPECIFIED && !IsCaseState(filter.state))
    return RefuseField("state", "want a stage of cases: docs/cases.md");
  if (!filter.complainant_party.empty()) {
    if (filter.subject.empty()) return IndexOfParty(transaction, caller, filter);
    return RefuseField("complainant_party", "not together with subject; want one of the two");
  }
  auto member = catalog::MemberMeant(transaction, caller, filter.member, "member");
  if (!member.ok()) return member.status();
  if (filter.subject.empty()) return CaseIndex{{keyspace::CaseOfMemberPrefix(*member)}};
  auto word = ParseSubject(filter.subject, "subject");
  if (!word.ok()) return word.status();
  return CaseIndex{{keyspace::CaseOfSubjectPrefix(*member, coding::WriteObjectWord(*word))}};
}

bool Fits(const FoundCase& found, const CaseIndex& index, const CaseFilter& filter) {
  const v1::Case& stored = found.record.case_();
  if (found.view == CaseView::kNone) return false;
  if (index.full_view_only && found.view != CaseView::kFull) return false;
  if (index.member && stored.member() != catalog::MemberName(*index.member)) return false;
  return filter.state == v1::CASE_STATE_UNSPECIFIED || stored.state() == filter.state;
}

// The case an index row leads to: every index of cases ends with the code.
absl::StatusOr<FoundCase> CaseAt(storage::ReadTransaction& transaction,
                                 const access::Caller& caller, std::string_view index_key) {
  const std::size_t code_begin = index_key.size() - sizeof(std::uint64_t);
  const auto code =
      coding::Code::FromNumber(storage::OrderedKeyReader(index_key.substr(code_begin)).U64());
  if (!code.ok()) return storage::CorruptRecord(index_key);
  auto row = storage::GetRow<records::CaseRecord>(transaction, keyspace::Case(*code));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return storage::CorruptRecord(keyspace::Case(*code));
  const CaseView view = ViewOf(caller, **row);
  return FoundCase{*code, std::move(**row), view};
}

}  // namespace

absl::StatusOr<Page<v1::Case>> ListCases(storage::ReadTransaction& transaction,
                                         const Environment& environment,
                                         const access::Caller& caller, const CaseFilter& filter,
                                         const PageRequest& page) {
  auto index = IndexOf(transaction, caller, filter);
  if (!index.ok()) return index.status();
  Page<v1::Case> cases;
  std::string last_key;
  std::size_t looked_at = 0;
  std::size_t byte_count = 0;
  absl::Status fault = absl::OkStatus();
  const auto visit = [&](std::string_view key, std::string_view) {
    if (looked_at == kListScanRowsMax || cases.rows.size() == page.row_count_max ||
        byte_count >= kListBytesMax) {
      cases.next = last_key;
      return false;
    }
    ++looked_at;
    last_key = std::string(key);
    auto found = CaseAt(transaction, caller, key);
    fault = found.status();
    if (!fault.ok()) return false;
    if (!Fits(*found, *index, filter)) return true;
    auto opened = OpenCase(transaction, environment, caller, *found);
    fault = opened.status();
    if (!fault.ok()) return false;
    byte_count += opened->ByteSizeLong();
    cases.rows.push_back(*std::move(opened));
    return true;
  };
  auto status = parties::ScanGroup(transaction, index->prefixes, page.after,
                                   storage::Direction::kForward, kListScanRowsMax + 1, visit);
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return cases;
}

}  // namespace radyab::cases
