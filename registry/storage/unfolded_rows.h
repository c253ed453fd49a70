// Rows that are durable in the log and not yet in the base, and how the committer, the readers and
// the fold share them.
//
// Two generations at most: rows that commits still add to, and sealed rows that are being folded.
// Both are runs of one list, the sealed ones at its end.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

#include "absl/functional/function_ref.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/row_run.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// All commits up to `last` that the base does not have. Unchanging.
struct UnfoldedView {
  RunList runs;
  CommitStamp last;
};

struct UnfoldedSize {
  std::size_t row_count = 0;
  std::size_t byte_count = 0;       // keys and values
  std::size_t kept_byte_count = 0;  // of memory
};

// Thread safe, where nothing else is said.
class UnfoldedRows {
 public:
  using Clock = std::chrono::steady_clock;

  // `replayed` are rows a log brought back, newest first; they are due for folding at once.
  UnfoldedRows(const FoldLimits& limits, RunList replayed, const CommitStamp& last);

  // What is visible now. `take_base` runs beside it, while no fold can begin: a snapshot of the
  // base taken there has no row that is newer than the view. It must not block.
  std::shared_ptr<const UnfoldedView> Take(absl::FunctionRef<void()> take_base) const;

  std::uint64_t fold_count() const;  // since the start

  // Of all runs. A key that several runs have counts several times.
  UnfoldedSize size() const;

  // --- the committer's thread
  // Makes the rows of a commit visible, all at once. They are durable.
  void Publish(std::shared_ptr<const RowRun> rows, const CommitStamp& last);
  // Waits while rows are being folded and those published since have reached the limits. Returns
  // when there is room, or when the fold has ended.
  void WaitForRoom();
  // Waits until everything published so far is folded, or the fold has ended.
  void WaitForFold();

  // --- the fold's thread
  // Waits until a fold is due and seals what there is: the view of all that is sealed. Null once
  // Close was called.
  std::shared_ptr<const UnfoldedView> Seal();
  // The sealed rows, up to commit `sequence`, are in the base.
  void DropSealed(std::uint64_t sequence);
  // The fold ends: nobody waits for it any more.
  void EndFolding();

  // The next Seal answers empty; with `fold_rest` only once everything is folded.
  void Close(bool fold_rest);

 private:
  bool IsDue(Clock::time_point now) const;  // with mutex_ held, as the next one
  bool IsOpenFull() const;
  std::size_t open_run_count() const { return view_->runs.size() - sealed_run_count_; }

  const FoldLimits limits_;
  // Held by who changes view_ while he works the next one out, so that readers, who want only
  // mutex_, never wait for a merge of runs.
  std::mutex changing_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::shared_ptr<const UnfoldedView> view_;
  std::size_t sealed_run_count_ = 0;  // at the end of view_->runs
  std::uint64_t folded_sequence_ = 0;
  std::uint64_t fold_count_ = 0;
  Clock::time_point oldest_open_;  // when the first of the open rows was published
  bool asked_ = false;             // a fold is due whatever the limits say
  bool closing_ = false, fold_rest_ = false;
  bool ended_ = false;
};

}  // namespace radyab::storage
