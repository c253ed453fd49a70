// Identifiers of other schemes that lead to a code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Adds an alias to a code the caller reaches. A GTIN given to a supplier's item goes to its generic
// item.
absl::StatusOr<v1::Alias> AddAlias(storage::WriteTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view code, const v1::Alias& alias);
absl::StatusOr<v1::Alias> EndAlias(storage::WriteTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view code, const v1::Alias& alias);
absl::StatusOr<Page<v1::Alias>> ListAliases(storage::ReadTransaction& transaction,
                                            const access::Caller& caller, std::string_view code,
                                            const PageRequest& page);

// What is being registered. Its row stands already, but for an item with one GTIN.
struct NewBearer {
  coding::Code code;
  MemberId owner;
  v1::PartyKind party_kind = v1::PARTY_KIND_UNSPECIFIED;
  v1::Item* item = nullptr;  // of an item: as its row says; a GTIN links it and puts the row
};

// The aliases given at a registration: checks every one and writes their rows. The field paths of
// its refusals begin with "aliases[N]". Used by the registries of items, services and parties.
absl::Status AddFirstAliases(storage::WriteTransaction& transaction, const Environment& environment,
                             const NewBearer& bearer, const std::vector<v1::Alias>& aliases);

// The live alias (scheme, normalised value) in the scope everybody shares or, for personal and
// member-private schemes, in the scope of `scope`.
absl::StatusOr<std::optional<records::AliasRecord>> FindAlias(storage::ReadTransaction& transaction,
                                                              v1::AliasScheme scheme,
                                                              MemberId scope,
                                                              std::string_view normalised_value);

// What a scanned value of the scheme leads to: the live alias in the scope of the caller's member
// or the one everybody shares; for a GTIN that ended, the generic item that keeps it.
absl::StatusOr<std::optional<records::AliasRecord>> FindAliasFor(
    storage::ReadTransaction& transaction, const access::Caller& caller, v1::AliasScheme scheme,
    std::string_view normalised_value);

}  // namespace radyab::catalog
