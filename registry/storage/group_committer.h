// Takes the bodies that wait, runs each on rows of its own and commits them together: the writing
// half of every embedded engine.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "registry/storage/answer_thread.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/queue_pace.h"
#include "registry/storage/row_overlay.h"
#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// The one change an engine makes for a group of bodies. While bodies run it is only read; then all
// rows of the group are put in key order and committed. Destroyed without Commit it leaves nothing.
class GroupTransaction : public WriteTransaction {
 public:
  void set_stamp(const CommitStamp& stamp) { stamp_ = stamp; }
  std::uint64_t commit_sequence() const override { return stamp_.sequence; }
  std::int64_t record_time_us() const override { return stamp_.record_time_us; }

  // So many rows of so many bytes of keys and values will be put before Commit.
  virtual void Expect(std::size_t /*row_count*/, std::size_t /*byte_count*/) {}
  // OK, or STORE_FULL, when the group grew to `row_count` rows of `byte_count` bytes.
  virtual absl::Status CheckRoom(std::size_t row_count, std::size_t byte_count) = 0;
  // Commits `first_sequence` to `last` become one. OK: durable and visible. STORE_FULL: nothing
  // happened. Anything else: nobody knows, and the store must not be used any more.
  virtual absl::Status Commit(std::uint64_t first_sequence, const CommitStamp& last) = 0;

 private:
  CommitStamp stamp_;
};

// What an engine does for its committer. Called by the committer's thread only.
class CommitEngine {
 public:
  virtual ~CommitEngine() = default;
  // Sees every commit so far. Only one at a time lives.
  virtual absl::StatusOr<std::unique_ptr<GroupTransaction>> BeginGroup() = 0;
  // Work that is due every StoreOptions.reader_check_interval.
  virtual void Tend() = 0;
};

struct CommitterFigures {
  std::uint64_t group_count = 0;  // committed since the start
  std::size_t waiting_count = 0;  // bodies in the queue
  // Since the start: bodies that never ran, past their deadline or abandoned.
  std::uint64_t late_count = 0, abandoned_count = 0;
};

// Owns the committer's thread. Thread safe.
class GroupCommitter {
 public:
  // `engine` outlives this. `last` is the last commit it holds.
  GroupCommitter(CommitEngine& engine, const CommitStamp& last, const StoreOptions& options);
  ~GroupCommitter();  // closes
  GroupCommitter(const GroupCommitter&) = delete;
  GroupCommitter& operator=(const GroupCommitter&) = delete;

  // As Store::WriteAsync, and as Store::CheckQueue.
  void Submit(WriteBody body, WriteDone done, WriteTerms terms = {});
  absl::Status Check(std::chrono::steady_clock::time_point begin_before) const;
  // Refuses new bodies, commits those that wait, answers them, and ends the thread. For the owner.
  void Close();
  // OK, or STORE_FAILED for ever once a commit failed or Stop was called.
  absl::Status health() const;
  CommitterFigures figures() const;
  // The engine cannot go on: refuses what waits and all that comes, and tells on_fatal.
  void Stop(const absl::Status& cause);

 private:
  struct Waiting {
    WriteBody body;
    WriteDone done;
    WriteTerms terms;
  };

  absl::Status RefusalNow(std::chrono::steady_clock::time_point begin_before) const;  // with mutex_
  void Run();
  bool WaitForBodies();
  void Gather(std::size_t count, std::chrono::steady_clock::duration time_max);
  std::size_t CountWaiting() const;
  std::optional<Waiting> TakeBody();
  absl::Status RunGroup(std::vector<WriteAnswer>& answers, QueuePace::Duration& bodies_took);
  template <class Note>
  void NotePace(Note note) {
    const std::lock_guard lock(mutex_);
    note();
  }
  absl::Status RunBody(const Waiting& waiting, GroupTransaction& transaction, RowOverlay& group,
                       CommitStamp& stamp);
  absl::Status CommitGroup(GroupTransaction& transaction, RowOverlay& group,
                           const CommitStamp& stamp);
  void Fail(const absl::Status& cause, const std::vector<WriteAnswer>& answers);

  CommitEngine& engine_;
  const StoreOptions options_;
  CommitStamp last_;                                // committer's thread only
  std::chrono::steady_clock::time_point tend_due_;  // committer's thread only

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Waiting> queue_;  // guarded by mutex_, as are the next four
  QueuePace pace_;
  std::size_t wanted_count_ = 1;  // so many bodies wake the committer
  bool closing_ = false;
  absl::Status failure_;
  std::atomic<bool> failed_ = false;
  std::atomic<std::uint64_t> group_count_ = 0, late_count_ = 0, abandoned_count_ = 0;

  AnswerThread answerer_;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::storage
