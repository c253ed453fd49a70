#include "registry/parties/party_merge.h"
#include "registry/catalog/life.h"

#include <algorithm>
#include <set>
#include <utility>

#include "registry/catalog/alias_row.h"
#include "registry/parties/duplicate_rows.h"
#include "registry/parties/merge_group.h"
#include "registry/parties/merge_pair.h"
#include "registry/parties/merge_row.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

std::string TextOf(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "" : FactText(name, found->second);
}

void FillDifferences(const MergePair& pair, v1::MergePreview& preview) {
  std::int64_t stricter = 0;
  for (const auto& [name, result] : pair.merged_facts) {
    const auto own = pair.survivor_facts.find(name);
    const auto other = pair.absorbed_facts.find(name);
    const bool both = own != pair.survivor_facts.end() && other != pair.absorbed_facts.end();
    if (both && own->second == other->second) continue;
    if (both && IsConsent(name)) ++stricter;
    v1::MergeDifference& difference = *preview.add_differences();
    difference.set_field(FactField(name));
    difference.set_survivor_value(TextOf(pair.survivor_facts, name));
    difference.set_absorbed_value(TextOf(pair.absorbed_facts, name));
    difference.set_result(FactText(name, result));
  }
  preview.set_stricter_consent_count(stricter);
}

// Rows below the prefixes of every code of the absorbed group.
absl::StatusOr<std::int64_t> CountRows(storage::ReadTransaction& transaction,
                                       const std::vector<coding::Code>& group,
                                       std::string (*prefix_of)(coding::Code)) {
  std::size_t count = 0;
  for (const coding::Code code : group) {
    const std::string prefix = prefix_of(code);
    auto status =
        transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                         kPreviewCountMax - count, [&](std::string_view, std::string_view) {
                           ++count;
                           return true;
                         });
    if (!status.ok()) return status;
    if (count == kPreviewCountMax) break;
  }
  return static_cast<std::int64_t>(count);
}

absl::Status RefuseConflicts(const MergePair& pair) {
  std::string schemes;
  for (const v1::IdentifierConflict& conflict : pair.conflicts) {
    schemes += (schemes.empty() ? "" : ", ") + v1::AliasScheme_Name(conflict.scheme());
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kConflictingIdentifiers,
                pair.survivor.code.Digits() + " and " + pair.absorbed.code.Digits() +
                    " bear different identifiers: " + schemes +
                    "; want despite_conflicts if they are one all the same",
                {{"schemes", schemes}});
}

// Those of `before` that the absorbed party does not bear any more.
absl::StatusOr<std::vector<records::AliasRecord>> MovedAliases(
    storage::ReadTransaction& transaction, const MergePair& pair) {
  auto left = catalog::LiveLines(transaction, pair.absorbed.code);
  if (!left.ok()) return left.status();
  std::set<std::pair<int, std::string>> stayed;
  for (const records::AliasRecord& line : *left) {
    stayed.insert({line.alias().scheme(), line.alias().value()});
  }
  std::vector<records::AliasRecord> moved;
  for (const records::AliasRecord& line : pair.absorbed_aliases) {
    if (!stayed.contains({line.alias().scheme(), line.alias().value()})) moved.push_back(line);
  }
  return moved;
}

absl::Status KeepMerge(storage::WriteTransaction& transaction, const Environment& environment,
                       const MergePair& pair, v1::PartyMerge merge) {
  auto moved = MovedAliases(transaction, pair);
  if (!moved.ok()) return moved.status();
  MergeRow row{pair.absorbed.code, pair.survivor.code, {}, {}};
  *row.record.mutable_merge() = std::move(merge);
  row.record.set_survivor(pair.survivor.code.number());
  row.record.set_sequence(transaction.commit_sequence());
  *row.record.mutable_absorbed_life() = pair.absorbed.party.life();
  for (records::AliasRecord& line : *moved) *row.record.add_moved_aliases() = std::move(line);
  for (const v1::IdentifierConflict& conflict : pair.conflicts) {
    row.record.add_conflicts(conflict.scheme());
  }
  row.changes = ChangesBetween(pair.survivor_facts, pair.merged_facts);
  auto status = WriteMerge(transaction, environment, row);
  if (!status.ok()) return status;
  return storage::PutMark(
      transaction,
      keyspace::MergedParty(pair.survivor.code, transaction.commit_sequence(), pair.absorbed.code));
}

}  // namespace

absl::StatusOr<v1::MergePreview> PreviewMerge(storage::ReadTransaction& transaction,
                                              const Environment& environment,
                                              const access::Caller& caller,
                                              const MergeWanted& wanted) {
  auto pair = ReadMergePair(transaction, environment, caller, wanted);
  if (!pair.ok()) return pair.status();
  v1::MergePreview preview;
  v1::Party& result = *preview.mutable_result();
  result = pair->survivor.party;
  PutFacts(pair->merged_facts, result);
  FillDifferences(*pair, preview);
  auto cases = CountRows(transaction, pair->absorbed_group, &keyspace::CaseOfPartyPrefix);
  if (!cases.ok()) return cases.status();
  preview.set_case_count(*cases);
  auto deliveries = CountRows(transaction, pair->absorbed_group, &keyspace::DeliveryPrefix);
  if (!deliveries.ok()) return deliveries.status();
  preview.set_delivery_count(*deliveries);
  preview.set_alias_count(static_cast<std::int64_t>(pair->absorbed_aliases.size()));
  preview.set_party_count(static_cast<std::int64_t>(pair->absorbed_group.size()) - 1);
  for (const v1::IdentifierConflict& conflict : pair->conflicts)
    *preview.add_conflicts() = conflict;
  return preview;
}

absl::StatusOr<Merged> MergeParties(storage::WriteTransaction& transaction,
                                    const Environment& environment, const access::Caller& caller,
                                    const MergeWanted& wanted) {
  auto pair = ReadMergePair(transaction, environment, caller, wanted);
  if (!pair.ok()) return pair.status();
  if (auto status = catalog::CheckReason(wanted.reason); !status.ok()) return status;
  const OpenedParty& survivor = pair->survivor;
  auto status = CheckEtag(wanted.survivor_etag, survivor.party.etag(), PartyName(survivor.code));
  if (!status.ok()) return status;
  status =
      CheckEtag(wanted.absorbed_etag, pair->absorbed.party.etag(), PartyName(pair->absorbed.code));
  if (!status.ok()) return status;
  if (!pair->conflicts.empty() && !wanted.despite_conflicts) return RefuseConflicts(*pair);

  auto outcome = catalog::ChangeLifeState(transaction, caller,
                                          {pair->absorbed.code.Digits(), v1::LIFE_STATE_MERGED,
                                           wanted.reason, survivor.code.Digits(), ""});
  if (!outcome.ok()) return outcome.status();
  // The life of the survivor knows one more step behind it now.
  auto stands = ReadPartyRecord(transaction, survivor.code);
  if (!stands.ok()) return stands.status();
  if (!stands->has_value()) return storage::CorruptRecord(keyspace::Party(survivor.code));
  Merged merged;
  merged.survivor = survivor.party;
  *merged.survivor.mutable_life() = (*stands)->party().life();
  PutFacts(pair->merged_facts, merged.survivor);
  auto stored = StoreChanged(transaction, environment, survivor, std::move(merged.survivor));
  if (!stored.ok()) return stored.status();
  merged.survivor = *std::move(stored);

  merged.merge.set_survivor(PartyName(survivor.code));
  merged.merge.set_absorbed(PartyName(pair->absorbed.code));
  for (const std::string& field : pair->rule.take_from_absorbed) {
    merged.merge.add_take_from_absorbed(field);
  }
  merged.merge.set_reason(wanted.reason);
  *merged.merge.mutable_merge_time() = TimestampOf(transaction.record_time_us());
  status = KeepMerge(transaction, environment, *pair, merged.merge);
  if (!status.ok()) return status;
  status = ForgetPair(transaction, survivor.owner, survivor.code, pair->absorbed.code);
  if (!status.ok()) return status;
  return merged;
}

absl::StatusOr<Page<v1::PartyMerge>> ListMerges(storage::ReadTransaction& transaction,
                                                const access::Caller& caller,
                                                std::string_view survivor,
                                                const PageRequest& page) {
  auto code = ParsePartyName(survivor, "survivor");
  if (!code.ok()) return code.status();
  auto found = FindParty(transaction, *code);
  if (!found.ok()) return found.status();
  if (!caller.ReachesPrivate(found->owner)) return NotFound(PartyName(*code));
  const std::string prefix = keyspace::MergedPartyPrefix(*code);
  Page<v1::PartyMerge> merges;
  std::string last_key;
  absl::Status fault = absl::OkStatus();
  auto status = transaction.Scan(
      {page.after.empty() ? prefix : page.after + '\0', storage::PrefixEnd(prefix)},
      storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, std::string_view) {
        if (merges.rows.size() == page.row_count_max) {
          merges.next = last_key;
          return false;
        }
        storage::OrderedKeyReader reader(key.substr(prefix.size()));
        reader.U64();
        const auto absorbed = coding::Code::FromNumber(reader.U64());
        if (!absorbed.ok()) {
          fault = storage::CorruptRecord(key);
          return false;
        }
        auto row = storage::GetRow<records::PartyMergeRecord>(transaction,
                                                              keyspace::PartyMerge(*absorbed));
        fault = row.status();
        if (fault.ok() && !row->has_value()) {
          fault = storage::CorruptRecord(keyspace::PartyMerge(*absorbed));
        }
        if (!fault.ok()) return false;
        merges.rows.push_back((*row)->merge());
        last_key = std::string(key);
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return merges;
}

absl::StatusOr<catalog::LifeOutcome> ChangeLife(storage::WriteTransaction& transaction,
                                                const Environment& environment,
                                                const access::Caller& caller,
                                                const catalog::LifeChange& change) {
  const auto code = coding::ParseCode(change.code);
  const auto successor = coding::ParseCode(change.successor_code);
  const bool merges = change.state == v1::LIFE_STATE_MERGED && code.ok() &&
                      code->kind() == coding::Kind::kParty && successor.ok() &&
                      successor->kind() == coding::Kind::kParty;
  if (!merges) return catalog::ChangeLifeState(transaction, caller, change);
  MergeWanted wanted;
  wanted.survivor = change.successor_code;
  wanted.absorbed = change.code;
  wanted.reason = change.reason;
  wanted.absorbed_etag = change.etag;
  wanted.survivor_field = "successor_code";
  wanted.absorbed_field = "code";
  auto merged = MergeParties(transaction, environment, caller, wanted);
  if (!merged.ok()) return merged.status();
  auto row = ReadPartyRecord(transaction, *code);
  if (!row.ok()) return row.status();
  return catalog::LifeOutcome{*code, (*row)->party().life(), (*row)->party().etag()};
}

}  // namespace radyab::parties
