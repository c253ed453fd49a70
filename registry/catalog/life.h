// The life of a code: which state may follow which, and the successor chain.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/common.pb.h"
#include "registry/access/caller.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

inline constexpr int kSuccessorStepsMax = 8;

// A wanted move of one code.
struct LifeChange {
  std::string code;  // as the caller gave it
  v1::LifeState state = v1::LIFE_STATE_UNSPECIFIED;
  std::string reason;
  std::string successor_code;
  std::string etag;
};

// What came of it.
struct LifeOutcome {
  coding::Code code;
  v1::Life life;
  std::string etag;
};

// MERGED also moves the aliases to the successor (alias_merge.h).
absl::StatusOr<LifeOutcome> ChangeLifeState(storage::WriteTransaction& transaction,
                                            const access::Caller& caller, const LifeChange& change);

// The end of the successor chain of `code`; `code` itself when it has no successor.
absl::StatusOr<coding::Code> LastSuccessor(storage::ReadTransaction& transaction,
                                           coding::Code code);

// Why something is changed that a person decides: 1 to 500 characters.
absl::Status CheckReason(std::string_view reason);

// FAILED_PRECONDITION (NOT_ACTIVE) naming state, reason and successor unless the code is active.
absl::Status RequireActive(coding::Code code, const v1::Life& life);

// "SUSPENDED", "MERGED" …
std::string LifeStateName(v1::LifeState state);

// The Life of a fresh code.
v1::Life NewLife(std::int64_t now_us);

}  // namespace radyab::catalog
