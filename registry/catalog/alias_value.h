// An alias as it is given, kept and shown: checked, normalised and scoped by the rules of its
// scheme (alias_schemes.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/environment.h"
#include "registry/storage/keyspace.h"

namespace radyab::catalog {

// An alias as it is stored and looked for.
struct AliasKey {
  v1::AliasScheme scheme = v1::ALIAS_SCHEME_UNSPECIFIED;
  MemberId scope = MemberId::kRegistry;  // kRegistry: unique among all members
  std::string value;  // normalised; of a personal scheme the hex of its keyed hash
};

// Whether values of the scheme are kept as hashes and never shown.
bool IsPersonal(v1::AliasScheme scheme);

// Whether a value stands in the scope of the member that registered it: see CheckAlias.
bool IsUniquePerMember(v1::AliasScheme scheme, std::string_view normalised_value);

// Whether parties bear the scheme, and nothing else does.
bool NamesParties(v1::AliasScheme scheme);

// The key under which a scanned value of the scheme is looked for; nothing when it is no such
// value. The scope is kRegistry: see IsUniquePerMember.
std::optional<AliasKey> LookUpKey(const Environment& environment, v1::AliasScheme scheme,
                                  std::string_view value);

// "gtin", "irancode", … as people and the CLI say it.
std::string AliasSchemeName(v1::AliasScheme scheme);

// An alias as a caller who may see it is told: a personal value is left out, the level of packaging
// is said. `alias` is as it is stored.
v1::Alias Shown(v1::Alias alias);

// Checks scheme and value for a code of `kind` owned by `owner`. Refusals name `field` + ".scheme"
// or ".value", ".contained_quantity", ".serial". Schemes of parties, supplier parts and
// restricted-circulation GTINs are unique within the member only, so that no member learns of
// another's customers or numbers.
absl::StatusOr<AliasKey> CheckAlias(const Environment& environment, const v1::Alias& alias,
                                    coding::Kind kind, MemberId owner, std::string_view field);

}  // namespace radyab::catalog
