#include "registry/catalog/alias_bearer.h"

#include <optional>
#include <string>

#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/code_reach.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/records/records.pb.h"

namespace radyab::catalog {
namespace {

using coding::Kind;
using storage::GetRow;

template <class Entry>
absl::StatusOr<AliasBearer> EntryBearer(storage::ReadTransaction& transaction, coding::Code code) {
  auto entry = ReadEntry<Entry>(transaction, code);
  if (!entry.ok()) return entry.status();
  auto owner = ParseMemberName(entry->member(), "member");
  if (!owner.ok()) return owner.status();
  return AliasBearer{code, *owner, entry->life()};
}

absl::StatusOr<AliasBearer> PartyBearer(storage::ReadTransaction& transaction, coding::Code code) {
  auto row = GetRow<records::PartyRecord>(transaction, keyspace::Party(code));
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->party().code() != code.Digits()) return NotFound(code.Digits());
  auto owner = ParseMemberName((*row)->party().member(), "member");
  if (!owner.ok()) return owner.status();
  return AliasBearer{code, *owner, (*row)->party().life(), (*row)->party().kind()};
}

// National ids name persons, legal ids and LEIs organisations.
absl::Status CheckPartyKind(const AliasBearer& bearer, v1::AliasScheme scheme,
                            std::string_view field) {
  const SchemeRule* rule = RuleOf(scheme);
  const auto wanted = rule == nullptr ? std::nullopt : PartyKindOf(*rule);
  if (!wanted || *wanted == bearer.party_kind) return absl::OkStatus();
  const bool person = *wanted == v1::PARTY_KIND_PERSON;
  return RefuseField(
      std::string(field) + ".scheme",
      (person ? "an organisation has no " : "a person has no ") + std::string(rule->name));
}

}  // namespace

absl::StatusOr<AliasBearer> FindAliasBearer(storage::ReadTransaction& transaction,
                                            std::string_view text) {
  auto code = coding::ParseCode(text);
  if (!code.ok()) return RefuseText("code", code.refusal(), Reason::kInvalidCode);
  switch (code->kind()) {
    case Kind::kItem:
      return EntryBearer<v1::Item>(transaction, *code);
    case Kind::kService:
      return EntryBearer<v1::Service>(transaction, *code);
    case Kind::kParty:
      return PartyBearer(transaction, *code);
    case Kind::kCase:
      break;
  }
  return RefuseField("code", code->Digits() + " names a case; cases have no aliases");
}

absl::StatusOr<AliasBearer> ReachedAliasBearer(storage::ReadTransaction& transaction,
                                               const access::Caller& caller,
                                               std::string_view text) {
  auto bearer = FindAliasBearer(transaction, text);
  if (bearer.ok() && !ReachesCode(caller, bearer->code, bearer->owner)) {
    return NotFound(bearer->code.Digits());
  }
  return bearer;
}

absl::StatusOr<AliasKey> CheckAliasOf(const Environment& environment, const AliasBearer& bearer,
                                      const v1::Alias& alias, std::string_view field) {
  auto key = CheckAlias(environment, alias, bearer.code.kind(), bearer.owner, field);
  if (!key.ok()) return key.status();
  if (bearer.code.kind() == Kind::kParty) {
    if (auto status = CheckPartyKind(bearer, key->scheme, field); !status.ok()) return status;
  }
  return key;
}

}  // namespace radyab::catalog
