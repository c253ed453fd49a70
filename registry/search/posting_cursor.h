// Walks lists of the index, also several at once.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/search/fresh_names.h"
#include "registry/search/posting_blocks.h"
#include "registry/search/row_budget.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Rows of one Seek at most, but for blocks of fresh things: the block that should have the thing,
// and the next.
inline constexpr std::size_t kRowsOfSeekMax = 2;

// One list with what is fresh in it.
class PostingCursor {
 public:
  // A list of the index; `fresh` and `things`, those of the list that are fresh, outlive it.
  PostingCursor(storage::ReadTransaction& transaction, RowBudget& budget, const PostingList& list,
                const FreshNames& fresh, std::vector<Thing> things)
      : transaction_(&transaction),
        budget_(&budget),
        list_(list),
        fresh_(&fresh),
        things_(std::move(things)) {}
  // A list that is not stored.
  explicit PostingCursor(std::vector<Thing> things) : things_(std::move(things)) {}

  // The first thing not before `from`; kNoThing at the end. Cheap when `from` never falls.
  absl::StatusOr<Thing> Seek(Thing from);

 private:
  absl::StatusOr<Thing> SeekStored(Thing from);

  storage::ReadTransaction* transaction_ = nullptr;  // null: not stored
  RowBudget* budget_ = nullptr;
  PostingList list_;
  const FreshNames* fresh_ = nullptr;
  std::vector<Thing> things_;  // rising
  // The block read last knows all of [block_from_, block_.last].
  PostingBlock block_;
  Thing block_from_ = kNoThing;
};

// What is asked of one word: any of these lists has the thing.
using AnyOf = std::vector<std::shared_ptr<PostingCursor>>;
// What is asked of a thing: all of these have it.
using AllOf = std::vector<AnyOf>;

absl::StatusOr<Thing> SeekAny(const AnyOf& lists, Thing from);
// Rows at most of one SeekAny in the longest of `asked`, and of Holds.
std::size_t RowsOfStep(const AllOf& asked);
std::size_t RowsOfHolds(const AllOf& asked);
// Whether the thing is in all of `asked`; nothing asked is never held.
absl::StatusOr<bool> Holds(const AllOf& asked, Thing thing);

}  // namespace radyab::search
