// Moves rows from the log to the base, in key order and large batches, while commits go on.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/lmdb_rows_store.h"
#include "registry/storage/store_options.h"
#include "registry/storage/unfolded_rows.h"
#include "registry/storage/write_log.h"

namespace radyab::storage {

// How long folds took since the start, rounded up; 0: there was none.
struct FoldTimes {
  std::chrono::milliseconds last{0}, longest{0};
};

// Owns the thread. The store's other parts outlive it.
class FoldThread {
 public:
  // `on_failure` is told once, from the fold's thread, when the base could not be written: nobody
  // knows what it holds until it is opened again. The log still has everything.
  FoldThread(UnfoldedRows& unfolded, LmdbRows& base, WriteLog& log, const StoreOptions& options,
             std::function<void(const absl::Status&)> on_failure);
  // Waits until the fold has ended: call UnfoldedRows::Close before.
  ~FoldThread();
  FoldThread(const FoldThread&) = delete;
  FoldThread& operator=(const FoldThread&) = delete;
  // Thread safe.
  FoldTimes times() const { return {last_.load(), longest_.load()}; }

 private:
  void Run();
  // Answers how many rows it moved.
  absl::StatusOr<std::size_t> Fold(const UnfoldedView& sealed);

  UnfoldedRows& unfolded_;
  LmdbRows& base_;
  WriteLog& log_;
  const FoldLimits limits_;
  const std::function<void(const SlowFold&)> on_slow_;
  const std::function<void(const absl::Status&)> on_failure_;
  std::atomic<std::chrono::milliseconds> last_{}, longest_{};  // changed by the thread
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::storage
