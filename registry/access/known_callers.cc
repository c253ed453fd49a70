#include "registry/access/known_callers.h"

#include <mutex>

namespace radyab::access {

std::optional<Caller> KnownCallers::Find(std::string_view secret) const {
  const std::shared_lock lock(mutex_);
  const auto found = known_.find(secret);
  if (found == known_.end()) return std::nullopt;
  if (found->second.sequence < changed_in_.load(std::memory_order_acquire)) return std::nullopt;
  return found->second.caller;
}

void KnownCallers::Keep(std::string_view secret, const Caller& caller, std::uint64_t sequence) {
  const std::unique_lock lock(mutex_);
  if (known_.size() >= kCountMax) known_.clear();
  known_.insert_or_assign(std::string(secret), Known{caller, sequence});
}

void KnownCallers::KeysChangeIn(std::uint64_t sequence) {
  std::uint64_t before = changed_in_.load(std::memory_order_relaxed);
  while (before < sequence &&
         !changed_in_.compare_exchange_weak(before, sequence, std::memory_order_acq_rel)) {
  }
}

}  // namespace radyab::access
