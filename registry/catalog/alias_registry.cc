#include "registry/catalog/alias_registry.h"

#include "registry/catalog/alias_row.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/alias_value.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/code_reach.h"
#include "registry/catalog/generic_item.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/stamp.h"

namespace radyab::catalog {
namespace {

using coding::Kind;
using storage::GetRow;

// Who owns a code, in which state it is, and for parties which kind of party.
struct Bearer {
  coding::Code code;
  MemberId owner;
  v1::Life life;
  v1::PartyKind party_kind = v1::PARTY_KIND_UNSPECIFIED;
};

template <class Entry>
absl::StatusOr<Bearer> EntryBearer(storage::ReadTransaction& transaction, coding::Code code) {
  auto entry = ReadEntry<Entry>(transaction, code);
  if (!entry.ok()) return entry.status();
  auto owner = ParseMemberName(entry->member(), "member");
  if (!owner.ok()) return owner.status();
  return Bearer{code, *owner, entry->life()};
}

absl::StatusOr<Bearer> PartyBearer(storage::ReadTransaction& transaction, coding::Code code) {
  auto row = GetRow<records::PartyRecord>(transaction, keyspace::Party(code));
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->party().code() != code.Digits()) return NotFound(code.Digits());
  auto owner = ParseMemberName((*row)->party().member(), "member");
  if (!owner.ok()) return owner.status();
  return Bearer{code, *owner, (*row)->party().life(), (*row)->party().kind()};
}

absl::StatusOr<Bearer> FindBearer(storage::ReadTransaction& transaction, std::string_view text) {
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

// The bearer of a change: reached by the caller, else as if it were not there.
absl::StatusOr<Bearer> ReachedBearer(storage::ReadTransaction& transaction,
                                     const access::Caller& caller, std::string_view text) {
  auto bearer = FindBearer(transaction, text);
  if (bearer.ok() && !ReachesCode(caller, bearer->code, bearer->owner)) {
    return NotFound(bearer->code.Digits());
  }
  return bearer;
}

// National ids name persons, legal ids and LEIs organisations.
absl::Status CheckPartyKind(const Bearer& bearer, v1::AliasScheme scheme, std::string_view field) {
  const SchemeRule* rule = RuleOf(scheme);
  const auto wanted = rule == nullptr ? std::nullopt : PartyKindOf(*rule);
  if (!wanted || *wanted == bearer.party_kind) return absl::OkStatus();
  const bool person = *wanted == v1::PARTY_KIND_PERSON;
  return RefuseField(
      std::string(field) + ".scheme",
      (person ? "an organisation has no " : "a person has no ") + std::string(rule->name));
}

absl::StatusOr<AliasKey> CheckFor(const Environment& environment, const Bearer& bearer,
                                  const v1::Alias& alias, std::string_view field) {
  auto key = CheckAlias(environment, alias, bearer.code.kind(), bearer.owner, field);
  if (!key.ok()) return key.status();
  if (bearer.code.kind() == Kind::kParty) {
    if (auto status = CheckPartyKind(bearer, key->scheme, field); !status.ok()) return status;
  }
  return key;
}

// `new_item`: the row of an item that is being registered.
absl::Status Bind(storage::WriteTransaction& transaction, const Bearer& bearer, const AliasKey& key,
                  const v1::Alias& alias, v1::Item* new_item = nullptr) {
  if (key.scheme == v1::ALIAS_SCHEME_GTIN) {
    return new_item != nullptr ? LinkItem(transaction, bearer.code, *new_item, key, alias)
                               : LinkGtin(transaction, bearer.code, key, alias);
  }
  auto live = LiveAlias(transaction, key);
  if (!live.ok()) return live.status();
  if (live->has_value()) {
    auto holder = coding::Code::FromNumber((*live)->code());
    if (!holder.ok()) {
      return storage::CorruptRecord(keyspace::Alias(key.scheme, key.scope, key.value));
    }
    return AliasTaken(key, *holder);
  }
  return PutLiveAlias(transaction, key, alias, bearer.code);
}

v1::Alias NewlyShown(const storage::WriteTransaction& transaction, const AliasKey& key,
                     const v1::Alias& wanted, coding::Code code) {
  v1::Alias alias;
  alias.set_scheme(key.scheme);
  alias.set_value(key.value);
  alias.set_code(code.Digits());
  alias.set_contained_quantity(wanted.contained_quantity());
  alias.set_serial(wanted.serial());
  *alias.mutable_create_time() = TimestampOf(transaction.record_time_us());
  return Shown(std::move(alias));
}

}  // namespace

absl::StatusOr<v1::Alias> AddAlias(storage::WriteTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view code, const v1::Alias& alias) {
  auto bearer = ReachedBearer(transaction, caller, code);
  if (!bearer.ok()) return bearer.status();
  auto key = CheckFor(environment, *bearer, alias, "alias");
  if (!key.ok()) return key.status();
  if (auto status = RequireActive(bearer->code, bearer->life); !status.ok()) return status;
  if (auto status = Bind(transaction, *bearer, *key, alias); !status.ok()) return status;
  return NewlyShown(transaction, *key, alias, bearer->code);
}

absl::StatusOr<v1::Alias> EndAlias(storage::WriteTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view code, const v1::Alias& alias) {
  auto bearer = ReachedBearer(transaction, caller, code);
  if (!bearer.ok()) return bearer.status();
  auto key = CheckFor(environment, *bearer, alias, "alias");
  if (!key.ok()) return key.status();
  auto bears = BearsAlias(transaction, bearer->code, key->scheme, key->value);
  if (!bears.ok()) return bears.status();
  if (!*bears) {
    return NotFound("live alias " + AliasSchemeName(key->scheme) + " of " + bearer->code.Digits());
  }
  v1::Alias ended = NewlyShown(transaction, *key, alias, bearer->code);
  *ended.mutable_end_time() = TimestampOf(transaction.record_time_us());
  ended.clear_create_time();
  if (key->scheme == v1::ALIAS_SCHEME_GTIN) {
    auto status = UnlinkGtin(transaction, bearer->code, *key);
    if (!status.ok()) return status;
    return ended;
  }
  auto record = EndHistory(transaction, *key, bearer->code);
  if (!record.ok()) return record.status();
  auto removed = transaction.Delete(keyspace::Alias(key->scheme, key->scope, key->value));
  if (!removed.ok()) return removed;
  return Shown(record->alias());
}

absl::StatusOr<Page<v1::Alias>> ListAliases(storage::ReadTransaction& transaction,
                                            const access::Caller& caller, std::string_view code,
                                            const PageRequest& page) {
  auto bearer = FindBearer(transaction, code);
  if (!bearer.ok()) return bearer.status();
  const bool own = ReachesCode(caller, bearer->code, bearer->owner);
  if (bearer->code.kind() == Kind::kParty && !own) return NotFound(bearer->code.Digits());
  auto records = PageOfRows<records::AliasRecord>(transaction,
                                                  keyspace::AliasHistoryPrefix(bearer->code), page);
  if (!records.ok()) return records.status();
  Page<v1::Alias> aliases;
  aliases.next = records->next;
  for (const records::AliasRecord& record : records->rows) {
    // How many pieces there are of an item is its member's to know.
    const bool everybodys = record.scope() == static_cast<std::uint32_t>(MemberId::kRegistry) &&
                            !NamesPieces(record.alias().scheme());
    if (own || everybodys) aliases.rows.push_back(Shown(record.alias()));
  }
  return aliases;
}

absl::Status AddFirstAliases(storage::WriteTransaction& transaction, const Environment& environment,
                             const NewBearer& registered, const std::vector<v1::Alias>& aliases) {
  if (aliases.size() > kAliasesMax) {
    return RefuseField("aliases", std::to_string(aliases.size()) + " given, want at most " +
                                      std::to_string(kAliasesMax));
  }
  if (aliases.empty()) return absl::OkStatus();
  const Bearer bearer{registered.code, registered.owner, {}, registered.party_kind};
  FaultList faults;
  std::vector<AliasKey> keys;
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    auto key = CheckFor(environment, bearer, aliases[i], "aliases[" + std::to_string(i) + "]");
    faults.AddAll(key.status());
    if (key.ok()) keys.push_back(*std::move(key));
  }
  if (!faults.empty()) return faults.status();
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    auto status = Bind(transaction, bearer, keys[i], aliases[i], registered.item);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<records::AliasRecord>> FindAlias(storage::ReadTransaction& transaction,
                                                              v1::AliasScheme scheme,
                                                              MemberId scope,
                                                              std::string_view normalised_value) {
  return LiveAlias(transaction, {scheme, scope, std::string(normalised_value)});
}

absl::StatusOr<std::optional<records::AliasRecord>> FindAliasFor(
    storage::ReadTransaction& transaction, const access::Caller& caller, v1::AliasScheme scheme,
    std::string_view normalised_value) {
  if (caller.member && IsUniquePerMember(scheme, normalised_value)) {
    auto own = FindAlias(transaction, scheme, *caller.member, normalised_value);
    if (!own.ok() || own->has_value()) return own;
  }
  auto shared = FindAlias(transaction, scheme, MemberId::kRegistry, normalised_value);
  if (!shared.ok() || shared->has_value() || scheme != v1::ALIAS_SCHEME_GTIN) return shared;
  return GetRow<records::AliasRecord>(transaction, keyspace::EndedGtin(normalised_value));
}

}  // namespace radyab::catalog
