#include "registry/parties/merge_group.h"

#include <algorithm>
#include <deque>

#include "registry/records/records.pb.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

using storage::Direction;

constexpr std::size_t kRowsAtOnce = 64;
constexpr int kStepsMax = 16;  // a chain of successors has 8 at most

// One of the lists: some rows ahead of the place where the scan stands.
class ListAhead {
 public:
  ListAhead(storage::ReadTransaction& transaction, const std::string& prefix,
            std::string_view after_suffix, Direction direction)
      : transaction_(transaction),
        prefix_size_(prefix.size()),
        direction_(direction),
        range_{prefix, storage::PrefixEnd(prefix)} {
    if (!after_suffix.empty()) GoBehind(prefix + std::string(after_suffix));
  }

  // Reads on when nothing is left; done() afterwards: the list has ended.
  absl::Status Fill() {
    if (!rows_.empty() || ended_) return absl::OkStatus();
    auto status = transaction_.Scan(range_, direction_, kRowsAtOnce,
                                    [&](std::string_view key, std::string_view value) {
                                      rows_.push_back({std::string(key), value});
                                      return true;
                                    });
    ended_ = rows_.empty();
    if (!ended_) GoBehind(rows_.back().key);
    return status;
  }
  bool done() const { return rows_.empty(); }
  std::string_view suffix() const {
    return std::string_view(rows_.front().key).substr(prefix_size_);
  }
  std::string_view key() const { return rows_.front().key; }
  std::string_view value() const { return rows_.front().value; }
  void Next() { rows_.pop_front(); }

 private:
  struct Row {
    std::string key;
    std::string_view value;  // good as long as the transaction
  };

  void GoBehind(const std::string& key) {
    if (direction_ == Direction::kForward) {
      range_.begin = key + '\0';
    } else {
      range_.end = key;
    }
  }

  storage::ReadTransaction& transaction_;
  std::size_t prefix_size_;
  Direction direction_;
  storage::KeyRange range_;
  std::deque<Row> rows_;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<std::vector<coding::Code>> MergeGroup(storage::ReadTransaction& transaction,
                                                     coding::Code party) {
  std::vector<coding::Code> group = {party};
  for (std::size_t at = 0; at < group.size() && group.size() <= kMergeGroupMax; ++at) {
    const std::string prefix = keyspace::MergedPartyPrefix(group[at]);
    absl::Status fault = absl::OkStatus();
    auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, Direction::kForward,
                                   kMergeGroupMax, [&](std::string_view key, std::string_view) {
                                     storage::OrderedKeyReader reader(key.substr(prefix.size()));
                                     reader.U64();
                                     const auto code = coding::Code::FromNumber(reader.U64());
                                     if (!code.ok()) {
                                       fault = storage::CorruptRecord(key);
                                       return false;
                                     }
                                     group.push_back(*code);
                                     return true;
                                   });
    if (!fault.ok()) return fault;
    if (!status.ok()) return status;
  }
  return group;
}

absl::StatusOr<coding::Code> PresentParty(storage::ReadTransaction& transaction,
                                          coding::Code party) {
  for (int step = 0; step < kStepsMax; ++step) {
    auto row = storage::GetRow<records::PartyMergeRecord>(transaction, keyspace::PartyMerge(party));
    if (!row.ok()) return row.status();
    if (!row->has_value()) break;
    const auto survivor = coding::Code::FromNumber((*row)->survivor());
    if (!survivor.ok()) return storage::CorruptRecord(keyspace::PartyMerge(party));
    party = *survivor;
  }
  return party;
}

absl::Status ScanGroup(storage::ReadTransaction& transaction,
                       const std::vector<std::string>& prefixes, std::string_view after,
                       Direction direction, std::size_t row_count_max, storage::RowVisitor visit) {
  std::vector<ListAhead> lists;
  lists.reserve(prefixes.size());
  for (const std::string& prefix : prefixes) {
    const std::string_view suffix =
        after.empty() ? std::string_view() : after.substr(std::min(prefix.size(), after.size()));
    lists.emplace_back(transaction, prefix, suffix, direction);
  }
  for (std::size_t count = 0; count < row_count_max; ++count) {
    ListAhead* next = nullptr;
    for (ListAhead& list : lists) {
      if (auto status = list.Fill(); !status.ok()) return status;
      if (list.done()) continue;
      const bool nearer =
          next == nullptr || (direction == Direction::kForward ? list.suffix() < next->suffix()
                                                               : list.suffix() > next->suffix());
      if (nearer) next = &list;
    }
    if (next == nullptr || !visit(next->key(), next->value())) break;
    next->Next();
  }
  return absl::OkStatus();
}

}  // namespace radyab::parties
