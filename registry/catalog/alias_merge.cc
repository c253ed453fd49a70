#include "registry/catalog/alias_merge.h"

#include "registry/catalog/alias_row.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/generic_item.h"
#include "registry/catalog/member_registry.h"
#include "registry/records/records.pb.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

absl::StatusOr<v1::PartyKind> PartyKindOf(storage::ReadTransaction& transaction,
                                          coding::Code code) {
  auto row = storage::GetRow<records::PartyRecord>(transaction, keyspace::Party(code));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return storage::CorruptRecord(keyspace::Party(code));
  return (*row)->party().kind();
}

// Whether both are persons or both organisations; always so for what is no party.
absl::StatusOr<bool> AreAlike(storage::ReadTransaction& transaction, coding::Code from,
                              coding::Code to) {
  if (from.kind() != coding::Kind::kParty) return true;
  auto kind = PartyKindOf(transaction, from);
  if (!kind.ok()) return kind.status();
  auto other = PartyKindOf(transaction, to);
  if (!other.ok()) return other.status();
  return *kind == *other;
}

bool NamesAKindOfParty(v1::AliasScheme scheme) {
  const SchemeRule* rule = RuleOf(scheme);
  return rule != nullptr && PartyKindOf(*rule).has_value();
}

absl::Status MoveOne(storage::WriteTransaction& transaction, coding::Code from, coding::Code to,
                     const AliasKey& key, const v1::Alias& alias) {
  if (key.scheme == v1::ALIAS_SCHEME_GTIN) return MoveGtin(transaction, from, to, key, alias);
  if (auto ended = EndHistory(transaction, key, from); !ended.ok()) return ended.status();
  return PutLiveAlias(transaction, key, alias, to);
}

}  // namespace

absl::Status MoveAliases(storage::WriteTransaction& transaction, coding::Code from,
                         coding::Code to) {
  auto lines = LiveLines(transaction, from);
  if (!lines.ok()) return lines.status();
  auto owner = MemberOfBlock(transaction, to.block());
  if (!owner.ok()) return owner.status();
  auto alike = AreAlike(transaction, from, to);
  if (!alike.ok()) return alike.status();
  for (const records::AliasRecord& line : *lines) {
    const AliasKey key{line.alias().scheme(), static_cast<MemberId>(line.scope()),
                       line.alias().value()};
    const bool reaches = key.scope == MemberId::kRegistry || key.scope == *owner;
    if (!reaches || (!*alike && NamesAKindOfParty(key.scheme))) continue;
    auto status = MoveOne(transaction, from, to, key, line.alias());
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::catalog
