#include "registry/catalog/generic_item.h"

#include <optional>

#include "registry/catalog/alias_row.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/stamp.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

absl::StatusOr<coding::Code> CodeOfRecord(std::uint64_t number, const std::string& key) {
  auto code = coding::Code::FromNumber(number);
  if (!code.ok()) return storage::CorruptRecord(key);
  return *code;
}

// The generic item that has the GTIN now or had it when it ended.
absl::StatusOr<std::optional<coding::Code>> GenericOfGtin(storage::ReadTransaction& transaction,
                                                          const AliasKey& gtin) {
  auto live = LiveAlias(transaction, gtin);
  if (!live.ok()) return live.status();
  if (!live->has_value()) {
    live = GetRow<records::AliasRecord>(transaction, keyspace::EndedGtin(gtin.value));
    if (!live.ok()) return live.status();
  }
  if (!live->has_value()) return std::optional<coding::Code>();
  auto code = CodeOfRecord((*live)->code(), keyspace::EndedGtin(gtin.value));
  if (!code.ok()) return code.status();
  return std::optional<coding::Code>(*code);
}

// The generic item that `item` belongs to, if any.
absl::StatusOr<std::optional<coding::Code>> GenericOfItem(const v1::Item& item) {
  if (item.generic_item().empty()) return std::optional<coding::Code>();
  auto code = ParseEntryName<v1::Item>(item.generic_item(), "generic_item");
  if (!code.ok()) return code.status();
  return std::optional<coding::Code>(*code);
}

absl::StatusOr<coding::Code> CreateGeneric(storage::WriteTransaction& transaction,
                                           const v1::Item& model, coding::Code model_code) {
  auto code = IssueCatalogCode(transaction, coding::Kind::kItem, MemberId::kRegistry,
                               model_code.birth_class());
  if (!code.ok()) return code.status();
  v1::Item generic;
  generic.set_name(std::string(EntryKind<v1::Item>::kNamePrefix) + code->Digits());
  generic.set_code(code->Digits());
  generic.set_member(MemberName(MemberId::kRegistry));
  generic.set_class_name(model.class_name());
  *generic.mutable_display_name() = model.display_name();
  *generic.mutable_attributes() = model.attributes();
  generic.set_unit(model.unit());
  generic.set_generic(true);
  *generic.mutable_life() = NewLife(transaction.record_time_us());
  Stamp(transaction, generic);
  if (auto status = PutRow(transaction, keyspace::Item(*code), generic); !status.ok()) {
    return status;
  }
  return *code;
}

absl::Status TooManySuppliers(coding::Code generic) {
  const std::string limit = std::to_string(kSupplierItemsOfGenericMax);
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                generic.Digits() + " has " + limit + " suppliers' items, the most it may have",
                {{"code", generic.Digits()}, {"limit", limit}});
}

// Refuses when another item of the same member bears the GTIN: that would be one product with two
// codes. `replaced` is an item that is about to give it up.
absl::Status RefuseSecondBearer(storage::ReadTransaction& transaction, coding::Code generic,
                                const v1::Item& row, const AliasKey& gtin,
                                std::optional<coding::Code> replaced = std::nullopt) {
  auto linked = SupplierItemsOf(transaction, generic, kSupplierItemsOfGenericMax);
  if (!linked.ok()) return linked.status();
  if (linked->size() >= kSupplierItemsOfGenericMax && row.generic_item().empty()) {
    return TooManySuppliers(generic);
  }
  for (coding::Code other : *linked) {
    if (other == replaced) continue;
    auto other_row = ReadEntry<v1::Item>(transaction, other);
    if (!other_row.ok()) return other_row.status();
    if (other_row->member() != row.member()) continue;
    auto bears = BearsAlias(transaction, other, v1::ALIAS_SCHEME_GTIN, gtin.value);
    if (!bears.ok()) return bears.status();
    if (*bears) return AliasTaken(gtin, other);
  }
  return absl::OkStatus();
}

absl::Status CheckSameContent(const records::AliasRecord& live, const v1::Alias& wanted) {
  const int present = std::max(1, live.alias().contained_quantity());
  if (present == std::max(1, wanted.contained_quantity())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                "gtin \"" + live.alias().value() + "\" is registered with " +
                    std::to_string(present) + " base units, not " +
                    std::to_string(wanted.contained_quantity()),
                {{"scheme", "gtin"}, {"code", live.alias().code()}});
}

// Puts the live alias on `generic` unless it is there; what is there must hold as many base units.
absl::Status EnsureLive(storage::WriteTransaction& transaction, const AliasKey& gtin,
                        const v1::Alias& alias, coding::Code generic) {
  auto live = LiveAlias(transaction, gtin);
  if (!live.ok()) return live.status();
  if (live->has_value()) return CheckSameContent(**live, alias);
  const std::string ended_key = keyspace::EndedGtin(gtin.value);
  auto ended = transaction.Get(ended_key);
  if (!ended.ok()) return ended.status();
  if (ended->has_value()) {
    if (auto status = transaction.Delete(ended_key); !status.ok()) return status;
  }
  return PutLiveAlias(transaction, gtin, alias, generic);
}

absl::Status Connect(storage::WriteTransaction& transaction, coding::Code generic,
                     coding::Code item, v1::Item& row) {
  row.set_generic_item(std::string(EntryKind<v1::Item>::kNamePrefix) + generic.Digits());
  Stamp(transaction, row);
  if (auto status = PutRow(transaction, keyspace::Item(item), row); !status.ok()) return status;
  return storage::PutMark(transaction, keyspace::SupplierItem(generic, item));
}

// An item other than `item` that bears the GTIN, if any.
absl::StatusOr<std::optional<coding::Code>> OtherBearer(storage::ReadTransaction& transaction,
                                                        coding::Code generic, coding::Code item,
                                                        const AliasKey& gtin) {
  auto linked = SupplierItemsOf(transaction, generic, kSupplierItemsOfGenericMax);
  if (!linked.ok()) return linked.status();
  for (coding::Code other : *linked) {
    if (other == item) continue;
    auto bears = BearsAlias(transaction, other, v1::ALIAS_SCHEME_GTIN, gtin.value);
    if (!bears.ok()) return bears.status();
    if (*bears) return std::optional<coding::Code>(other);
  }
  return std::optional<coding::Code>();
}

absl::Status EndGtin(storage::WriteTransaction& transaction, coding::Code generic,
                     const AliasKey& gtin) {
  auto ended = EndHistory(transaction, gtin, generic);
  if (!ended.ok()) return ended.status();
  // The scope in which it stood, whoever ends it: a number of restricted circulation is a member's.
  const auto scope = static_cast<MemberId>(ended->scope());
  auto removed = transaction.Delete(keyspace::Alias(gtin.scheme, scope, gtin.value));
  if (!removed.ok()) return removed;
  if (scope != MemberId::kRegistry) return absl::OkStatus();
  return PutRow(transaction, keyspace::EndedGtin(gtin.value), *ended);
}

// The registrar gives a GTIN to a generic item itself.
absl::Status GiveToGeneric(storage::WriteTransaction& transaction, coding::Code generic,
                           const AliasKey& gtin, const v1::Alias& alias) {
  auto of_gtin = GenericOfGtin(transaction, gtin);
  if (!of_gtin.ok()) return of_gtin.status();
  if (of_gtin->has_value() && **of_gtin != generic) return AliasTaken(gtin, **of_gtin);
  auto live = LiveAlias(transaction, gtin);
  if (!live.ok()) return live.status();
  if (live->has_value()) return AliasTaken(gtin, generic);
  return EnsureLive(transaction, gtin, alias, generic);
}

// The registrar ends a GTIN of a generic item. A supplier's item that bore it on would never be rid
// of it.
absl::Status EndGtinOfGeneric(storage::WriteTransaction& transaction, coding::Code generic,
                              const AliasKey& gtin) {
  auto bearer = OtherBearer(transaction, generic, generic, gtin);
  if (!bearer.ok()) return bearer.status();
  if (!bearer->has_value()) return EndGtin(transaction, generic, gtin);
  return RefuseField("alias.value", "gtin \"" + gtin.value + "\" is borne by " +
                                        (*bearer)->Digits() +
                                        ": it ends with the last supplier's item that bears it");
}

using Begin = absl::Status(storage::WriteTransaction&, const AliasKey&, const v1::Alias&,
                           coding::Code);

// `begin`: how the item's line of history begins.
absl::Status LinkItem(storage::WriteTransaction& transaction, coding::Code item, v1::Item& row,
                      const AliasKey& gtin, const v1::Alias& alias, Begin& begin) {
  auto of_gtin = GenericOfGtin(transaction, gtin);
  if (!of_gtin.ok()) return of_gtin.status();
  auto of_item = GenericOfItem(row);
  if (!of_item.ok()) return of_item.status();
  if (of_gtin->has_value() && of_item->has_value() && **of_gtin != **of_item) {
    return AliasTaken(gtin, **of_gtin);
  }
  std::optional<coding::Code> generic = of_gtin->has_value() ? *of_gtin : *of_item;
  if (generic) {
    auto status = RefuseSecondBearer(transaction, *generic, row, gtin);
    if (status.ok()) status = EnsureLive(transaction, gtin, alias, *generic);
    if (!status.ok()) return status;
  } else {
    auto created = CreateGeneric(transaction, row, item);
    if (!created.ok()) return created.status();
    generic = *created;
    auto status = PutFirstAlias(transaction, gtin, alias, *generic);
    if (!status.ok()) return status;
  }
  if (auto status = begin(transaction, gtin, alias, item); !status.ok()) return status;
  return Connect(transaction, *generic, item, row);
}

}  // namespace

absl::Status LinkGtin(storage::WriteTransaction& transaction, coding::Code item,
                      const AliasKey& gtin, const v1::Alias& alias) {
  auto row = ReadEntry<v1::Item>(transaction, item);
  if (!row.ok()) return row.status();
  return row->generic() ? GiveToGeneric(transaction, item, gtin, alias)
                        : LinkItem(transaction, item, *row, gtin, alias, BeginHistory);
}

absl::Status LinkNewItem(storage::WriteTransaction& transaction, coding::Code item, v1::Item& row,
                         const AliasKey& gtin, const v1::Alias& alias) {
  return LinkItem(transaction, item, row, gtin, alias, BeginFirstHistory);
}

absl::Status UnlinkGtin(storage::WriteTransaction& transaction, coding::Code item,
                        const AliasKey& gtin) {
  auto found = ReadEntry<v1::Item>(transaction, item);
  if (!found.ok()) return found.status();
  v1::Item row = *std::move(found);
  if (row.generic()) return EndGtinOfGeneric(transaction, item, gtin);
  if (auto ended = EndHistory(transaction, gtin, item); !ended.ok()) return ended.status();
  auto generic = GenericOfItem(row);
  if (!generic.ok()) return generic.status();
  if (!generic->has_value()) return absl::OkStatus();
  auto other = OtherBearer(transaction, **generic, item, gtin);
  if (!other.ok()) return other.status();
  if (!other->has_value()) {
    if (auto status = EndGtin(transaction, **generic, gtin); !status.ok()) return status;
  }
  auto still = BearsAlias(transaction, item, v1::ALIAS_SCHEME_GTIN, "");
  if (!still.ok()) return still.status();
  if (*still) return absl::OkStatus();
  row.clear_generic_item();
  Stamp(transaction, row);
  if (auto status = PutRow(transaction, keyspace::Item(item), row); !status.ok()) return status;
  return transaction.Delete(keyspace::SupplierItem(**generic, item));
}

absl::Status MoveGtin(storage::WriteTransaction& transaction, coding::Code from, coding::Code to,
                      const AliasKey& gtin, const v1::Alias& alias) {
  auto giver = ReadEntry<v1::Item>(transaction, from);
  if (!giver.ok()) return giver.status();
  auto found = ReadEntry<v1::Item>(transaction, to);
  if (!found.ok()) return found.status();
  v1::Item taker = *std::move(found);
  const bool of_another =
      !taker.generic_item().empty() && taker.generic_item() != giver->generic_item();
  auto generic = GenericOfItem(*giver);
  if (!generic.ok()) return generic.status();
  if (of_another || taker.generic() || !generic->has_value()) return absl::OkStatus();
  auto bears = BearsAlias(transaction, to, v1::ALIAS_SCHEME_GTIN, gtin.value);
  if (!bears.ok()) return bears.status();
  if (!*bears) {
    // First the new bearer, then the old one goes: so the GTIN never ends in between.
    auto status = RefuseSecondBearer(transaction, **generic, taker, gtin, from);
    if (status.ok()) status = BeginHistory(transaction, gtin, alias, to);
    if (status.ok()) status = Connect(transaction, **generic, to, taker);
    if (!status.ok()) return status;
  }
  return UnlinkGtin(transaction, from, gtin);
}

absl::StatusOr<std::vector<coding::Code>> SupplierItemsOf(storage::ReadTransaction& transaction,
                                                          coding::Code generic,
                                                          std::size_t count_max) {
  const std::string begin = keyspace::SupplierItemPrefix(generic);
  std::vector<coding::Code> items;
  std::string corrupt_key;
  auto status = transaction.Scan({begin, storage::PrefixEnd(begin)}, storage::Direction::kForward,
                                 count_max, [&](std::string_view key, std::string_view) {
                                   storage::OrderedKeyReader reader(key.substr(begin.size()));
                                   const auto code = coding::Code::FromNumber(reader.U64());
                                   if (!code.ok()) corrupt_key = std::string(key);
                                   if (code.ok()) items.push_back(*code);
                                   return code.ok();
                                 });
  if (!status.ok()) return status;
  if (!corrupt_key.empty()) return storage::CorruptRecord(corrupt_key);
  return items;
}

}  // namespace radyab::catalog
