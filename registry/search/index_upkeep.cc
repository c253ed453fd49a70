#include "registry/search/index_upkeep.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/catalog/compared_entry.h"
#include "registry/search/list_changes.h"
#include "registry/search/named_rows.h"
#include "registry/search/search_terms.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

using storage::Direction;

constexpr std::size_t kPairsOfPartMax = 200;  // each is some five rows read and written

std::string StateKey() { return keyspace::Meta("search"); }

absl::StatusOr<std::optional<records::MetaRecord>> StateOf(storage::ReadTransaction& transaction) {
  return storage::GetRow<records::MetaRecord>(transaction, StateKey());
}

absl::StatusOr<bool> HasRow(storage::ReadTransaction& transaction, const storage::KeyRange& range) {
  bool found = false;
  auto status =
      transaction.Scan(range, Direction::kForward, 1,
                       [&](std::string_view, std::string_view) { return !(found = true); });
  if (!status.ok()) return status;
  return found;
}

// The rows of indexes of other rules lie before and behind those of this one.
std::array<storage::KeyRange, 2> OtherIndexes() {
  constexpr auto kLastMember = static_cast<MemberId>(~std::uint32_t{0});
  constexpr keyspace::SearchTerm kLastTerm{~std::uint64_t{0}, ~std::uint64_t{0}};
  const std::string family = keyspace::SearchBlockPrefix();
  return {{{family, keyspace::SearchBlock(kIndexVersion, MemberId::kRegistry, {}, 0)},
           {keyspace::SearchBlock(kIndexVersion, kLastMember, kLastTerm, kNoThing) + '\0',
            storage::PrefixEnd(family)}}};
}

// Rows of other indexes, at most kSweptRowsMax.
absl::StatusOr<std::vector<std::string>> RowsOfOthers(storage::ReadTransaction& transaction) {
  std::vector<std::string> keys;
  for (const storage::KeyRange& range : OtherIndexes()) {
    auto status = transaction.Scan(range, Direction::kForward, kSweptRowsMax - keys.size(),
                                   [&](std::string_view key, std::string_view) {
                                     keys.emplace_back(key);
                                     return keys.size() < kSweptRowsMax;
                                   });
    if (!status.ok()) return status;
    if (keys.size() == kSweptRowsMax) break;
  }
  return keys;
}

// Items or services like a new or renamed one, for the queue of those that may be registered twice.
// A row that is broken must not keep names from the index; a scrub tells of it.
absl::Status TakePairs(storage::ReadTransaction& transaction, const std::vector<Thing>& noted,
                       const ListChanges& changes, IndexPlan& plan) {
  for (const Thing thing : noted) {
    const auto code = coding::Code::FromNumber(thing);
    if (!code.ok() || !catalog::IsCompared(code->kind())) continue;
    auto pairs = catalog::AlikeItemsOf(transaction, *code, changes.SharersOf(thing));
    if (absl::IsDataLoss(pairs.status())) continue;
    if (!pairs.ok()) return pairs.status();
    for (catalog::ItemPair& pair : *pairs) {
      const bool full = plan.pairs.empty() || plan.pairs.back().size() >= kPairsOfPartMax;
      (full ? plan.pairs.emplace_back() : plan.pairs.back()).push_back(std::move(pair));
    }
  }
  return absl::OkStatus();
}

// Takes notes from the first on, into `changes` and `plan`; the things that they are of.
absl::StatusOr<std::vector<Thing>> TakeNotes(storage::ReadTransaction& transaction,
                                             std::size_t count_max, ListChanges& changes,
                                             IndexPlan& plan) {
  std::vector<std::pair<std::string, records::SearchNoteRecord>> notes;
  const std::string prefix = keyspace::SearchNotePrefix();
  auto status = storage::ScanRows<records::SearchNoteRecord>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, Direction::kForward, count_max + 1,
      [&](std::string_view key, records::SearchNoteRecord note) {
        notes.emplace_back(key, std::move(note));
        return true;
      });
  if (!status.ok()) return status;
  std::vector<Thing> noted;
  std::size_t taken = 0;
  for (; taken < std::min(notes.size(), count_max) && !changes.IsFull(); ++taken) {
    auto& [key, note] = notes[taken];
    storage::OrderedKeyReader parts(std::string_view(key).substr(prefix.size()));
    parts.U64();
    const Thing thing = parts.U64();
    if (auto took = changes.Take(thing, &note); !took.ok()) return took;
    noted.push_back(thing);
    plan.end.deletes.push_back(key);
  }
  if (taken > 0) plan.first_note = notes.front().first;
  plan.taken += taken;
  plan.more = taken < notes.size();
  return noted;
}

// Goes on behind `place` with the making of an index; the place where it stands then, empty at the
// end.
absl::StatusOr<std::string> TakeRows(storage::ReadTransaction& transaction,
                                     const std::string& place, std::size_t count_max,
                                     ListChanges& changes) {
  auto rows = NamedRowsBehind(transaction, place, count_max);
  if (!rows.ok()) return rows.status();
  std::string stands = place;
  for (const NamedRow& row : *rows) {
    if (changes.IsFull()) return stands;
    if (row.thing != kNoThing) {
      if (auto status = changes.Take(row.thing, nullptr); !status.ok()) return status;
    }
    stands = row.key;
  }
  return rows->size() < count_max ? "" : stands;
}

bool IsOfOurRules(const std::optional<records::MetaRecord>& state) {
  return state.has_value() && state->number() == kIndexVersion;
}

bool IsWhole(const std::optional<records::MetaRecord>& state) {
  return IsOfOurRules(state) && state->place().empty();
}

// Goes on with the making of an index. One of other rules goes first: its room is used for the new
// one.
absl::Status TakeStandingRows(storage::ReadTransaction& transaction, std::size_t count_max,
                              ListChanges& changes, IndexPlan& plan) {
  auto swept = RowsOfOthers(transaction);
  if (!swept.ok()) return swept.status();
  std::string place = IsOfOurRules(plan.state) ? plan.state->place() : FirstNamedPlace();
  if (swept->size() < kSweptRowsMax) {
    auto stands = TakeRows(transaction, place, count_max, changes);
    if (!stands.ok()) return stands.status();
    place = *std::move(stands);
  }
  std::ranges::move(*swept, std::back_inserter(plan.end.deletes));
  records::MetaRecord state;
  state.set_number(kIndexVersion);
  state.set_place(place);
  AddPut(plan.end, StateKey(), state);
  ++plan.taken;
  plan.more = plan.more || !place.empty();
  return absl::OkStatus();
}

absl::StatusOr<IndexPlan> Plan(storage::ReadTransaction& transaction,
                               const Environment& environment, std::size_t thing_count_max) {
  IndexPlan plan;
  ListChanges changes(transaction, environment);
  auto noted = TakeNotes(transaction, thing_count_max, changes, plan);
  if (!noted.ok()) return noted.status();
  auto state = StateOf(transaction);
  if (!state.ok()) return state.status();
  plan.state = *std::move(state);
  if (!IsWhole(plan.state)) {
    auto status = TakeStandingRows(transaction, thing_count_max, changes, plan);
    if (!status.ok()) return status;
  }
  auto lists = changes.Plan();
  if (!lists.ok()) return lists.status();
  plan.lists = *std::move(lists);
  if (auto status = TakePairs(transaction, *noted, changes, plan); !status.ok()) return status;
  return plan;
}

// Everybody who changes the index takes the first note and goes on behind the same place: so a plan
// whose first note and place still stand was made of rows that nobody has changed since.
absl::StatusOr<bool> StillHolds(storage::ReadTransaction& transaction, const IndexPlan& plan) {
  auto state = StateOf(transaction);
  if (!state.ok()) return state.status();
  const auto bytes = [](const std::optional<records::MetaRecord>& row) {
    return row.has_value() ? row->SerializeAsString() : "";
  };
  if (bytes(*state) != bytes(plan.state)) return false;
  if (plan.first_note.empty()) return true;
  auto note = transaction.Get(plan.first_note);
  if (!note.ok()) return note.status();
  return note->has_value();
}

// What is to be written next, without taking it off: the store may run the body again.
absl::Status WriteNext(storage::WriteTransaction& transaction, const IndexPlan& plan) {
  auto holds = StillHolds(transaction, plan);
  if (!holds.ok()) return holds.status();
  if (!*holds) return absl::AbortedError("the index was changed while a step was prepared");
  if (!plan.lists.empty()) return WriteRows(transaction, plan.lists.back());
  if (plan.pairs.empty()) return WriteRows(transaction, plan.end);
  for (const catalog::ItemPair& pair : plan.pairs.back()) {
    if (auto kept = catalog::KeepItemPair(transaction, pair); !kept.ok()) return kept.status();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<bool> IsWhole(storage::ReadTransaction& transaction) {
  auto state = StateOf(transaction);
  if (!state.ok()) return state.status();
  return IsWhole(*state);
}

absl::StatusOr<bool> HasWork(storage::ReadTransaction& transaction) {
  auto whole = IsWhole(transaction);
  if (!whole.ok()) return whole.status();
  if (!*whole) return true;
  const std::string notes = keyspace::SearchNotePrefix();
  return HasRow(transaction, {notes, storage::PrefixEnd(notes)});
}

absl::StatusOr<IndexPlan> PlanIndexStep(storage::Store& store, const Environment& environment,
                                        std::size_t thing_count_max) {
  IndexPlan plan;
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    auto planned = Plan(transaction, environment, thing_count_max);
    if (planned.ok()) plan = *std::move(planned);
    return planned.status();
  });
  if (!status.ok()) return status;
  plan.written = plan.taken == 0;
  return plan;
}

absl::StatusOr<PartWritten> WritePart(storage::Store& store, IndexPlan& plan) {
  PartWritten part;
  const auto begun = std::chrono::steady_clock::now();
  auto status = store.Write([&](storage::WriteTransaction& transaction) {
    part.sequence = transaction.commit_sequence();
    return WriteNext(transaction, plan);
  });
  if (!status.ok()) return status;
  part.time = std::chrono::steady_clock::now() - begun;
  if (!plan.lists.empty()) {
    plan.lists.pop_back();
  } else if (!plan.pairs.empty()) {
    plan.pairs.pop_back();
  } else {
    plan.written = true;
  }
  return part;
}

absl::StatusOr<IndexStep> IndexSome(storage::Store& store, const Environment& environment,
                                    std::size_t thing_count_max) {
  auto plan = PlanIndexStep(store, environment, thing_count_max);
  if (!plan.ok()) return plan.status();
  while (!plan->written) {
    if (auto part = WritePart(store, *plan); !part.ok()) return part.status();
  }
  return IndexStep{plan->taken, plan->more};
}

}  // namespace radyab::search
