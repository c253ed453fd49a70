// Claims to identifiers that lead to another code already: kept for review, nothing changed.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/alias_conflict.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Rows that one page of the list looks at.
inline constexpr std::size_t kAliasConflictRowsMax = 2'000;

struct AliasClaim {
  std::string code;  // that is said to bear it
  v1::Alias alias;
  std::string reason;  // 1 to 500 characters
};

// The claim as it stands in the queue. INVALID_FIELD for a GTIN, which is shared and never moves,
// and when nobody bears the alias; ALREADY_EXISTS when the claimant does.
absl::StatusOr<v1::AliasConflict> ClaimAlias(storage::WriteTransaction& transaction,
                                             const Environment& environment,
                                             const access::Caller& caller, const AliasClaim& claim);

struct AliasConflictFilter {
  std::string member;  // `members/00017`; empty: the caller's
  v1::AliasConflictVerdict verdict = v1::ALIAS_CONFLICT_VERDICT_UNSPECIFIED;  // OPEN
};

// Claims of a member in order of code, scheme and value. A page looks at no more than
// kAliasConflictRowsMax rows: it may be short and have a `next`.
absl::StatusOr<Page<v1::AliasConflict>> ListAliasConflicts(storage::ReadTransaction& transaction,
                                                           const access::Caller& caller,
                                                           const AliasConflictFilter& filter,
                                                           const PageRequest& page);

// Decides a claim that is open or was decided otherwise. CLAIMANT_GETS moves the alias; the caller
// must then reach its present holder too.
absl::StatusOr<v1::AliasConflict> SettleAliasConflict(storage::WriteTransaction& transaction,
                                                      const Environment& environment,
                                                      const access::Caller& caller,
                                                      const AliasClaim& claim,
                                                      v1::AliasConflictVerdict verdict);

}  // namespace radyab::catalog
