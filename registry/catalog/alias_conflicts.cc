#include "registry/catalog/alias_conflicts.h"

#include <optional>
#include <utility>

#include "registry/catalog/alias_bearer.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_row.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/code_reach.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/sparse_page.h"
#include "registry/stamp.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

// A claim with all that is needed to look at it again.
struct Claimed {
  AliasBearer claimant;
  AliasKey alias;
  std::string key;  // of its row
  std::optional<v1::AliasConflict> row;
};

absl::StatusOr<Claimed> ReadClaim(storage::ReadTransaction& transaction,
                                  const Environment& environment, const access::Caller& caller,
                                  const AliasClaim& claim) {
  auto claimant = ReachedAliasBearer(transaction, caller, claim.code);
  if (!claimant.ok()) return claimant.status();
  auto alias = CheckAliasOf(environment, *claimant, claim.alias, "alias");
  if (!alias.ok()) return alias.status();
  if (auto status = CheckReason(claim.reason); !status.ok()) return status;
  Claimed claimed{*std::move(claimant), *std::move(alias), "", std::nullopt};
  claimed.key = keyspace::AliasConflict(claimed.claimant.owner, claimed.claimant.code,
                                        claimed.alias.scheme, claimed.alias.value);
  auto row = storage::GetRow<v1::AliasConflict>(transaction, claimed.key);
  if (!row.ok()) return row.status();
  claimed.row = *std::move(row);
  return claimed;
}

// Whom the alias leads to now.
absl::StatusOr<std::optional<coding::Code>> HolderOf(storage::ReadTransaction& transaction,
                                                     const AliasKey& alias) {
  auto live = LiveAlias(transaction, alias);
  if (!live.ok()) return live.status();
  if (!live->has_value()) return std::optional<coding::Code>();
  auto holder = coding::Code::FromNumber((*live)->code());
  if (!holder.ok()) {
    return storage::CorruptRecord(keyspace::Alias(alias.scheme, alias.scope, alias.value));
  }
  return std::optional(*holder);
}

v1::AliasConflict ShownConflict(v1::AliasConflict conflict) {
  v1::Alias shown = Shown(conflict.alias());
  *conflict.mutable_alias() = std::move(shown);
  return conflict;
}

// Ends the alias with its holder, if there is one, and adds it to the claimant.
absl::Status MoveToClaimant(storage::WriteTransaction& transaction, const access::Caller& caller,
                            const Claimed& claimed) {
  if (auto status = RequireActive(claimed.claimant.code, claimed.claimant.life); !status.ok()) {
    return status;
  }
  auto holder = HolderOf(transaction, claimed.alias);
  if (!holder.ok()) return holder.status();
  if (*holder == claimed.claimant.code) return absl::OkStatus();
  if (holder->has_value()) {
    auto reached = ReachedAliasBearer(transaction, caller, (*holder)->Digits());
    if (!reached.ok()) return reached.status();
    auto ended = EndHistory(transaction, claimed.alias, **holder);
    if (!ended.ok()) return ended.status();
  }
  return PutLiveAlias(transaction, claimed.alias, claimed.row->alias(), claimed.claimant.code);
}

}  // namespace

absl::StatusOr<v1::AliasConflict> ClaimAlias(storage::WriteTransaction& transaction,
                                             const Environment& environment,
                                             const access::Caller& caller,
                                             const AliasClaim& claim) {
  auto claimed = ReadClaim(transaction, environment, caller, claim);
  if (!claimed.ok()) return claimed.status();
  const auto& [claimant, alias, key, row] = *claimed;
  if (auto status = RequireActive(claimant.code, claimant.life); !status.ok()) return status;
  if (alias.scheme == v1::ALIAS_SCHEME_GTIN) {
    return RefuseField("alias.scheme",
                       "a GTIN is shared by what bears it and never moves; merge the two items, or "
                       "end it with the one");
  }
  auto holder = HolderOf(transaction, alias);
  if (!holder.ok()) return holder.status();
  if (!holder->has_value()) return RefuseField("alias.value", "nobody bears it: add it");
  if (**holder == claimant.code) return AliasTaken(alias, **holder);
  if (row && row->verdict() == v1::ALIAS_CONFLICT_VERDICT_OPEN) return ShownConflict(*row);

  v1::AliasConflict conflict;
  conflict.set_member(MemberName(claimant.owner));
  conflict.set_claimant_code(claimant.code.Digits());
  conflict.set_holder_code((*holder)->Digits());
  v1::Alias& kept = *conflict.mutable_alias();
  kept.set_scheme(alias.scheme);
  kept.set_value(alias.value);
  kept.set_contained_quantity(claim.alias.contained_quantity());
  kept.set_serial(claim.alias.serial());
  conflict.set_reason(claim.reason);
  conflict.set_verdict(v1::ALIAS_CONFLICT_VERDICT_OPEN);
  *conflict.mutable_claim_time() = TimestampOf(transaction.record_time_us());
  if (auto status = storage::PutRow(transaction, key, conflict); !status.ok()) return status;
  return ShownConflict(std::move(conflict));
}

absl::StatusOr<Page<v1::AliasConflict>> ListAliasConflicts(storage::ReadTransaction& transaction,
                                                           const access::Caller& caller,
                                                           const AliasConflictFilter& filter,
                                                           const PageRequest& page) {
  auto owner = MemberMeant(transaction, caller, filter.member, "member");
  if (!owner.ok()) return owner.status();
  if (!v1::AliasConflictVerdict_IsValid(filter.verdict)) {
    return RefuseField("verdict", "want OPEN, HOLDER_KEEPS, CLAIMANT_GETS or none");
  }
  const auto verdict = filter.verdict == v1::ALIAS_CONFLICT_VERDICT_UNSPECIFIED
                           ? v1::ALIAS_CONFLICT_VERDICT_OPEN
                           : filter.verdict;
  return SparsePageOfRows<v1::AliasConflict>(
      transaction, KeysOf(keyspace::AliasConflictPrefix(*owner)), page, kAliasConflictRowsMax,
      [&](std::string_view,
          v1::AliasConflict conflict) -> absl::StatusOr<std::optional<v1::AliasConflict>> {
        const auto claimant = coding::ParseCode(conflict.claimant_code());
        const bool seen = claimant.ok() && ReachesCode(caller, *claimant, *owner);
        if (!seen || conflict.verdict() != verdict) return std::nullopt;
        return ShownConflict(std::move(conflict));
      });
}

absl::StatusOr<v1::AliasConflict> SettleAliasConflict(storage::WriteTransaction& transaction,
                                                      const Environment& environment,
                                                      const access::Caller& caller,
                                                      const AliasClaim& claim,
                                                      v1::AliasConflictVerdict verdict) {
  if (verdict != v1::ALIAS_CONFLICT_VERDICT_HOLDER_KEEPS &&
      verdict != v1::ALIAS_CONFLICT_VERDICT_CLAIMANT_GETS) {
    return RefuseField("verdict", "missing; want HOLDER_KEEPS or CLAIMANT_GETS",
                       Reason::kMissingField);
  }
  auto claimed = ReadClaim(transaction, environment, caller, claim);
  if (!claimed.ok()) return claimed.status();
  if (!claimed->row) return NotFound("claim of " + claimed->claimant.code.Digits());
  if (verdict == v1::ALIAS_CONFLICT_VERDICT_CLAIMANT_GETS) {
    if (auto status = MoveToClaimant(transaction, caller, *claimed); !status.ok()) return status;
  }
  v1::AliasConflict& row = *claimed->row;
  row.set_verdict(verdict);
  row.set_verdict_reason(claim.reason);
  *row.mutable_verdict_time() = TimestampOf(transaction.record_time_us());
  if (auto status = storage::PutRow(transaction, claimed->key, row); !status.ok()) return status;
  return ShownConflict(std::move(row));
}

}  // namespace radyab::catalog
