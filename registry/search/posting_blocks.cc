#include "registry/search/posting_blocks.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "registry/records/records.pb.h"
#include "registry/search/search_terms.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

std::string KeyOf(const PostingList& list, Thing last) {
  return keyspace::SearchBlock(kIndexVersion, list.scope, list.term, last);
}

std::vector<Thing> ThingsIn(const records::SearchBlockRecord& record) {
  std::vector<Thing> things;
  things.reserve(static_cast<std::size_t>(record.steps_size()));
  Thing thing = 0;
  for (const std::uint64_t step : record.steps()) things.push_back(thing += step);
  return things;
}

using Things = std::vector<Thing>;

void PlanBlock(const PostingList& list, Things::const_iterator begin, Things::const_iterator end,
               Thing last, RowChanges& rows) {
  records::SearchBlockRecord record;
  record.mutable_steps()->Reserve(static_cast<int>(end - begin));
  Thing before = 0;
  for (; begin != end; ++begin) {
    record.add_steps(*begin - before);
    before = *begin;
  }
  AddPut(rows, KeyOf(list, last), record);
}

// Blocks for the things of one that has become too long. What was added at its end alone leaves
// full blocks behind: codes are mostly given out in their order.
void PlanBlocks(const PostingList& list, const Things& things, Thing last, bool appended,
                RowChanges& rows) {
  std::size_t size = things.size();
  if (size > kBlockThingsMax) {
    const std::size_t blocks = size / kBlockThingsMax + 1;
    size = appended ? kBlockThingsMax : size / blocks + 1;
  }
  auto begin = things.begin();
  while (std::distance(begin, things.end()) > static_cast<std::ptrdiff_t>(size)) {
    const auto end = begin + static_cast<std::ptrdiff_t>(size);
    PlanBlock(list, begin, end, *std::prev(end), rows);
    begin = end;
  }
  PlanBlock(list, begin, things.end(), last, rows);
}

// The part of a change that one block is to hold.
struct BlockChange {
  std::span<const Thing> added, removed;
};

// Takes off the front of `things` what lies at `last` and before.
std::span<const Thing> TakeUpTo(std::span<const Thing>& things, Thing last) {
  const auto count =
      static_cast<std::size_t>(std::ranges::upper_bound(things, last) - things.begin());
  const auto taken = things.first(count);
  things = things.subspan(count);
  return taken;
}

// `stored`: whether the block has a row now.
void PlanBlockChange(const PostingList& list, const PostingBlock& old, bool stored,
                     const BlockChange& change, RowChanges& rows) {
  Things merged, kept;
  merged.reserve(old.things.size() + change.added.size());
  std::ranges::set_union(old.things, change.added, std::back_inserter(merged));
  std::ranges::set_difference(merged, change.removed, std::back_inserter(kept));
  if (kept == old.things) return;
  if (kept.empty()) {
    if (stored) rows.deletes.push_back(KeyOf(list, old.last));
    return;
  }
  const bool appended = old.things.empty() || (!change.added.empty() && change.removed.empty() &&
                                               change.added.front() > old.things.back());
  PlanBlocks(list, kept, old.last, appended, rows);
}

}  // namespace

absl::StatusOr<std::optional<PostingBlock>> BlockAt(storage::ReadTransaction& transaction,
                                                    const PostingList& list, Thing from) {
  std::optional<PostingBlock> block;
  const std::string prefix = keyspace::SearchBlockPrefix(kIndexVersion, list.scope, list.term);
  auto status = storage::ScanRows<records::SearchBlockRecord>(
      transaction, {KeyOf(list, from), storage::PrefixEnd(prefix)}, storage::Direction::kForward, 1,
      [&](std::string_view key, const records::SearchBlockRecord& record) {
        storage::OrderedKeyReader last(key.substr(prefix.size()));
        block = PostingBlock{ThingsIn(record), last.U64()};
        return false;
      });
  if (!status.ok()) return status;
  return block;
}

void PlanNewList(const PostingList& list, const std::vector<Thing>& things, RowChanges& rows) {
  PlanBlockChange(list, PostingBlock(), false, {things, {}}, rows);
}

absl::Status PlanPostings(storage::ReadTransaction& transaction, const PostingList& list,
                          const PostingChange& change, RowChanges& rows) {
  std::span<const Thing> added = change.added, removed = change.removed;
  while (!added.empty() || !removed.empty()) {
    const Thing first = std::min(added.empty() ? kNoThing : added.front(),
                                 removed.empty() ? kNoThing : removed.front());
    auto block = BlockAt(transaction, list, first);
    if (!block.ok()) return block.status();
    const PostingBlock old = block->value_or(PostingBlock());
    const BlockChange part{TakeUpTo(added, old.last), TakeUpTo(removed, old.last)};
    PlanBlockChange(list, old, block->has_value(), part, rows);
  }
  return absl::OkStatus();
}

}  // namespace radyab::search
