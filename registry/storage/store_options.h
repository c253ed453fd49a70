// What an engine is told when it is opened. Every bound of the store stands here, or in store.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/status/status.h"

namespace radyab::storage {

// Microseconds since the epoch, UTC. It may jump: record times stay in order all the same.
using ClockUs = std::function<std::int64_t()>;

// The machine's clock.
std::int64_t SystemTimeUs();

// When rows move from the log to the base (lmdb: only).
struct FoldLimits {
  // Once so many rows, or bytes of memory, wait, or the oldest waits so long. Rows that
  // come while a fold runs wait for the next one; when they too have reached a limit, writers wait.
  std::size_t row_count = 400'000;
  std::size_t byte_count = std::size_t{64} << 20;
  std::chrono::milliseconds age{1000};
  // One commit of the base takes at most so many rows: a longer one would hold up the log's sync.
  // Shorter ones write scattered pages more often, which nothing takes back while a reader lasts.
  std::size_t commit_row_count = 50'000;
  // One that takes longer is told to StoreOptions.on_slow_fold.
  std::chrono::milliseconds slow_after{5000};
  // Whether closing the store folds what is left; if not, the next opening finds it in the log.
  bool at_close = true;
  // For tests: asked after each commit whether to fold now.
  std::function<bool()> also_when;
};

// A fold that has ended, and took its time.
struct SlowFold {
  std::chrono::milliseconds took{0};
  std::size_t row_count = 0;  // that it moved
};

struct StoreOptions {
  ClockUs clock_us = SystemTimeUs;

  // A store that is made by this opening counts its commits, and their times, on from here. An
  // older one keeps its own.
  std::uint64_t first_commit_sequence = 0;
  std::int64_t first_record_time_us = 0;

  // Bodies that wait for the committer. One more is refused at once with WRITE_QUEUE_FULL.
  std::size_t queue_length_max = 4096;
  // A group takes no further body once it has this many bodies, rows, or bytes of keys and values;
  // they go to the next group.
  std::size_t group_body_count_max = 256;
  std::size_t group_row_count_max = 20'000;
  std::size_t group_byte_count_max = std::size_t{64} << 20;

  // lmdb: files of the log, bytes; a multiple of 512. A group that needs more gets a file of its
  // own.
  std::size_t log_segment_bytes = std::size_t{16} << 20;
  FoldLimits fold;

  // Soft limit of the data file (memory: of all keys and values), bytes. A body that would not fit
  // is refused with STORE_FULL; raising the limit at the next start is enough to go on.
  std::uint64_t file_bytes_max = std::uint64_t{512} << 30;
  // Reads that run at the same moment. One more is refused with TOO_MANY_CALLS.
  std::size_t reader_count_max = 512;
  // How often places of readers that died are cleared.
  std::chrono::milliseconds reader_check_interval{10'000};

  // For tests: every body runs twice, each time on fresh rows, and the first result is thrown away.
  // A body that is not a pure function of its transaction shows itself.
  bool run_bodies_twice = false;
  // Told once, from a thread of the store, after a commit or a fold failed and everything that
  // waited was answered. The store then refuses all work with STORE_FAILED: the program ends itself
  // and is started again. Must not call the store.
  std::function<void(absl::Status)> on_fatal;
  // lmdb: told of each slow fold, from a thread of the store. Must not call the store.
  std::function<void(const SlowFold&)> on_slow_fold;
};

}  // namespace radyab::storage
