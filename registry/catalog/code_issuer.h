// Takes the next number of a member and makes a code of it. A number is never taken twice, also not
// by a registry that is restored from a backup (registry/generation.h); gaps are allowed.
#pragma once

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "registry/environment.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// "00017": the five digits of a block in member names and rows.
std::string BlockDigits(std::uint32_t block);

// The next item or service code of `member`. When its newest block is full the member gets the next
// free block by itself. RESOURCE_EXHAUSTED (NUMBERS_EXHAUSTED) when no block is left.
absl::StatusOr<coding::Code> IssueCatalogCode(storage::WriteTransaction& transaction,
                                              coding::Kind kind, MemberId member,
                                              std::uint32_t birth_class);
// The next party or case code of `member`: its serial goes through the permutation.
absl::StatusOr<coding::Code> IssueSerialCode(storage::WriteTransaction& transaction,
                                             const Environment& environment, coding::Kind kind,
                                             MemberId member);
// The block that is leased next; RESOURCE_EXHAUSTED (NUMBERS_EXHAUSTED) when the part of the
// register that belongs to this registry's generation has none left.
absl::StatusOr<std::uint32_t> NextBlock(storage::ReadTransaction& transaction);
// Leases it to `member`.
absl::StatusOr<std::uint32_t> LeaseBlock(storage::WriteTransaction& transaction, MemberId member);
// The next number of a named counter of the store, from 1 ("event", "key", …).
absl::StatusOr<std::uint64_t> NextNumber(storage::WriteTransaction& transaction,
                                         std::string_view counter);

}  // namespace radyab::catalog
