#include "grpc/write_heartbeat.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "registry/access/heartbeat.h"
#include "registry/catalog/code_reservations.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

using Clock = std::chrono::steady_clock;

// Many changes wait: they may well get durable, and so may the next heartbeat.
bool IsPatience(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  return detail && detail->reason == Reason::kWriteQueueFull;
}

// A change that comes so often is the time for what time alone brings about, a bounded step of it.
absl::Status BeatAndSweep(storage::WriteTransaction& transaction) {
  if (auto status = access::WriteHeartbeat(transaction); !status.ok()) return status;
  return catalog::AnnulExpired(transaction).status();
}

}  // namespace

struct WriteHeartbeat::State {
  std::mutex mutex;
  std::condition_variable changed;
  bool ending = false;
  bool told = false;
  bool under_way = false;
  bool answered = false;  // once, by any heartbeat
  absl::Status fault;     // of the last one; OK: it got durable, or the queue was full
  Clock::time_point durable_at = Clock::now();

  void Note(const absl::Status& status) {
    const std::lock_guard lock(mutex);
    under_way = false;
    answered = true;
    fault = IsPatience(status) ? absl::OkStatus() : status;
    if (status.ok()) durable_at = Clock::now();
    changed.notify_all();
  }
};

WriteHeartbeat::WriteHeartbeat(storage::Store& store, HeartbeatTimes times, Tell tell)
    : store_(store),
      times_(times),
      tell_(std::move(tell)),
      state_(std::make_shared<State>()),
      thread_([this] { Run(); }) {}

WriteHeartbeat::~WriteHeartbeat() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
    state_->changed.notify_all();
  }
  thread_.join();
}

void WriteHeartbeat::WaitForFirst() {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait_for(lock, times_.silence_max, [this] { return state_->told; });
}

void WriteHeartbeat::Run() {
  State& state = *state_;
  Clock::time_point next = Clock::now();
  std::optional<absl::Status> told;
  std::unique_lock lock(state.mutex);
  while (!state.ending) {
    if (!state.under_way && Clock::now() >= next) {
      next = Clock::now() + times_.interval;
      state.under_way = true;
      lock.unlock();
      store_.WriteAsync(BeatAndSweep,
                        [shared = state_](const absl::Status& status) { shared->Note(status); });
      lock.lock();
    }
    absl::Status health = state.fault;
    const Clock::time_point patience_end = state.durable_at + times_.silence_max;
    if (health.ok() && Clock::now() >= patience_end) {
      health = absl::UnavailableError("no change got durable for " +
                                      std::to_string(times_.silence_max.count()) + " ms");
    }
    const bool knows = state.answered || !health.ok();
    if (knows && (!told || told->ok() != health.ok())) {
      told = health;
      lock.unlock();
      tell_(health);
      lock.lock();
      state.told = true;
      state.changed.notify_all();
      continue;
    }
    if (state.ending) break;
    // An answer wakes it, and so do the next heartbeat and the end of patience.
    Clock::time_point until = state.under_way ? Clock::time_point::max() : next;
    if (health.ok()) until = std::min(until, patience_end);
    if (until == Clock::time_point::max()) {
      state.changed.wait(lock);
    } else {
      state.changed.wait_until(lock, until);
    }
  }
}

}  // namespace radyab::rpc
