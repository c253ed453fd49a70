// Seals the audit trail while the registry is open.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::access {

// One write so often at most; what a change wrote is sealed within about this time.
inline constexpr std::chrono::milliseconds kSealInterval{1'000};

// A thread of its own, of lower priority than those that serve. Destroyed before its store.
class AuditSealer {
 public:
  // `on_fault` is told, on the sealer's thread, why it gave up: the last seal cannot be read, or
  // the store failed. A store that is only busy is tried again.
  using OnFault = std::function<void(const absl::Status&)>;
  AuditSealer(storage::Store& store, const Environment& environment, OnFault on_fault,
              std::chrono::milliseconds interval = kSealInterval);
  // Seals what is left, and ends the thread.
  ~AuditSealer();
  AuditSealer(const AuditSealer&) = delete;
  AuditSealer& operator=(const AuditSealer&) = delete;

 private:
  void Run();
  bool WaitForNextRound();
  // False when it is of no use to go on.
  bool SealRound();

  storage::Store& store_;
  const Environment& environment_;
  const OnFault on_fault_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::access
