#include "registry/search/posting_cursor.h"

#include <algorithm>
#include <set>

namespace radyab::search {

absl::StatusOr<Thing> PostingCursor::Seek(Thing from) {
  const auto fresh = std::ranges::lower_bound(things_, from);
  const Thing first_fresh = fresh == things_.end() ? kNoThing : *fresh;
  if (transaction_ == nullptr || first_fresh == from) return first_fresh;
  auto stored = SeekStored(from);
  if (!stored.ok()) return stored;
  return std::min(*stored, first_fresh);
}

absl::StatusOr<Thing> PostingCursor::SeekStored(Thing from) {
  while (from != kNoThing) {
    if (block_from_ == kNoThing || from < block_from_ || from > block_.last) {
      budget_->Spend(1);
      auto block = BlockAt(*transaction_, list_, from);
      if (!block.ok()) return block.status();
      block_ = std::move(*block).value_or(PostingBlock());
      block_from_ = from;
    }
    auto found = std::ranges::lower_bound(block_.things, from);
    while (found != block_.things.end() && fresh_->Contains(*found)) ++found;
    if (found != block_.things.end()) return *found;
    if (block_.last == kNoThing) break;
    from = block_.last + 1;
  }
  return kNoThing;
}

absl::StatusOr<Thing> SeekAny(const AnyOf& lists, Thing from) {
  Thing first = kNoThing;
  for (const auto& list : lists) {
    auto found = list->Seek(from);
    if (!found.ok()) return found;
    first = std::min(first, *found);
    if (first == from) break;
  }
  return first;
}

std::size_t RowsOfStep(const AllOf& asked) {
  std::size_t longest = 0;
  for (const AnyOf& lists : asked) longest = std::max(longest, lists.size());
  return longest * kRowsOfSeekMax;
}

std::size_t RowsOfHolds(const AllOf& asked) {
  std::set<const PostingCursor*> lists;
  for (const AnyOf& any : asked) {
    for (const auto& list : any) lists.insert(list.get());
  }
  return lists.size() * kRowsOfSeekMax;
}

absl::StatusOr<bool> Holds(const AllOf& asked, Thing thing) {
  for (const AnyOf& lists : asked) {
    auto found = SeekAny(lists, thing);
    if (!found.ok()) return found.status();
    if (*found != thing) return false;
  }
  return !asked.empty();
}

}  // namespace radyab::search
