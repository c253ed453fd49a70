#include "registry/storage/fold_thread.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "registry/storage/own_rows.h"

namespace radyab::storage {

FoldThread::FoldThread(UnfoldedRows& unfolded, LmdbRows& base, WriteLog& log,
                       const StoreOptions& options,
                       std::function<void(const absl::Status&)> on_failure)
    : unfolded_(unfolded),
      base_(base),
      log_(log),
      limits_(options.fold),
      on_slow_(options.on_slow_fold),
      on_failure_(std::move(on_failure)),
      thread_([this] { Run(); }) {}

FoldThread::~FoldThread() { thread_.join(); }

void FoldThread::Run() {
  while (const auto sealed = unfolded_.Seal()) {
    const auto begun = std::chrono::steady_clock::now();
    const auto row_count = Fold(*sealed);
    if (!row_count.ok()) {
      on_failure_(row_count.status());
      break;
    }
    const auto took =
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    last_ = took;
    longest_ = std::max(longest_.load(), took);
    unfolded_.DropSealed(sealed->last.sequence);
    log_.Release(sealed->last.sequence);
    if (took > limits_.slow_after && on_slow_) on_slow_({took, *row_count});
  }
  unfolded_.EndFolding();
}

// In several commits when there are many rows. The row with the number of the last commit comes
// with the last of them: should the fold be cut short, the log is replayed from where the fold
// began, and puts every row to what it was.
absl::StatusOr<std::size_t> FoldThread::Fold(const UnfoldedView& sealed) {
  RunCursor cursor(sealed.runs, {}, Direction::kForward);
  RowView stamp;
  bool stamped = false;
  std::size_t row_count = 0;
  while (!stamped) {
    std::vector<RowView> rows;
    for (; rows.size() < limits_.commit_row_count && !cursor.done(); cursor.Next()) {
      if (IsCommitStamp(cursor.key())) {
        stamp = cursor.row();
      } else {
        rows.push_back(cursor.row());
      }
    }
    row_count += rows.size();
    stamped = cursor.done();
    if (stamped) rows.insert(std::ranges::lower_bound(rows, stamp.key, {}, &RowView::key), stamp);
    if (auto fault = base_.Apply(rows); !fault.ok()) return fault;
  }
  return row_count;
}

}  // namespace radyab::storage
