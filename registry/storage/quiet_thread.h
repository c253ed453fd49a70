// Work that goes on beside the calls while a store is open: rounds, with rests between them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace radyab::storage {

// A thread of its own, of lower priority than those that serve.
class QuietThread {
 public:
  // One round; answers how long to rest behind it, or nothing when it is of no use to go on.
  using Round = std::function<std::optional<std::chrono::nanoseconds>()>;
  // `name` is shown in lists of threads, at most 15 bytes. The first round comes after a rest.
  QuietThread(std::string name, std::chrono::nanoseconds first_rest, Round round);
  ~QuietThread();  // ends
  QuietThread(const QuietThread&) = delete;
  QuietThread& operator=(const QuietThread&) = delete;

  // Waits for the round that runs, and begins no other. For the owner; may be called again.
  void End();

 private:
  void Run(const std::string& name, std::chrono::nanoseconds rest);
  // False when it is to end.
  bool Rest(std::chrono::nanoseconds span);

  const Round round_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::storage
