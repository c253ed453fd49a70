#include "registry/access/audit_sealer.h"

#include <optional>
#include <utility>

#include "registry/access/audit_chain.h"

namespace radyab::access {

AuditSealer::AuditSealer(storage::Store& store, const Environment& environment, OnFault on_fault,
                         std::chrono::milliseconds interval)
    : store_(store),
      environment_(environment),
      on_fault_(std::move(on_fault)),
      thread_("audit-sealer", interval,
              [this, interval]() -> std::optional<std::chrono::nanoseconds> {
                SealRound();
                if (gave_up_) return std::nullopt;
                return interval;
              }) {}

AuditSealer::~AuditSealer() {
  thread_.End();
  if (!gave_up_) SealRound();
}

void AuditSealer::SealRound() {
  const auto sealed = SealAudit(store_, environment_);
  const bool busy = absl::IsResourceExhausted(sealed.status()) || absl::IsAborted(sealed.status());
  gave_up_ = !sealed.ok() && !busy;
  if (gave_up_ && on_fault_) on_fault_(sealed.status());
}

}  // namespace radyab::access
