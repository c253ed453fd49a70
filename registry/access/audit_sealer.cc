#include "registry/access/audit_sealer.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "registry/access/audit_chain.h"

namespace radyab::access {
namespace {

constexpr int kNiceness = 10;

// Known by its name in lists of threads. On Linux niceness belongs to a thread; one that keeps the
// common niceness works as well.
void BeginQuietly() {
  pthread_setname_np(pthread_self(), "audit-sealer");
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);
}

}  // namespace

AuditSealer::AuditSealer(storage::Store& store, const Environment& environment, OnFault on_fault,
                         std::chrono::milliseconds interval)
    : store_(store),
      environment_(environment),
      on_fault_(std::move(on_fault)),
      interval_(interval),
      thread_([this] { Run(); }) {}

AuditSealer::~AuditSealer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void AuditSealer::Run() {
  BeginQuietly();
  bool going_on = true;
  while (going_on) {
    const bool last = !WaitForNextRound();
    going_on = SealRound() && !last;
  }
}

bool AuditSealer::WaitForNextRound() {
  std::unique_lock lock(mutex_);
  return !ended_.wait_for(lock, interval_, [this] { return ending_; });
}

bool AuditSealer::SealRound() {
  const auto sealed = SealAudit(store_, environment_);
  const bool busy = absl::IsResourceExhausted(sealed.status()) || absl::IsAborted(sealed.status());
  if (sealed.ok() || busy) return true;
  if (on_fault_) on_fault_(sealed.status());
  return false;
}

}  // namespace radyab::access
