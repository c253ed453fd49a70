// The threads of long work: which methods run, and that none outlives the server.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "absl/status/status.h"

namespace radyab::rpc {

// Thread safe.
class WorkThreads {
 public:
  // Keeps the place of `method`; RESOURCE_EXHAUSTED (TOO_MANY_CALLS) when it runs already.
  absl::Status Take(const std::string& method);
  void Free(const std::string& method);
  // Runs `work` on a new thread.
  void Run(std::function<void()> work);
  // Waits until no thread is left.
  void WaitForNone();

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<std::string> methods_;
  std::size_t thread_count_ = 0;
};

}  // namespace radyab::rpc
