#include "registry/search/index_upkeep.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "registry/records/records.pb.h"
#include "registry/search/posting_blocks.h"
#include "registry/search/search_terms.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

using storage::Direction;

constexpr std::size_t kTermsOfStepMax = 10'000;  // the last thing may pass it by its own

std::string StateKey() { return keyspace::Meta("search"); }

// The families whose rows have names, in the order in which an index is made.
std::array<std::string, 4> NamedFamilies() {
  return {keyspace::ClassPrefix(""), keyspace::ItemPrefix(), keyspace::ServicePrefix(),
          keyspace::PartyPrefix()};
}

absl::StatusOr<std::optional<records::MetaRecord>> StateOf(storage::ReadTransaction& transaction) {
  return storage::GetRow<records::MetaRecord>(transaction, StateKey());
}

absl::Status WriteState(storage::WriteTransaction& transaction, const std::string& place) {
  records::MetaRecord state;
  state.set_number(kIndexVersion);
  state.set_place(place);
  return storage::PutRow(transaction, StateKey(), state);
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

absl::StatusOr<std::size_t> SweepOthers(storage::WriteTransaction& transaction) {
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
  for (const std::string& key : keys) {
    if (auto status = transaction.Delete(key); !status.ok()) return status;
  }
  return keys.size();
}

// What is to be changed in the lists, put together for many things.
class ListChanges {
 public:
  ListChanges(storage::WriteTransaction& transaction, const Environment& environment)
      : transaction_(transaction), environment_(environment) {}

  // The thing as it stands, less the terms it had by its note.
  absl::Status Take(Thing thing, const records::SearchNoteRecord* note) {
    auto now = NamesOf(transaction_, environment_, thing);
    // A row that is broken must not keep the others from the index; a scrub tells of it.
    if (absl::IsDataLoss(now.status())) return absl::OkStatus();
    if (!now.ok()) return now.status();
    if (!now->has_value()) return absl::OkStatus();
    const std::set<std::string> terms = TermsOf(**now);
    for (const std::string& term : terms) added_[{(*now)->scope, term}].insert(thing);
    if (note == nullptr) return absl::OkStatus();
    auto old = OldNamesOf(transaction_, environment_, thing, **now, *note);
    if (absl::IsDataLoss(old.status())) return absl::OkStatus();
    if (!old.ok()) return old.status();
    if (!old->has_value()) return absl::OkStatus();
    for (const std::string& term : TermsOf(**old)) {
      if (!terms.contains(term)) removed_[{(*old)->scope, term}].insert(thing);
    }
    return absl::OkStatus();
  }

  // Long names have very many terms, and one change has room for so many rows.
  bool IsFull() const { return added_.size() + removed_.size() >= kTermsOfStepMax; }

  absl::Status Write() {
    for (const auto& [term, things] : added_) {
      auto status = AddPostings(transaction_, ListOf(term), {things.begin(), things.end()});
      if (!status.ok()) return status;
    }
    for (const auto& [term, things] : removed_) {
      const PostingList list = ListOf(term);
      for (const Thing thing : things) {
        if (auto status = RemovePosting(transaction_, list, thing); !status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

 private:
  using ScopedTerm = std::pair<MemberId, std::string>;
  PostingList ListOf(const ScopedTerm& term) const {
    return {term.first, HashOf(environment_, term.first, term.second)};
  }

  storage::WriteTransaction& transaction_;
  const Environment& environment_;
  std::map<ScopedTerm, std::set<Thing>> added_, removed_;
};

absl::StatusOr<std::size_t> TakeNotes(storage::WriteTransaction& transaction, std::size_t count_max,
                                      ListChanges& changes) {
  std::vector<std::pair<std::string, records::SearchNoteRecord>> notes;
  const std::string prefix = keyspace::SearchNotePrefix();
  auto status = storage::ScanRows<records::SearchNoteRecord>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, Direction::kForward, count_max,
      [&](std::string_view key, records::SearchNoteRecord note) {
        notes.emplace_back(key, std::move(note));
        return true;
      });
  if (!status.ok()) return status;
  std::size_t taken = 0;
  for (; taken < notes.size() && !changes.IsFull(); ++taken) {
    const auto& [key, note] = notes[taken];
    storage::OrderedKeyReader parts(std::string_view(key).substr(prefix.size()));
    parts.U64();
    if (auto took = changes.Take(parts.U64(), &note); !took.ok()) return took;
    if (auto deleted = transaction.Delete(key); !deleted.ok()) return deleted;
  }
  return taken;
}

// The thing of a row with a name; kNoThing when the row cannot be read.
Thing ThingOfRow(std::string_view key, std::string_view payload) {
  const std::string_view family = key.substr(0, 1);
  if (family == keyspace::ClassPrefix("")) return ThingOfClass(key.substr(1));
  std::string digits;
  if (family == keyspace::PartyPrefix()) {
    records::PartyRecord record;
    if (record.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
      digits = record.party().code();
  } else if (family == keyspace::ItemPrefix()) {
    v1::Item item;
    if (item.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) digits = item.code();
  } else {
    v1::Service service;
    if (service.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
      digits = service.code();
  }
  const auto code = coding::ParseCode(digits);
  return code.ok() ? ThingOf(*code) : kNoThing;
}

// A row with a name, by its key.
struct NamedRow {
  std::string key;
  Thing thing = kNoThing;
};

// The next rows with names behind `place`, at most `count_max`; fewer at the end.
absl::StatusOr<std::vector<NamedRow>> RowsBehind(storage::ReadTransaction& transaction,
                                                 const std::string& place, std::size_t count_max) {
  std::vector<NamedRow> rows;
  for (const std::string& family : NamedFamilies()) {
    if (place.substr(0, 1) > family || rows.size() == count_max) continue;
    const std::string begin = place.starts_with(family) ? place + '\0' : family;
    auto status = transaction.Scan(
        {begin, storage::PrefixEnd(family)}, Direction::kForward, count_max - rows.size(),
        [&](std::string_view key, std::string_view value) {
          const auto payload = storage::DecodeRecord(key, value);
          // A broken row is told by a scrub.
          rows.push_back({std::string(key), payload.ok() ? ThingOfRow(key, *payload) : kNoThing});
          return true;
        });
    if (!status.ok()) return status;
  }
  return rows;
}

// Goes on behind `place` with the making of an index; the place where it stands then, empty at the
// end.
absl::StatusOr<std::string> TakeRows(storage::WriteTransaction& transaction,
                                     const std::string& place, std::size_t count_max,
                                     ListChanges& changes) {
  auto rows = RowsBehind(transaction, place, count_max);
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

}  // namespace

absl::StatusOr<bool> IsWhole(storage::ReadTransaction& transaction) {
  auto state = StateOf(transaction);
  if (!state.ok()) return state.status();
  return state->has_value() && (*state)->number() == kIndexVersion && (*state)->place().empty();
}

absl::StatusOr<bool> HasWork(storage::ReadTransaction& transaction) {
  auto whole = IsWhole(transaction);
  if (!whole.ok()) return whole.status();
  if (!*whole) return true;
  const std::string notes = keyspace::SearchNotePrefix();
  return HasRow(transaction, {notes, storage::PrefixEnd(notes)});
}

absl::StatusOr<IndexStep> IndexSome(storage::WriteTransaction& transaction,
                                    const Environment& environment, std::size_t thing_count_max) {
  ListChanges changes(transaction, environment);
  auto noted = TakeNotes(transaction, thing_count_max, changes);
  if (!noted.ok()) return noted.status();
  IndexStep step{.taken = *noted};
  auto state = StateOf(transaction);
  if (!state.ok()) return state.status();
  const bool ours = state->has_value() && (*state)->number() == kIndexVersion;
  if (!ours || !(*state)->place().empty()) {
    // An index of other rules goes first: its room is used for the new one.
    auto swept = SweepOthers(transaction);
    if (!swept.ok()) return swept.status();
    std::string place = ours ? (*state)->place() : NamedFamilies().front();
    if (*swept < kSweptRowsMax) {
      auto stands = TakeRows(transaction, place, thing_count_max, changes);
      if (!stands.ok()) return stands.status();
      place = *std::move(stands);
    }
    if (auto status = WriteState(transaction, place); !status.ok()) return status;
    ++step.taken;
  }
  if (auto status = changes.Write(); !status.ok()) return status;
  auto more = HasWork(transaction);
  if (!more.ok()) return more.status();
  step.more = *more;
  return step;
}

}  // namespace radyab::search
