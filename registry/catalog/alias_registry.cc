#include "registry/catalog/alias_registry.h"

#include "registry/catalog/alias_bearer.h"
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

absl::Status RefuseTaken(storage::ReadTransaction& transaction, const AliasKey& key) {
  auto live = LiveAlias(transaction, key);
  if (!live.ok()) return live.status();
  if (live->has_value()) {
    auto holder = coding::Code::FromNumber((*live)->code());
    if (!holder.ok()) {
      return storage::CorruptRecord(keyspace::Alias(key.scheme, key.scope, key.value));
    }
    return AliasTaken(key, *holder);
  }
  return absl::OkStatus();
}

absl::Status Bind(storage::WriteTransaction& transaction, const AliasBearer& bearer,
                  const AliasKey& key, const v1::Alias& alias) {
  if (key.scheme == v1::ALIAS_SCHEME_GTIN) return LinkGtin(transaction, bearer.code, key, alias);
  auto status = RefuseTaken(transaction, key);
  return status.ok() ? PutLiveAlias(transaction, key, alias, bearer.code) : status;
}

// The same for what is being registered: kAliasesMax keep it below the limits of a code.
absl::Status BindNew(storage::WriteTransaction& transaction, const NewBearer& registered,
                     const AliasKey& key, const v1::Alias& alias) {
  static_assert(kAliasesMax <= kLiveAliasesMax);
  if (key.scheme == v1::ALIAS_SCHEME_GTIN) {
    return registered.item != nullptr
               ? LinkNewItem(transaction, registered.code, *registered.item, key, alias)
               : LinkGtin(transaction, registered.code, key, alias);
  }
  auto status = RefuseTaken(transaction, key);
  return status.ok() ? PutFirstAlias(transaction, key, alias, registered.code) : status;
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
  auto bearer = ReachedAliasBearer(transaction, caller, code);
  if (!bearer.ok()) return bearer.status();
  auto key = CheckAliasOf(environment, *bearer, alias, "alias");
  if (!key.ok()) return key.status();
  if (auto status = RequireActive(bearer->code, bearer->life); !status.ok()) return status;
  if (auto status = Bind(transaction, *bearer, *key, alias); !status.ok()) return status;
  return NewlyShown(transaction, *key, alias, bearer->code);
}

absl::StatusOr<v1::Alias> EndAlias(storage::WriteTransaction& transaction,
                                   const Environment& environment, const access::Caller& caller,
                                   std::string_view code, const v1::Alias& alias) {
  auto bearer = ReachedAliasBearer(transaction, caller, code);
  if (!bearer.ok()) return bearer.status();
  auto key = CheckAliasOf(environment, *bearer, alias, "alias");
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
  auto bearer = FindAliasBearer(transaction, code);
  if (!bearer.ok()) return bearer.status();
  const bool own = ReachesCode(caller, bearer->code, bearer->owner);
  if (bearer->code.kind() == coding::Kind::kParty && !own) return NotFound(bearer->code.Digits());
  auto records = PageOfRows<records::AliasRecord>(transaction,
                                                  keyspace::AliasHistoryPrefix(bearer->code), page);
  if (!records.ok()) return records.status();
  Page<v1::Alias> aliases;
  aliases.next = records->next;
  for (records::AliasRecord& record : records->rows) {
    FillLine(bearer->code, record);
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
  const AliasBearer bearer{registered.code, registered.owner, {}, registered.party_kind};
  FaultList faults;
  std::vector<AliasKey> keys;
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    auto key = CheckAliasOf(environment, bearer, aliases[i], "aliases[" + std::to_string(i) + "]");
    faults.AddAll(key.status());
    if (key.ok()) keys.push_back(*std::move(key));
  }
  if (!faults.empty()) return faults.status();
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    auto status = BindNew(transaction, registered, keys[i], aliases[i]);
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
