// Moves rows from the log to the base, in key order and large batches, while commits go on.
#pragma once

#include <cstddef>
#include <functional>
#include <thread>

#include "absl/status/status.h"
#include "registry/storage/lmdb_rows_store.h"
#include "registry/storage/unfolded_rows.h"
#include "registry/storage/write_log.h"

namespace radyab::storage {

// Owns the thread. The store's other parts outlive it.
class FoldThread {
 public:
  // `on_failure` is told once, from the fold's thread, when the base could not be written: nobody
  // knows what it holds until it is opened again. The log still has everything.
  FoldThread(UnfoldedRows& unfolded, LmdbRows& base, WriteLog& log, std::size_t commit_row_count,
             std::function<void(const absl::Status&)> on_failure);
  // Waits until the fold has ended: call UnfoldedRows::Close before.
  ~FoldThread();
  FoldThread(const FoldThread&) = delete;
  FoldThread& operator=(const FoldThread&) = delete;

 private:
  void Run();
  absl::Status Fold(const UnfoldedView& sealed);

  UnfoldedRows& unfolded_;
  LmdbRows& base_;
  WriteLog& log_;
  const std::size_t commit_row_count_;
  const std::function<void(const absl::Status&)> on_failure_;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::storage
