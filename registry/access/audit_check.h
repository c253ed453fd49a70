// Computes the chain of seals over the audit trail again, and tells the first thing that is wrong.
#pragma once

#include "absl/status/statusor.h"
#include "radyab/v1/admin.pb.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::access {

inline constexpr std::size_t kCheckedRowsMax = 8'192;    // of one call; a seal more may be begun
inline constexpr std::size_t kWaitingCountMax = 10'000;  // more unsealed rows are not counted

// What is to be checked.
struct AuditCheck {
  v1::AuditSeal after;     // a seal that was found right before; seal 0: begin with the first
  v1::AuditSeal expected;  // a seal that somebody wrote down; seal 0: none
};

// Checks the seals behind `after`, and when they are at their end the rows that wait and whether
// the expected seal was among them. INVALID_ARGUMENT for an `after` or `expected` that is no seal.
absl::StatusOr<v1::AuditFinding> CheckAudit(storage::ReadTransaction& transaction,
                                            const Environment& environment,
                                            const AuditCheck& check);

}  // namespace radyab::access
