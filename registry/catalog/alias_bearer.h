// What bears aliases: items, services and parties.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/party.pb.h"
#include "registry/access/caller.h"
#include "registry/catalog/alias_value.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Who owns a code, in which state it is, and for parties which kind of party.
struct AliasBearer {
  coding::Code code;
  MemberId owner;
  v1::Life life;
  v1::PartyKind party_kind = v1::PARTY_KIND_UNSPECIFIED;
};

// NOT_FOUND, INVALID_CODE, or INVALID_FIELD for a case, which bears none.
absl::StatusOr<AliasBearer> FindAliasBearer(storage::ReadTransaction& transaction,
                                            std::string_view text);
// The bearer of a change: reached by the caller, else as if it were not there.
absl::StatusOr<AliasBearer> ReachedAliasBearer(storage::ReadTransaction& transaction,
                                               const access::Caller& caller, std::string_view text);
// The normalised alias in its scope, when the bearer can bear it; its refusals name places below
// `field`.
absl::StatusOr<AliasKey> CheckAliasOf(const Environment& environment, const AliasBearer& bearer,
                                      const v1::Alias& alias, std::string_view field);

}  // namespace radyab::catalog
