// Every scheme an alias may have: one line of a table each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "coding/code.h"
#include "coding/refusal.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/party.pb.h"

namespace radyab::catalog {

// What may bear numbers of a scheme.
enum class Bearers { kItems, kServices, kItemsAndServices, kPersons, kOrganisations, kParties };

// Whether a number leads to one code of all, or to one of each member.
enum class Uniqueness { kEverywhere, kPerMember };

// Whether values are kept as they are, or as a keyed hash and never shown.
enum class Keeping { kClear, kHashed };

struct SchemeRule {
  v1::AliasScheme scheme;
  std::string_view name;                                   // "gtin"
  coding::Parsed<std::string> (*parse)(std::string_view);  // checks and normalises
  Bearers bearers;
  Uniqueness uniqueness;
  Keeping keeping;
};

// All of them, those whose numbers name single pieces last. Any thread.
std::span<const SchemeRule> SchemeRules();

// Nothing for UNSPECIFIED and numbers that are no scheme.
const SchemeRule* RuleOf(v1::AliasScheme scheme);
// By its name: those of coding/scan_payload.h's candidates, too.
const SchemeRule* RuleOf(std::string_view name);
// The scheme whose values a GS1 element with this application identifier holds ("8004": giai).
// Nothing for GTIN (01) and SSCC (00), which a reading of elements names by itself.
const SchemeRule* RuleOfAi(std::string_view ai);

// Whether one number of the scheme names one piece, so that a code may bear any number of them:
// the numbers from 32 on.
inline constexpr int kPieceSchemesBegin = 32;
bool NamesPieces(v1::AliasScheme scheme);
// Whether such a piece is a unit of an item, with a serial, and no container, document or shipment.
bool NamesUnits(v1::AliasScheme scheme);
// Whether the numbers are those of packages, which hold several base units.
bool NamesPackages(v1::AliasScheme scheme);

// Whether a code of `kind` may bear the scheme; of parties also `party_kind`, see below.
bool MayBear(const SchemeRule& rule, coding::Kind kind);
// The only kind of party that may bear the scheme, if there is only one.
std::optional<v1::PartyKind> PartyKindOf(const SchemeRule& rule);

// The level of packaging that a normalised number tells: 0 for the base unit and where the scheme
// tells none. GTIN: the indicator digit (GS1 General Specifications, section 2.1). UID20: its 6th
// digit (Iranian Food and Drug Administration).
int PackagingLevel(v1::AliasScheme scheme, std::string_view normalised);

}  // namespace radyab::catalog
