// Carries names into the search index: those that changes noted, and all of them when the index is
// new or the rules of its words have changed. New and renamed items are held against others on the
// way (catalog/item_duplicates.h).
#pragma once

#include <chrono>
#include <cstddef>

#include "absl/status/statusor.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Things that one change carries into the index: the more, the fewer lists are written twice; but
// it must not hold up the changes of others.
inline constexpr std::size_t kIndexedThingsMax = 512;
// Rows of an index of other rules that one change deletes.
inline constexpr std::size_t kSweptRowsMax = 1000;

// Whether the index has all names but the noted ones. While it is made anew it does not.
absl::StatusOr<bool> IsWhole(storage::ReadTransaction& transaction);

// Whether IndexSome would do anything: reads at most three rows.
absl::StatusOr<bool> HasWork(storage::ReadTransaction& transaction);

// What a step did.
struct IndexStep {
  std::size_t taken = 0;  // notes and things
  bool more = false;      // whether there was work for another
  std::chrono::nanoseconds write_time{0};
};

// One step: carries the first `thing_count_max` notes into the index, and as many things of an
// index that is being made. Names and lists are read and put together on the calling thread, from a
// snapshot: the change that follows only puts rows. Waits for it. ABORTED, and nothing done, when
// another step was written meanwhile.
absl::StatusOr<IndexStep> IndexSome(storage::Store& store, const Environment& environment,
                                    std::size_t thing_count_max = kIndexedThingsMax);

}  // namespace radyab::search
