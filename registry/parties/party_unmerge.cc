// UnmergeParties: what a merge changed, taken back.
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "registry/catalog/alias_row.h"
#include "registry/catalog/life.h"
#include "registry/parties/merge_pair.h"
#include "registry/parties/merge_row.h"
#include "registry/parties/party_merge.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

absl::Status NotMerged(const OpenedParty& party) {
  const v1::Life& life = party.party.life();
  std::string message = party.code.Digits() + " is " + catalog::LifeStateName(life.state());
  message += life.state() == v1::LIFE_STATE_MERGED ? ", but what the merge changed was not kept"
                                                   : ", want a party that is merged into another";
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kNotMerged, message,
                {{"code", party.code.Digits()}});
}

absl::StatusOr<OpenedParty> OpenByCode(storage::ReadTransaction& transaction,
                                       const Environment& environment, coding::Code code) {
  auto found = FindParty(transaction, code);
  if (!found.ok()) return found.status();
  return OpenFound(transaction, environment, *std::move(found));
}

// A merge that comes after the one that is taken back.
struct LaterMerge {
  MergeRow row;
  std::set<std::string> by_hand = {};  // facts that were changed after it
};

bool Changes(const records::FactChanges& changes, const std::string& fact) {
  return std::ranges::any_of(changes.changes(),
                             [&](const auto& change) { return change.fact() == fact; });
}

// Facts that the merge must leave as they are when it is done again: those that were changed by
// hand after it, and those that were changed by hand before it or after it (`kept`) and that it
// left alone when it was done first.
std::set<std::string> Untouchable(const LaterMerge& merge, const std::set<std::string>& kept) {
  std::set<std::string> names = merge.by_hand;
  for (const std::string& name : kept) {
    if (!Changes(merge.row.changes, name)) names.insert(name);
  }
  return names;
}

// Does a merge again upon `facts`; its row tells afterwards what it changes now.
absl::Status MergeAgain(storage::WriteTransaction& transaction, const Environment& environment,
                        const std::set<std::string>& untouchable, MergeRow& row, Facts& facts) {
  auto other = OpenByCode(transaction, environment, row.absorbed);
  if (!other.ok()) return other.status();
  const v1::PartyMerge& merge = row.record.merge();
  MergeRule rule;
  rule.take_from_absorbed.insert(merge.take_from_absorbed().begin(),
                                 merge.take_from_absorbed().end());
  rule.conflicting_schemes.insert(row.record.conflicts().begin(), row.record.conflicts().end());
  Facts merged = MergedFacts(facts, FactsOf(other->party), rule);
  for (const std::string& name : untouchable) {
    const auto stands = facts.find(name);
    if (stands == facts.end()) {
      merged.erase(name);
    } else {
      merged[name] = stands->second;
    }
  }
  row.changes = ChangesBetween(facts, merged);
  facts = std::move(merged);
  return WriteMerge(transaction, environment, row);
}

// The facts of the survivor without the merge `parted`. Later merges are taken back first and then
// done again; whatever was changed by hand since stays as it is.
absl::StatusOr<Facts> FactsWithout(storage::WriteTransaction& transaction,
                                   const Environment& environment, const MergeRow& parted,
                                   Facts facts, std::set<std::string>& kept) {
  auto rows = MergesAfter(transaction, environment, parted.survivor, parted.record.sequence());
  if (!rows.ok()) return rows.status();
  std::vector<LaterMerge> later;
  for (MergeRow& row : *rows) later.push_back({std::move(row)});
  std::set<std::string> by_hand;
  for (auto merge = later.rbegin(); merge != later.rend(); ++merge) {
    TakeBack(merge->row.changes, facts, by_hand);
    merge->by_hand = by_hand;
  }
  TakeBack(parted.changes, facts, kept);
  std::set<std::string> kept_before = kept;  // by a merge before the one in hand
  for (LaterMerge& merge : later) {
    const std::set<std::string> untouchable = Untouchable(merge, kept_before);
    for (const records::FactChange& change : merge.row.changes.changes()) {
      if (merge.by_hand.contains(change.fact())) kept_before.insert(change.fact());
    }
    auto status = MergeAgain(transaction, environment, untouchable, merge.row, facts);
    if (!status.ok()) return status;
  }
  return facts;
}

// Aliases that still lead to the survivor go back; those that were ended or given on since stay so.
absl::Status MoveAliasesBack(storage::WriteTransaction& transaction, const MergeRow& row) {
  for (const records::AliasRecord& line : row.record.moved_aliases()) {
    const catalog::AliasKey key{line.alias().scheme(), static_cast<MemberId>(line.scope()),
                                line.alias().value()};
    auto live = catalog::LiveAlias(transaction, key);
    if (!live.ok()) return live.status();
    if (!live->has_value() || (*live)->code() != row.survivor.number()) continue;
    auto ended = catalog::EndHistory(transaction, key, row.survivor);
    if (!ended.ok()) return ended.status();
    auto status = catalog::PutLiveAlias(transaction, key, line.alias(), row.absorbed);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// Consents that were withdrawn while the two were one are withdrawn for both: nobody can tell whose
// wish it was.
bool WithdrawToo(const MergeRow& row, const Facts& now, Facts& absorbed) {
  const std::set<std::string> withdrawn_before(row.changes.withdrawn().begin(),
                                               row.changes.withdrawn().end());
  bool changed = false;
  for (auto& [name, value] : absorbed) {
    const auto there = now.find(name);
    if (!IsConsent(name) || there == now.end() || withdrawn_before.contains(name)) continue;
    v1::Consent consent = ConsentIn(value);
    const v1::Consent merged = ConsentIn(there->second);
    if (consent.has_withdrawn_time() || !merged.has_withdrawn_time()) continue;
    *consent.mutable_withdrawn_time() = merged.withdrawn_time();
    value = consent.SerializeAsString();
    changed = true;
  }
  return changed;
}

absl::StatusOr<v1::Party> WakeAbsorbed(storage::WriteTransaction& transaction,
                                       const Environment& environment, const MergeRow& row,
                                       const Facts& now, const OpenedParty& absorbed,
                                       const std::string& reason) {
  v1::Party party = absorbed.party;
  v1::Life life = row.record.absorbed_life();
  life.set_reason(reason);
  life.set_predecessor_steps(party.life().predecessor_steps());
  *life.mutable_change_time() = TimestampOf(transaction.record_time_us());
  *party.mutable_life() = std::move(life);
  Facts facts = FactsOf(party);
  if (WithdrawToo(row, now, facts)) {
    PutFacts(facts, party);
    return StoreChanged(transaction, environment, absorbed, std::move(party));
  }
  // Nothing personal changes: an erased person can be parted too.
  Stamp(transaction, party);
  auto record = ReadPartyRecord(transaction, absorbed.code);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return storage::CorruptRecord(keyspace::Party(absorbed.code));
  v1::Party& stored = *(*record)->mutable_party();
  *stored.mutable_life() = party.life();
  *stored.mutable_update_time() = party.update_time();
  stored.set_etag(party.etag());
  auto status = storage::PutRow(transaction, keyspace::Party(absorbed.code), **record);
  if (!status.ok()) return status;
  return party;
}

}  // namespace

absl::StatusOr<Unmerged> UnmergeParties(storage::WriteTransaction& transaction,
                                        const Environment& environment,
                                        const access::Caller& caller, std::string_view absorbed,
                                        const std::string& reason) {
  auto code = ParsePartyName(absorbed, "absorbed");
  if (!code.ok()) return code.status();
  auto parted = OpenByCode(transaction, environment, *code);
  if (!parted.ok()) return parted.status();
  if (!caller.ReachesPrivate(parted->owner)) return NotFound(PartyName(*code));
  if (auto status = catalog::CheckReason(reason); !status.ok()) return status;
  auto row = ReadMerge(transaction, environment, *code);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return NotMerged(*parted);
  const MergeRow& merge = **row;
  auto survivor = OpenByCode(transaction, environment, merge.survivor);
  if (!survivor.ok()) return survivor.status();
  auto active = catalog::RequireActive(survivor->code, survivor->party.life());
  if (!active.ok()) return active;

  const Facts now = FactsOf(survivor->party);
  std::set<std::string> kept;
  auto facts = FactsWithout(transaction, environment, merge, now, kept);
  if (!facts.ok()) return facts.status();
  Unmerged unmerged;
  unmerged.survivor = survivor->party;
  if (*facts != now) {
    v1::Party changed = survivor->party;
    PutFacts(*facts, changed);
    auto stored = StoreChanged(transaction, environment, *survivor, std::move(changed));
    if (!stored.ok()) return stored.status();
    unmerged.survivor = *std::move(stored);
  }
  if (auto status = MoveAliasesBack(transaction, merge); !status.ok()) return status;
  auto woken = WakeAbsorbed(transaction, environment, merge, now, *parted, reason);
  if (!woken.ok()) return woken.status();
  unmerged.absorbed = *std::move(woken);
  for (const std::string& name : kept) unmerged.kept_fields.push_back(FactField(name));
  auto status = transaction.Delete(keyspace::PartyMerge(*code));
  if (!status.ok()) return status;
  status =
      transaction.Delete(keyspace::MergedParty(merge.survivor, merge.record.sequence(), *code));
  if (!status.ok()) return status;
  return unmerged;
}

}  // namespace radyab::parties
