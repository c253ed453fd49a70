#include "registry/search/posting_blocks.h"

#include <algorithm>
#include <iterator>

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

absl::Status WriteBlock(storage::WriteTransaction& transaction, const PostingList& list,
                        std::vector<Thing>::const_iterator begin,
                        std::vector<Thing>::const_iterator end, Thing last) {
  records::SearchBlockRecord record;
  record.mutable_steps()->Reserve(static_cast<int>(end - begin));
  Thing before = 0;
  for (; begin != end; ++begin) {
    record.add_steps(*begin - before);
    before = *begin;
  }
  return storage::PutRow(transaction, KeyOf(list, last), record);
}

// Writes a block that may have become too long. What was added at its end alone leaves full blocks
// behind: codes are mostly given out in their order.
absl::Status WriteBlocks(storage::WriteTransaction& transaction, const PostingList& list,
                         const std::vector<Thing>& things, Thing last, bool appended) {
  std::size_t size = things.size();
  if (size > kBlockThingsMax) {
    const std::size_t blocks = size / kBlockThingsMax + 1;
    size = appended ? kBlockThingsMax : size / blocks + 1;
  }
  auto begin = things.begin();
  while (std::distance(begin, things.end()) > static_cast<std::ptrdiff_t>(size)) {
    const auto end = begin + static_cast<std::ptrdiff_t>(size);
    auto status = WriteBlock(transaction, list, begin, end, *std::prev(end));
    if (!status.ok()) return status;
    begin = end;
  }
  return WriteBlock(transaction, list, begin, things.end(), last);
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

absl::Status AddPostings(storage::WriteTransaction& transaction, const PostingList& list,
                         const std::vector<Thing>& things) {
  for (auto next = things.begin(); next != things.end();) {
    auto block = BlockAt(transaction, list, *next);
    if (!block.ok()) return block.status();
    const PostingBlock old = block->value_or(PostingBlock());
    const auto end = std::upper_bound(next, things.end(), old.last);
    std::vector<Thing> merged;
    merged.reserve(old.things.size() + static_cast<std::size_t>(end - next));
    std::set_union(old.things.begin(), old.things.end(), next, end, std::back_inserter(merged));
    const bool appended = old.things.empty() || *next > old.things.back();
    if (merged.size() > old.things.size()) {
      auto status = WriteBlocks(transaction, list, merged, old.last, appended);
      if (!status.ok()) return status;
    }
    next = end;
  }
  return absl::OkStatus();
}

absl::Status RemovePosting(storage::WriteTransaction& transaction, const PostingList& list,
                           Thing thing) {
  auto block = BlockAt(transaction, list, thing);
  if (!block.ok()) return block.status();
  if (!block->has_value()) return absl::OkStatus();
  std::vector<Thing>& things = (*block)->things;
  const auto found = std::ranges::lower_bound(things, thing);
  if (found == things.end() || *found != thing) return absl::OkStatus();
  things.erase(found);
  if (things.empty()) return transaction.Delete(KeyOf(list, (*block)->last));
  return WriteBlock(transaction, list, things.begin(), things.end(), (*block)->last);
}

}  // namespace radyab::search
