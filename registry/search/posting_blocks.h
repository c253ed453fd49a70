// The lists of the index: which things a term leads to, in blocks of many things a row, so that
// even two words that half of the registry bears are intersected in few rows. A block's key names
// the last thing it may hold; the last block of a list may hold all to the end.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/search/row_changes.h"
#include "registry/search/thing.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::search {

// A row of so many fits an LMDB page thrice.
inline constexpr std::size_t kBlockThingsMax = 256;

// One list.
struct PostingList {
  MemberId scope = MemberId::kRegistry;
  keyspace::SearchTerm term;
  friend auto operator<=>(const PostingList&, const PostingList&) = default;
};

struct PostingBlock {
  std::vector<Thing> things;  // rising, never empty when stored
  Thing last = kNoThing;      // the last one it may hold
};

// The block that may hold `from`, one row; nothing when the list ends before.
absl::StatusOr<std::optional<PostingBlock>> BlockAt(storage::ReadTransaction& transaction,
                                                    const PostingList& list, Thing from);
// What is to become of one list. Both rising and once each, no thing in both.
struct PostingChange {
  std::vector<Thing> added;    // those that are there already stay
  std::vector<Thing> removed;  // those that are not there are no error
};

// Adds to `rows` what makes a list of `things` that has no row yet. Rising, not empty.
void PlanNewList(const PostingList& list, const std::vector<Thing>& things, RowChanges& rows);
// Adds to `rows` what makes the change in the list as it stands in `transaction`.
absl::Status PlanPostings(storage::ReadTransaction& transaction, const PostingList& list,
                          const PostingChange& change, RowChanges& rows);

}  // namespace radyab::search
