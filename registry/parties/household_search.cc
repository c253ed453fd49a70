#include "registry/parties/household_search.h"

#include <utility>

#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/linkage/household.h"
#include "registry/page_scan.h"
#include "registry/parties/active_parties.h"
#include "registry/parties/duplicate_rows.h"
#include "registry/parties/merge_pair.h"
#include "registry/parties/party_change.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

absl::StatusOr<linkage::HouseholdVetoes> ReadVetoes(storage::ReadTransaction& transaction,
                                                    MemberId owner) {
  const std::string prefix = keyspace::HouseholdVetoPrefix(owner);
  linkage::HouseholdVetoes vetoes;
  auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                                 storage::kNoRowLimit, [&](std::string_view key, std::string_view) {
                                   storage::OrderedKeyReader reader(key.substr(prefix.size()));
                                   const std::uint64_t first = reader.U64();
                                   vetoes.insert({first, reader.U64()});
                                   return true;
                                 });
  if (!status.ok()) return status;
  return vetoes;
}

absl::StatusOr<v1::Household> WriteHousehold(storage::ReadTransaction& transaction,
                                             const Environment& environment,
                                             const LinkageParties& parties,
                                             const linkage::Household& household) {
  v1::Household written;
  for (const std::uint32_t place : household.members) {
    if (written.members_size() == kHouseholdShownMax) break;
    auto found = FindParty(transaction, parties.codes[place]);
    if (!found.ok()) return found.status();
    auto party = OpenParty(transaction, environment, std::move(found->record));
    if (!party.ok()) return party.status();
    v1::HouseholdMember& member = *written.add_members();
    member.set_party(PartyName(parties.codes[place]));
    *member.mutable_display_name() = party->display_name();
  }
  for (const linkage::HouseholdEdge& edge : household.edges) {
    if (written.ties_size() == kHouseholdShownMax) break;
    v1::HouseholdTie& tie = *written.add_ties();
    tie.set_first(PartyName(parties.codes[edge.first]));
    tie.set_second(PartyName(parties.codes[edge.second]));
    tie.set_kind(edge.tie == linkage::HouseholdTie::kPhone
                     ? v1::HOUSEHOLD_TIE_KIND_PHONE
                     : v1::HOUSEHOLD_TIE_KIND_FAMILY_AND_ADDRESS);
  }
  written.set_member_count(static_cast<std::int64_t>(household.members.size()));
  written.set_for_review(household.for_review);
  return written;
}

// A person of a member that the caller reaches.
absl::StatusOr<FoundParty> ReachedPerson(storage::ReadTransaction& transaction,
                                         const access::Caller& caller, std::string_view name,
                                         std::string_view field) {
  auto code = ParsePartyName(name, field);
  if (!code.ok()) return code.status();
  auto found = FindParty(transaction, *code);
  if (!found.ok()) return found.status();
  if (!caller.ReachesPrivate(found->owner)) return NotFound(PartyName(*code));
  if (found->record.party().kind() != v1::PARTY_KIND_PERSON) {
    return RefuseField(field, code->Digits() + " is an organisation; want a person");
  }
  return found;
}

}  // namespace

absl::StatusOr<std::int64_t> FindHouseholds(
    storage::ReadTransaction& transaction, const Environment& environment,
    const access::Caller& caller, std::string_view member, bool for_review_only,
    absl::FunctionRef<absl::Status()> check,
    absl::FunctionRef<absl::Status(const v1::Household&)> visit) {
  auto owner = catalog::MemberMeant(transaction, caller, member, "member");
  if (!owner.ok()) return owner.status();
  auto parties = ReadLinkageParties(transaction, environment, *owner, check);
  if (!parties.ok()) return parties.status();
  auto vetoes = ReadVetoes(transaction, *owner);
  if (!vetoes.ok()) return vetoes.status();
  std::int64_t persons = 0;
  for (const linkage::PreparedRecord& record : parties->records) persons += !record.organisation;
  for (const linkage::Household& household : linkage::FindHouseholds(parties->records, *vetoes)) {
    if (for_review_only && !household.for_review) continue;
    auto written = WriteHousehold(transaction, environment, *parties, household);
    if (!written.ok()) return written.status();
    if (auto status = visit(*written); !status.ok()) return status;
  }
  return persons;
}

absl::StatusOr<v1::HouseholdVeto> VetoHousehold(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const VetoWanted& wanted) {
  auto one = ReachedPerson(transaction, caller, wanted.first, "first");
  if (!one.ok()) return one.status();
  auto other = ReachedPerson(transaction, caller, wanted.second, "second");
  if (!other.ok()) return other.status();
  if (auto status = catalog::CheckReason(wanted.reason); !status.ok()) return status;
  if (one->code == other->code) return RefuseField("second", "the same as first");
  if (one->owner != other->owner) return RefuseField("second", "a party of another member");
  const CodePair pair = PairOf(one->code, other->code);
  const std::string key = keyspace::HouseholdVeto(one->owner, pair.first, pair.second);
  records::HouseholdVetoRecord record;
  v1::HouseholdVeto& veto = *record.mutable_veto();
  veto.set_first(PartyName(pair.first));
  veto.set_second(PartyName(pair.second));
  veto.set_reason(wanted.reason);
  *veto.mutable_create_time() = TimestampOf(transaction.record_time_us());
  if (wanted.withdraw) {
    auto present = storage::GetRow<records::HouseholdVetoRecord>(transaction, key);
    if (!present.ok()) return present.status();
    if (!present->has_value()) {
      return NotFound("veto of " + pair.first.Digits() + " and " + pair.second.Digits());
    }
    veto = (*present)->veto();
  }
  auto status =
      wanted.withdraw ? transaction.Delete(key) : storage::PutRow(transaction, key, record);
  if (!status.ok()) return status;
  return veto;
}

absl::StatusOr<Page<v1::HouseholdVeto>> ListHouseholdVetoes(storage::ReadTransaction& transaction,
                                                            const access::Caller& caller,
                                                            std::string_view member,
                                                            const PageRequest& page) {
  auto owner = catalog::MemberMeant(transaction, caller, member, "member");
  if (!owner.ok()) return owner.status();
  auto records = PageOfRows<records::HouseholdVetoRecord>(
      transaction, keyspace::HouseholdVetoPrefix(*owner), page);
  if (!records.ok()) return records.status();
  Page<v1::HouseholdVeto> vetoes;
  vetoes.next = std::move(records->next);
  for (const records::HouseholdVetoRecord& record : records->rows) {
    vetoes.rows.push_back(record.veto());
  }
  return vetoes;
}

}  // namespace radyab::parties
