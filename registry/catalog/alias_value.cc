#include "registry/catalog/alias_value.h"

#include "absl/strings/escaping.h"
#include "coding/absl_text.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/reason.h"

namespace radyab::catalog {
namespace {

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
  if (rule.keeping == Keeping::kClear) return normalised;
  return absl::BytesToHexString(environment.keyed_hash.Of(
      access::HashPurpose::kPersonalAlias, std::string(rule.name) + ":" + normalised));
}

// How many base units it holds, and of which unit it is the number.
absl::Status CheckBeside(const v1::Alias& alias, const SchemeRule& rule, coding::Kind kind,
                         std::string_view field) {
  const bool package = NamesPackages(alias.scheme());
  if (alias.contained_quantity() < 0 || (alias.contained_quantity() > 1 && !package)) {
    return RefuseField(std::string(field) + ".contained_quantity",
                       std::to_string(alias.contained_quantity()) +
                           ": only a GTIN, an SSCC or a UID20 has one, and it is not negative");
  }
  if (alias.serial().empty()) return absl::OkStatus();
  const std::string serial_field = std::string(field) + ".serial";
  if (!NamesUnits(alias.scheme()) || kind != coding::Kind::kItem) {
    return RefuseField(serial_field, "a " + std::string(rule.name) + " names no unit of an item");
  }
  const auto serial = coding::ParseSerial(alias.serial());
  return serial.ok() ? absl::OkStatus() : RefuseText(serial_field, serial.refusal());
}

}  // namespace

bool IsPersonal(v1::AliasScheme scheme) {
  const SchemeRule* rule = RuleOf(scheme);
  return rule != nullptr && rule->keeping == Keeping::kHashed;
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
  return rule != nullptr && MayBear(*rule, coding::Kind::kParty);
}

v1::Alias Shown(v1::Alias alias) {
  if (IsPersonal(alias.scheme())) {
    alias.clear_value();
  } else {
    alias.set_packaging_level(PackagingLevel(alias.scheme(), alias.value()));
  }
  return alias;
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
                                    coding::Kind kind, MemberId owner, std::string_view field) {
  const std::string scheme_field = std::string(field) + ".scheme";
  const std::string value_field = std::string(field) + ".value";
  const SchemeRule* rule = RuleOf(alias.scheme());
  if (rule == nullptr) return RefuseField(scheme_field, "missing or unknown; want GTIN, GLN, …");
  if (!MayBear(*rule, kind)) {
    return RefuseField(scheme_field,
                       "a " + std::string(KindName(kind)) + " has no " + std::string(rule->name));
  }
  const auto value = rule->parse(alias.value());
  if (!value.ok()) {
    return rule->keeping == Keeping::kHashed
               ? RefusePersonal(value_field, value.refusal(), rule->name)
               : RefuseText(value_field, value.refusal());
  }
  if (auto status = CheckBeside(alias, *rule, kind, field); !status.ok()) return status;
  AliasKey key{alias.scheme(), MemberId::kRegistry, StoredValue(environment, *rule, *value)};
  if (IsUniquePerMember(alias.scheme(), *value)) key.scope = owner;
  return key;
}

}  // namespace radyab::catalog
