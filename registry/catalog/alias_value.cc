#include "registry/catalog/alias_value.h"

#include <algorithm>
#include <array>

#include "absl/strings/escaping.h"
#include "coding/absl_text.h"
#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "coding/utf8_reader.h"
#include "registry/reason.h"

namespace radyab::catalog {
namespace {

using coding::Kind;

constexpr std::size_t kSupplierPartCharactersMax = 60;

// A supplier's own part number: any printable text, as the supplier writes it.
coding::Parsed<std::string> ParseSupplierPart(std::string_view text) {
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

enum class Uniqueness { kEverywhere, kPerMember };

struct SchemeRule {
  v1::AliasScheme scheme;
  std::string_view name;
  coding::Parsed<std::string> (*parse)(std::string_view);
  Uniqueness uniqueness;
  bool personal;
  std::array<Kind, 2> kinds;  // that may bear it; the same twice when only one may
};

constexpr std::array kRules = {
    SchemeRule{v1::ALIAS_SCHEME_GTIN,
               "gtin",
               coding::ParseGtin,
               Uniqueness::kEverywhere,
               false,
               {Kind::kItem, Kind::kItem}},
    SchemeRule{v1::ALIAS_SCHEME_GLN,
               "gln",
               coding::ParseGln,
               Uniqueness::kPerMember,
               false,
               {Kind::kParty, Kind::kParty}},
    SchemeRule{v1::ALIAS_SCHEME_IRANCODE,
               "irancode",
               coding::ParseIranCode,
               Uniqueness::kEverywhere,
               false,
               {Kind::kItem, Kind::kItem}},
    SchemeRule{v1::ALIAS_SCHEME_STUFFID,
               "stuffid",
               coding::ParseStuffId,
               Uniqueness::kEverywhere,
               false,
               {Kind::kItem, Kind::kService}},
    SchemeRule{v1::ALIAS_SCHEME_NATIONAL_ID,
               "national_id",
               coding::ParseNationalId,
               Uniqueness::kPerMember,
               true,
               {Kind::kParty, Kind::kParty}},
    SchemeRule{v1::ALIAS_SCHEME_LEGAL_ID,
               "legal_id",
               coding::ParseLegalId,
               Uniqueness::kPerMember,
               false,
               {Kind::kParty, Kind::kParty}},
    SchemeRule{v1::ALIAS_SCHEME_SUPPLIER_PART,
               "supplier_part",
               ParseSupplierPart,
               Uniqueness::kPerMember,
               false,
               {Kind::kItem, Kind::kService}},
};

const SchemeRule* RuleOf(v1::AliasScheme scheme) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(),
                                   [&](const SchemeRule& rule) { return rule.scheme == scheme; });
  return found == kRules.end() ? nullptr : found;
}

absl::Status RefusePersonal(const std::string& field, const coding::Refusal& refusal,
                            std::string_view scheme) {
  // The value of a personal scheme is not repeated: refusals are logged.
  coding::Refusal silent = refusal;
  silent.message = std::string(scheme) + ": " +
                   std::string(coding::RefusalReasonName(refusal.reason)) + " at place " +
                   std::to_string(refusal.at) + ", length " + std::to_string(refusal.length);
  return RefuseText(field, silent);
}

// A personal value is stored as its keyed hash.
std::string StoredValue(const Environment& environment, const SchemeRule& rule,
                        const std::string& normalised) {
  if (!rule.personal) return normalised;
  return absl::BytesToHexString(environment.keyed_hash.Of(
      access::HashPurpose::kPersonalAlias, std::string(rule.name) + ":" + normalised));
}

}  // namespace

bool IsPersonal(v1::AliasScheme scheme) {
  const SchemeRule* rule = RuleOf(scheme);
  return rule != nullptr && rule->personal;
}

std::string AliasSchemeName(v1::AliasScheme scheme) {
  const SchemeRule* rule = RuleOf(scheme);
  return rule == nullptr ? "unspecified" : std::string(rule->name);
}

bool IsUniquePerMember(v1::AliasScheme scheme, std::string_view normalised_value) {
  if (scheme == v1::ALIAS_SCHEME_GTIN) return coding::IsRestrictedCirculation(normalised_value);
  const SchemeRule* rule = RuleOf(scheme);
  return rule != nullptr && rule->uniqueness == Uniqueness::kPerMember;
}

bool NamesParties(v1::AliasScheme scheme) {
  const SchemeRule* rule = RuleOf(scheme);
  return rule != nullptr && rule->kinds[0] == Kind::kParty && rule->kinds[1] == Kind::kParty;
}

std::optional<AliasKey> LookUpKey(const Environment& environment, v1::AliasScheme scheme,
                                  std::string_view value) {
  const SchemeRule* rule = RuleOf(scheme);
  if (rule == nullptr) return std::nullopt;
  auto parsed = rule->parse(value);
  if (!parsed.ok()) return std::nullopt;
  return AliasKey{scheme, MemberId::kRegistry, StoredValue(environment, *rule, *parsed)};
}

absl::StatusOr<AliasKey> CheckAlias(const Environment& environment, const v1::Alias& alias,
                                    Kind kind, MemberId owner, std::string_view field) {
  const std::string scheme_field = std::string(field) + ".scheme";
  const std::string value_field = std::string(field) + ".value";
  const SchemeRule* rule = RuleOf(alias.scheme());
  if (rule == nullptr) return RefuseField(scheme_field, "missing or unknown; want GTIN, GLN, …");
  if (kind != rule->kinds[0] && kind != rule->kinds[1]) {
    return RefuseField(scheme_field,
                       "a " + std::string(KindName(kind)) + " has no " + std::string(rule->name));
  }
  const auto value = rule->parse(alias.value());
  if (!value.ok()) {
    return rule->personal ? RefusePersonal(value_field, value.refusal(), rule->name)
                          : RefuseText(value_field, value.refusal());
  }
  if (alias.contained_quantity() < 0 ||
      (alias.contained_quantity() > 1 && alias.scheme() != v1::ALIAS_SCHEME_GTIN)) {
    return RefuseField(std::string(field) + ".contained_quantity",
                       std::to_string(alias.contained_quantity()) +
                           ": only a GTIN has one, and it is not negative");
  }
  AliasKey key{alias.scheme(), MemberId::kRegistry, StoredValue(environment, *rule, *value)};
  if (IsUniquePerMember(alias.scheme(), *value)) key.scope = owner;
  return key;
}

}  // namespace radyab::catalog
