#include "grpc/work_threads.h"

#include <thread>
#include <utility>

#include "registry/reason.h"

namespace radyab::rpc {

absl::Status WorkThreads::Take(const std::string& method) {
  const std::lock_guard lock(mutex_);
  if (methods_.insert(method).second) return absl::OkStatus();
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kTooManyCalls,
                method + " runs already, once at a time: try again when it has ended",
                {{"method", method}});
}

void WorkThreads::Free(const std::string& method) {
  const std::lock_guard lock(mutex_);
  methods_.erase(method);
}

void WorkThreads::Run(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    ++thread_count_;
  }
  std::thread([this, work = std::move(work)]() mutable {
    work();
    work = nullptr;  // what it keeps goes while the server is still there
    const std::lock_guard lock(mutex_);
    --thread_count_;
    ended_.notify_all();
  }).detach();
}

void WorkThreads::WaitForNone() {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [this] { return thread_count_ == 0; });
}

}  // namespace radyab::rpc
