#include "registry/catalog/alias_schemes.h"

#include <algorithm>
#include <array>

#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "coding/published_ids.h"
#include "coding/utf8_reader.h"

namespace radyab::catalog {
namespace {

using coding::Gs1Key;
using coding::Kind;
using coding::Parsed;

constexpr std::size_t kSupplierPartCharactersMax = 60;

// A supplier's own part number: any printable text, as the supplier writes it.
Parsed<std::string> ParseSupplierPart(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  using coding::RefusalReason;
  if (text.empty()) {
    return coding::Refusal{RefusalReason::kEmpty, 0, 0,
                           "supplier part: empty, want 1 to 60 "
                           "characters"};
  }
  if (!coding::IsValidUtf8(text)) {
    return coding::Refusal{RefusalReason::kInvalidUtf8, 0, 0, "supplier part: not valid UTF-8"};
  }
  if (coding::CountCharacters(text, text.size()) > kSupplierPartCharactersMax) {
    return coding::Refusal{RefusalReason::kTooLong, 0, 0,
                           "supplier part: longer than 60 characters"};
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x20 && text[i] != 0x7F) continue;
    const std::size_t at = coding::CountCharacters(text, i) + 1;
    return coding::Refusal{RefusalReason::kInvalidCharacter, at, 1,
                           "supplier part: control character at place " + std::to_string(at)};
  }
  return std::string(text);
}

template <Gs1Key key>
Parsed<std::string> ParseKeyOf(std::string_view text) {
  return coding::ParseGs1Key(key, text);
}

constexpr Uniqueness kEverywhere = Uniqueness::kEverywhere;
constexpr Uniqueness kPerMember = Uniqueness::kPerMember;
constexpr Keeping kClear = Keeping::kClear;
constexpr Keeping kHashed = Keeping::kHashed;

// Numbers of parties are per member, so that no member learns of another's customers. A GTIN of
// restricted circulation is per member, too: see IsUniquePerMember.
constexpr SchemeRule kRules[] = {
    {v1::ALIAS_SCHEME_GTIN, "gtin", coding::ParseGtin, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_GLN, "gln", coding::ParseGln, Bearers::kParties, kPerMember, kClear},
    {v1::ALIAS_SCHEME_IRANCODE, "irancode", coding::ParseIranCode, Bearers::kItems, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_STUFFID, "stuffid", coding::ParseStuffId, Bearers::kItemsAndServices,
     kEverywhere, kClear},
    {v1::ALIAS_SCHEME_NATIONAL_ID, "national_id", coding::ParseNationalId, Bearers::kPersons,
     kPerMember, kHashed},
    {v1::ALIAS_SCHEME_LEGAL_ID, "legal_id", coding::ParseLegalId, Bearers::kOrganisations,
     kPerMember, kClear},
    {v1::ALIAS_SCHEME_SUPPLIER_PART, "supplier_part", ParseSupplierPart, Bearers::kItemsAndServices,
     kPerMember, kClear},
    {v1::ALIAS_SCHEME_IRANCODE_SERVICE, "irancode_service", coding::ParseIranCodeOfService,
     Bearers::kServices, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_GMN, "gmn", ParseKeyOf<Gs1Key::kGmn>, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_CPID, "cpid", ParseKeyOf<Gs1Key::kCpid>, Bearers::kItems, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_NSN, "nsn", coding::ParseNsn, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_IRC, "irc", coding::ParseIrc, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_GSRN, "gsrn", ParseKeyOf<Gs1Key::kGsrn>, Bearers::kParties, kPerMember,
     kHashed},
    {v1::ALIAS_SCHEME_LEI, "lei", coding::ParseLei, Bearers::kOrganisations, kPerMember, kClear},
    {v1::ALIAS_SCHEME_ECONOMIC_CODE, "economic_code", coding::ParseEconomicCode, Bearers::kParties,
     kPerMember, kHashed},
    {v1::ALIAS_SCHEME_SSCC, "sscc", coding::ParseSscc, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_GRAI, "grai", ParseKeyOf<Gs1Key::kGrai>, Bearers::kItems, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_GIAI, "giai", ParseKeyOf<Gs1Key::kGiai>, Bearers::kItems, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_GDTI, "gdti", ParseKeyOf<Gs1Key::kGdti>, Bearers::kItemsAndServices,
     kEverywhere, kClear},
    {v1::ALIAS_SCHEME_GCN, "gcn", ParseKeyOf<Gs1Key::kGcn>, Bearers::kItemsAndServices, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_GSIN, "gsin", ParseKeyOf<Gs1Key::kGsin>, Bearers::kServices, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_GINC, "ginc", ParseKeyOf<Gs1Key::kGinc>, Bearers::kServices, kEverywhere,
     kClear},
    {v1::ALIAS_SCHEME_IMEI, "imei", coding::ParseImei, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_VIN, "vin", coding::ParseVin, Bearers::kItems, kEverywhere, kClear},
    {v1::ALIAS_SCHEME_UID20, "uid20", coding::ParseUid20, Bearers::kItems, kEverywhere, kClear},
};

struct SchemeOfAi {
  std::string_view ai;
  v1::AliasScheme scheme;
};
constexpr SchemeOfAi kSchemesOfAis[] = {
    {"8003", v1::ALIAS_SCHEME_GRAI}, {"8004", v1::ALIAS_SCHEME_GIAI},
    {"8010", v1::ALIAS_SCHEME_CPID}, {"8013", v1::ALIAS_SCHEME_GMN},
    {"8017", v1::ALIAS_SCHEME_GSRN}, {"8018", v1::ALIAS_SCHEME_GSRN},
    {"253", v1::ALIAS_SCHEME_GDTI},  {"255", v1::ALIAS_SCHEME_GCN},
    {"401", v1::ALIAS_SCHEME_GINC},  {"402", v1::ALIAS_SCHEME_GSIN},
    {"414", v1::ALIAS_SCHEME_GLN},   {"417", v1::ALIAS_SCHEME_GLN},
};

template <class Wanted>
const SchemeRule* FindRule(Wanted wanted) {
  const auto* found = std::ranges::find_if(kRules, wanted);
  return found == std::end(kRules) ? nullptr : found;
}

}  // namespace

std::span<const SchemeRule> SchemeRules() { return kRules; }

const SchemeRule* RuleOf(v1::AliasScheme scheme) {
  return FindRule([&](const SchemeRule& rule) { return rule.scheme == scheme; });
}

const SchemeRule* RuleOf(std::string_view name) {
  return FindRule([&](const SchemeRule& rule) { return rule.name == name; });
}

const SchemeRule* RuleOfAi(std::string_view ai) {
  const auto* found = std::ranges::find(kSchemesOfAis, ai, &SchemeOfAi::ai);
  return found == std::end(kSchemesOfAis) ? nullptr : RuleOf(found->scheme);
}

bool NamesPieces(v1::AliasScheme scheme) { return scheme >= kPieceSchemesBegin; }

bool NamesUnits(v1::AliasScheme scheme) {
  return scheme == v1::ALIAS_SCHEME_GIAI || scheme == v1::ALIAS_SCHEME_GRAI ||
         scheme == v1::ALIAS_SCHEME_IMEI || scheme == v1::ALIAS_SCHEME_VIN ||
         scheme == v1::ALIAS_SCHEME_UID20;
}

bool NamesPackages(v1::AliasScheme scheme) {
  return scheme == v1::ALIAS_SCHEME_GTIN || scheme == v1::ALIAS_SCHEME_SSCC ||
         scheme == v1::ALIAS_SCHEME_UID20;
}

bool MayBear(const SchemeRule& rule, Kind kind) {
  switch (rule.bearers) {
    case Bearers::kItems:
      return kind == Kind::kItem;
    case Bearers::kServices:
      return kind == Kind::kService;
    case Bearers::kItemsAndServices:
      return kind == Kind::kItem || kind == Kind::kService;
    case Bearers::kPersons:
    case Bearers::kOrganisations:
    case Bearers::kParties:
      return kind == Kind::kParty;
  }
  return false;
}

std::optional<v1::PartyKind> PartyKindOf(const SchemeRule& rule) {
  if (rule.bearers == Bearers::kPersons) return v1::PARTY_KIND_PERSON;
  if (rule.bearers == Bearers::kOrganisations) return v1::PARTY_KIND_ORGANISATION;
  return std::nullopt;
}

int PackagingLevel(v1::AliasScheme scheme, std::string_view normalised) {
  constexpr std::size_t kGtinDigits = 14, kUidDigits = 20, kUidLevelAt = 5;
  if (scheme == v1::ALIAS_SCHEME_GTIN && normalised.size() == kGtinDigits) {
    return normalised[0] - '0';
  }
  if (scheme == v1::ALIAS_SCHEME_UID20 && normalised.size() == kUidDigits) {
    return normalised[kUidLevelAt] - '0';
  }
  return 0;
}

}  // namespace radyab::catalog
