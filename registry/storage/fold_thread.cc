#include "registry/storage/fold_thread.h"

#include <memory>
#include <optional>
#include <utility>

#include "registry/storage/own_rows.h"

namespace radyab::storage {

FoldThread::FoldThread(UnfoldedRows& unfolded, LmdbRows& base, WriteLog& log,
                       std::size_t commit_row_count,
                       std::function<void(const absl::Status&)> on_failure)
    : unfolded_(unfolded),
      base_(base),
      log_(log),
      commit_row_count_(commit_row_count),
      on_failure_(std::move(on_failure)),
      thread_([this] { Run(); }) {}

FoldThread::~FoldThread() { thread_.join(); }

void FoldThread::Run() {
  while (const auto sealed = unfolded_.Seal()) {
    if (auto fault = Fold(*sealed); !fault.ok()) {
      on_failure_(fault);
      break;
    }
    unfolded_.DropSealed(sealed->last.sequence);
    log_.Release(sealed->last.sequence);
  }
  unfolded_.EndFolding();
}

// In several commits when there are many rows. The row with the number of the last commit comes
// with the last of them: should the fold be cut short, the log is replayed from where the fold
// began, and puts every row to what it was.
absl::Status FoldThread::Fold(const UnfoldedView& sealed) {
  RunCursor cursor(sealed.runs, {}, Direction::kForward);
  RowView stamp;
  bool stamped = false;
  while (!stamped) {
    std::size_t left = commit_row_count_;
    RowView row;
    auto fault = base_.Apply([&]() -> const RowView* {
      if (!cursor.done() && IsCommitStamp(cursor.key())) {
        stamp = cursor.row();
        cursor.Next();
      }
      if (left > 0 && !cursor.done()) {
        --left;
        row = cursor.row();
        cursor.Next();
        return &row;
      }
      if (!cursor.done() || stamped) return nullptr;
      stamped = true;
      return &stamp;
    });
    if (!fault.ok()) return fault;
  }
  return absl::OkStatus();
}

}  // namespace radyab::storage
