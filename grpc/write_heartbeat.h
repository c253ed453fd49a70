// Says whether changes get durable, by making a small one now and then.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "absl/status/status.h"
#include "registry/storage/store.h"

namespace radyab::rpc {

struct HeartbeatTimes {
  std::chrono::milliseconds interval{5'000};      // from one to the next; 0: none are made
  std::chrono::milliseconds silence_max{15'000};  // so long without a durable one is too long
};

// Thread safe. Nobody waits for the disk here but the heartbeat's own thread.
class WriteHeartbeat {
 public:
  // Told at first and whenever it changes, from the heartbeat's thread: OK, or why no change gets
  // durable. A full queue alone is no fault; silence is.
  using Tell = std::function<void(const absl::Status& health)>;

  // `store` outlives it.
  WriteHeartbeat(storage::Store& store, HeartbeatTimes times, Tell tell);
  // Tells nothing any more. Does not wait for a heartbeat that is under way.
  ~WriteHeartbeat();
  WriteHeartbeat(const WriteHeartbeat&) = delete;
  WriteHeartbeat& operator=(const WriteHeartbeat&) = delete;

  // Waits until it has told for the first time, at most `silence_max`.
  void WaitForFirst();

 private:
  struct State;
  void Run();

  storage::Store& store_;
  const HeartbeatTimes times_;
  const Tell tell_;
  const std::shared_ptr<State> state_;  // shared with the heartbeat under way
  std::thread thread_;                  // last: starts when all else is there
};

}  // namespace radyab::rpc
