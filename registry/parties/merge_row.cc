#include "registry/parties/merge_row.h"

#include <utility>

#include "registry/access/sealed_part.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

// The changes of a merge lie sealed with the survivor's key, under the absorbed party's name.
std::string SealContext(coding::Code absorbed) { return "merge/" + absorbed.Digits(); }

bool Is(const Facts& facts, const std::string& fact, bool has_value, const std::string& value) {
  const auto found = facts.find(fact);
  if (found == facts.end()) return !has_value;
  return has_value && found->second == value;
}

}  // namespace

absl::StatusOr<std::optional<MergeRow>> ReadMerge(storage::ReadTransaction& transaction,
                                                  const Environment& environment,
                                                  coding::Code absorbed) {
  const std::string key = keyspace::PartyMerge(absorbed);
  auto record = storage::GetRow<records::PartyMergeRecord>(transaction, key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return std::optional<MergeRow>();
  const auto survivor = coding::Code::FromNumber((*record)->survivor());
  if (!survivor.ok()) return storage::CorruptRecord(key);
  MergeRow row{absorbed, *survivor, std::move(**record), {}};
  auto plain = access::OpenFor(transaction, environment, *survivor, row.record.fact_changes(),
                               SealContext(absorbed));
  if (!plain.ok()) return plain.status();
  if (!row.changes.ParseFromString(*plain)) return storage::CorruptRecord(key);
  return std::optional<MergeRow>(std::move(row));
}

absl::Status WriteMerge(storage::WriteTransaction& transaction, const Environment& environment,
                        const MergeRow& row) {
  auto sealed = access::SealFor(transaction, environment, row.survivor,
                                row.changes.SerializeAsString(), SealContext(row.absorbed));
  if (!sealed.ok()) return sealed.status();
  records::PartyMergeRecord record = row.record;
  *record.mutable_fact_changes() = *std::move(sealed);
  return storage::PutRow(transaction, keyspace::PartyMerge(row.absorbed), record);
}

absl::StatusOr<std::vector<MergeRow>> MergesAfter(storage::ReadTransaction& transaction,
                                                  const Environment& environment,
                                                  coding::Code survivor, std::uint64_t sequence) {
  const std::string prefix = keyspace::MergedPartyPrefix(survivor);
  std::vector<std::uint64_t> codes;
  auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                                 storage::kNoRowLimit, [&](std::string_view key, std::string_view) {
                                   storage::OrderedKeyReader reader(key.substr(prefix.size()));
                                   if (reader.U64() > sequence) codes.push_back(reader.U64());
                                   return true;
                                 });
  if (!status.ok()) return status;
  std::vector<MergeRow> rows;
  for (const std::uint64_t number : codes) {
    const auto code = coding::Code::FromNumber(number);
    if (!code.ok()) return storage::CorruptRecord(prefix);
    auto row = ReadMerge(transaction, environment, *code);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return storage::CorruptRecord(keyspace::PartyMerge(*code));
    rows.push_back(std::move(**row));
  }
  return rows;
}

records::FactChanges ChangesBetween(const Facts& before, const Facts& after) {
  records::FactChanges changes;
  std::set<std::string> names;
  for (const auto& [name, value] : before) names.insert(name);
  for (const auto& [name, value] : after) names.insert(name);
  for (const std::string& name : names) {
    const auto was = before.find(name), is = after.find(name);
    if (was != before.end() && is != after.end() && was->second == is->second) continue;
    records::FactChange& change = *changes.add_changes();
    change.set_fact(name);
    if (was != before.end()) change.set_before(was->second);
    if (is != after.end()) change.set_after(is->second);
  }
  for (const auto& [name, value] : after) {
    if (IsConsent(name) && ConsentIn(value).has_withdrawn_time()) changes.add_withdrawn(name);
  }
  return changes;
}

void TakeBack(const records::FactChanges& changes, Facts& facts, std::set<std::string>& kept) {
  for (const records::FactChange& change : changes.changes()) {
    if (!Is(facts, change.fact(), change.has_after(), change.after())) {
      kept.insert(change.fact());
    } else if (change.has_before()) {
      facts[change.fact()] = change.before();
    } else {
      facts.erase(change.fact());
    }
  }
}

}  // namespace radyab::parties
