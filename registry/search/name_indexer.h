// Keeps the search index up while the registry is open.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::search {

// So long a name waits for the index at least, when there is no other work.
inline constexpr std::chrono::milliseconds kIndexInterval{100};

// A thread of its own, of lower priority than those that serve. Between two steps it rests as long
// as the step took, so that it takes at most half of the committer. Destroyed before its store.
class NameIndexer {
 public:
  // `on_fault` is told, on the indexer's thread, why it gave up: a name cannot be read, or the
  // store failed. A store that is only busy is tried again.
  using OnFault = std::function<void(const absl::Status&)>;
  NameIndexer(storage::Store& store, const Environment& environment, OnFault on_fault,
              std::chrono::milliseconds interval = kIndexInterval);
  // Ends the thread; what is left waits for the next start.
  ~NameIndexer();
  NameIndexer(const NameIndexer&) = delete;
  NameIndexer& operator=(const NameIndexer&) = delete;

 private:
  void Run();
  // False when it is to end.
  bool Rest(std::chrono::nanoseconds span);
  // One step; false when there was nothing to do.
  absl::StatusOr<bool> Step();

  storage::Store& store_;
  const Environment& environment_;
  const OnFault on_fault_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::search
