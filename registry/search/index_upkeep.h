// Carries names into the search index: those that changes noted, and all of them when the index is
// new or the rules of its words have changed. New and renamed items and services are held against
// others on the way (catalog/item_duplicates.h).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/catalog/item_duplicates.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/search/row_changes.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Things that one step carries into the index: the more, the fewer lists are written twice.
inline constexpr std::size_t kIndexedThingsMax = 4'096;
// Rows of an index of other rules that one change deletes.
inline constexpr std::size_t kSweptRowsMax = 1000;

// Whether the index has all names but the noted ones. While it is made anew it does not.
absl::StatusOr<bool> IsWhole(storage::ReadTransaction& transaction);

// Whether IndexSome would do anything: reads at most three rows.
absl::StatusOr<bool> HasWork(storage::ReadTransaction& transaction);

// A step that was put together of one snapshot and is written part by part, each part a change of
// its own that only puts rows and so holds up no other. What ends the step comes last: when the
// rest is never written, the next step does all of it again and comes to the same lists.
struct IndexPlan {
  std::vector<RowChanges> lists;                      // to be written from the back
  std::vector<std::vector<catalog::ItemPair>> pairs;  // behind them, from the back as well
  RowChanges end;        // the notes that are done; how far an index is
  bool written = false;  // all of it

  std::size_t taken = 0;                     // notes and things
  bool more = false;                         // whether there is work for another step
  std::string first_note;                    // its key; empty when no note was taken
  std::optional<records::MetaRecord> state;  // as it stood
};

// Takes the first `thing_count_max` notes, and as many things of an index that is being made. Names
// and lists are read and put together on the calling thread. `written` at once when there is
// nothing to do.
absl::StatusOr<IndexPlan> PlanIndexStep(storage::Store& store, const Environment& environment,
                                        std::size_t thing_count_max = kIndexedThingsMax);

struct PartWritten {
  std::chrono::nanoseconds time{0};
  std::uint64_t sequence = 0;  // of the change
};

// Writes the next part of a plan that is not written yet, and waits for it. ABORTED, and nothing
// done, when another step was written since it was made.
absl::StatusOr<PartWritten> WritePart(storage::Store& store, IndexPlan& plan);

// What a step did.
struct IndexStep {
  std::size_t taken = 0;  // notes and things
  bool more = false;      // whether there was work for another
};

// A whole step at once.
absl::StatusOr<IndexStep> IndexSome(storage::Store& store, const Environment& environment,
                                    std::size_t thing_count_max = kIndexedThingsMax);

}  // namespace radyab::search
