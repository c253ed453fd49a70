// Seals the audit trail while the registry is open.
#pragma once

#include <chrono>
#include <functional>

#include "absl/status/status.h"
#include "registry/environment.h"
#include "registry/storage/quiet_thread.h"
#include "registry/storage/store.h"

namespace radyab::access {

// One write so often at most; what a change wrote is sealed within about this time.
inline constexpr std::chrono::milliseconds kSealInterval{1'000};

// Destroyed before its store.
class AuditSealer {
 public:
  // `on_fault` is told, once, why it gave up: the last seal cannot be read, or the store failed. On
  // the sealer's thread, or on the one that destroys it. A store that is only busy is tried again.
  using OnFault = std::function<void(const absl::Status&)>;
  AuditSealer(storage::Store& store, const Environment& environment, OnFault on_fault,
              std::chrono::milliseconds interval = kSealInterval);
  // Seals what is left, and ends.
  ~AuditSealer();
  AuditSealer(const AuditSealer&) = delete;
  AuditSealer& operator=(const AuditSealer&) = delete;

 private:
  void SealRound();

  storage::Store& store_;
  const Environment& environment_;
  const OnFault on_fault_;
  bool gave_up_ = false;         // of the thread, and of its owner once it has ended
  storage::QuietThread thread_;  // last: starts when all else is there
};

}  // namespace radyab::access
