#include "registry/storage/row_run.h"

#include <algorithm>
#include <utility>

#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

// A run takes in the next older one unless that is more than so many times as long.
constexpr std::size_t kGrowth = 2;

bool IsBefore(const RowView& row, std::string_view key) { return row.key < key; }

}  // namespace

RowRun::RowRun(std::vector<RowView> rows, std::vector<RowBytes> bytes)
    : rows_(std::move(rows)), bytes_(std::move(bytes)) {
  for (const RowView& row : rows_) byte_count_ += row.key.size() + row.value.size();
  for (const RowBytes& bytes_of_one : bytes_) kept_byte_count_ += bytes_of_one->size();
}

std::shared_ptr<const RowRun> RowRun::Merge(const RowRun& newer, const RowRun& older) {
  std::vector<RowView> rows;
  rows.reserve(newer.rows_.size() + older.rows_.size());
  auto old = older.rows_.begin();
  for (const RowView& row : newer.rows_) {
    for (; old != older.rows_.end() && old->key < row.key; ++old) rows.push_back(*old);
    if (old != older.rows_.end() && old->key == row.key) ++old;
    rows.push_back(row);
  }
  rows.insert(rows.end(), old, older.rows_.end());
  std::vector<RowBytes> bytes = older.bytes_;
  bytes.insert(bytes.end(), newer.bytes_.begin(), newer.bytes_.end());
  return std::make_shared<RowRun>(std::move(rows), std::move(bytes));
}

const RowView* RowRun::Find(std::string_view key) const {
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), key, IsBefore);
  return found != rows_.end() && found->key == key ? &*found : nullptr;
}

void PushRun(RunList& runs, std::shared_ptr<const RowRun> run, std::size_t settled_count) {
  std::size_t taken = 0;
  while (runs.size() - taken > settled_count &&
         runs[taken]->rows().size() <= kGrowth * run->rows().size()) {
    run = RowRun::Merge(*run, *runs[taken]);
    ++taken;
  }
  runs.erase(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(taken));
  runs.insert(runs.begin(), std::move(run));
}

const RowView* FindInRuns(const RunList& runs, std::string_view key) {
  for (const auto& run : runs) {
    if (const RowView* found = run->Find(key); found != nullptr) return found;
  }
  return nullptr;
}

RunCursor::RunCursor(const RunList& runs, const KeyRange& range, Direction direction)
    : step_(direction == Direction::kForward ? 1 : -1) {
  if (IsEmptyRange(range)) return;
  for (const auto& run : runs) {
    const auto& rows = run->rows();
    const RowView* const rows_end = rows.data() + rows.size();
    const RowView* first = std::lower_bound(rows.data(), rows_end, range.begin, IsBefore);
    if (first == rows_end || (!range.end.empty() && first->key >= range.end)) continue;
    const RowView* end =
        range.end.empty() ? rows_end : std::lower_bound(first, rows_end, range.end, IsBefore);
    parts_.push_back({step_ > 0 ? first : end - 1, static_cast<std::size_t>(end - first)});
  }
  Settle();
}

// The next key of all parts; of those that have it, the newest.
void RunCursor::Settle() {
  current_ = nullptr;
  for (const Part& part : parts_) {
    if (current_ == nullptr ||
        (step_ > 0 ? part.next->key < current_->key : part.next->key > current_->key)) {
      current_ = part.next;
    }
  }
}

void RunCursor::Next() {
  const std::string_view passed = current_->key;
  for (Part& part : parts_) {
    if (part.next->key == passed && --part.left > 0) part.next += step_;
  }
  std::erase_if(parts_, [](const Part& part) { return part.left == 0; });
  Settle();
}

}  // namespace radyab::storage
