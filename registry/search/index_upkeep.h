// Carries names into the search index: those that changes noted, and all of them when the index is
// new or the rules of its words have changed.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Things that one change carries into the index: it must not hold up the changes of others.
inline constexpr std::size_t kIndexedThingsMax = 32;
// Rows of an index of other rules that one change deletes.
inline constexpr std::size_t kSweptRowsMax = 1000;

// Whether the index has all names but the noted ones. While it is made anew it does not.
absl::StatusOr<bool> IsWhole(storage::ReadTransaction& transaction);

// Whether IndexSome would do anything: reads at most three rows.
absl::StatusOr<bool> HasWork(storage::ReadTransaction& transaction);

// What a step did: how many notes and things it took, and whether there is work for another.
struct IndexStep {
  std::size_t taken = 0;
  bool more = false;
};

// One step: carries the first `thing_count_max` notes into the index, and as many things of an
// index that is being made.
absl::StatusOr<IndexStep> IndexSome(storage::WriteTransaction& transaction,
                                    const Environment& environment,
                                    std::size_t thing_count_max = kIndexedThingsMax);

}  // namespace radyab::search
