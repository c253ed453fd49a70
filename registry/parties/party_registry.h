// Parties: customers and suppliers, each seen by its member only. Personal fields are sealed at
// rest.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/party.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// What a list is narrowed to.
struct PartyFilter {
  std::string member;       // `members/00017`, or empty: the caller's
  std::string name_prefix;  // folded before it is used; empty: all
};

// `fresh_key`: access::kFreshKeyBytes random bytes drawn before the body.
absl::StatusOr<v1::Party> CreateParty(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Party& wanted,
                                      const std::vector<v1::Alias>& aliases,
                                      std::string_view fresh_key);
// `name` is `parties/CODE`. The party of a member itself (Member.party_code) is an organisation
// everybody with a key may read.
absl::StatusOr<v1::Party> GetParty(storage::ReadTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view name);
absl::StatusOr<Page<v1::Party>> ListParties(storage::ReadTransaction& transaction,
                                            const Environment& environment,
                                            const access::Caller& caller, const PartyFilter& filter,
                                            const PageRequest& page);
// What UpdateParty changes: paths of v1::Party.
const std::vector<std::string>& ChangeableFields();
// `fields`: some of ChangeableFields. A list is replaced as a whole.
absl::StatusOr<v1::Party> UpdateParty(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Party& wanted, const std::set<std::string>& fields);

// The party that is member `owner` itself: an organisation, customer and supplier at once. Called
// when a member is made.
absl::StatusOr<coding::Code> CreateMemberParty(storage::WriteTransaction& transaction,
                                               const Environment& environment, MemberId owner,
                                               const v1::LocalizedText& display_name,
                                               std::string_view fresh_key);
// Renames the party of a member along with the member.
absl::Status RenameMemberParty(storage::WriteTransaction& transaction,
                               const Environment& environment, coding::Code party,
                               const v1::LocalizedText& display_name);

// Whether the caller may read a party: it is of his reach, or it is the party of a member and he
// has a key. NOT_FOUND when there is no such party. No personal part is opened.
absl::StatusOr<bool> MayReadParty(storage::ReadTransaction& transaction,
                                  const access::Caller& caller, coding::Code party);

// The member that owns a party; NOT_FOUND when there is no such party. No personal part is opened.
absl::StatusOr<MemberId> OwnerOfParty(storage::ReadTransaction& transaction, coding::Code party);

}  // namespace radyab::parties
