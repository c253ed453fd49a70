// Members and their blocks.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/member.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// "members/00017".
std::string MemberName(MemberId member);
// Reads a member's name, also its bare number; INVALID_ARGUMENT naming `field` otherwise. Says
// nothing about existence.
absl::StatusOr<MemberId> ParseMemberName(std::string_view name, std::string_view field);

// Registers a member with its first block and its own party (`fresh_key`: access::kFreshKeyBytes
// random bytes).
absl::StatusOr<v1::Member> CreateMember(storage::WriteTransaction& transaction,
                                        const Environment& environment, const v1::Member& wanted,
                                        std::string_view fresh_key);
absl::StatusOr<v1::Member> GetMember(storage::ReadTransaction& transaction, MemberId member);
absl::StatusOr<Page<v1::Member>> ListMembers(storage::ReadTransaction& transaction,
                                             const PageRequest& page);
// `fields` are paths of v1::Member that may be changed: display_name, display_name.fa,
// display_name.en, gs1_company_prefix.
absl::StatusOr<v1::Member> UpdateMember(storage::WriteTransaction& transaction,
                                        const Environment& environment, const v1::Member& wanted,
                                        const std::set<std::string>& fields);

// The member that a block is leased to; NOT_FOUND for a free block.
absl::StatusOr<MemberId> MemberOfBlock(storage::ReadTransaction& transaction, std::uint32_t block);
// The member that claimed the GS1 prefix with which `digits` (of a GS1 number, behind any extension
// digit) begin, or nothing.
absl::StatusOr<std::optional<MemberId>> MemberOfGs1Number(storage::ReadTransaction& transaction,
                                                          std::string_view digits);
// The member a call means: `name` if given, else the caller's own. Refuses a caller that does not
// reach it with NOT_FOUND, and a caller without member who names none with MISSING_FIELD.
absl::StatusOr<MemberId> MemberMeant(storage::ReadTransaction& transaction,
                                     const access::Caller& caller, std::string_view name,
                                     std::string_view field);

// Makes the registry itself, member 0 with block 0 and its own party, in a new store.
absl::Status CreateRegistryMember(storage::WriteTransaction& transaction,
                                  const Environment& environment, std::string_view fresh_key);

}  // namespace radyab::catalog
