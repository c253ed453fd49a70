#include "registry/search/direct_hits.h"

#include "coding/code.h"
#include "registry/catalog/alias_row.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/alias_value.h"
#include "registry/catalog/generic_item.h"
#include "registry/parties/party_registry.h"
#include "registry/records/records.pb.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

using coding::Kind;

constexpr std::size_t kRowsOfPartyCheckMax = 4;  // party, block, member; as MayReadParty reads them

// One query being looked up.
struct LookUp {
  storage::ReadTransaction& transaction;
  const Environment& environment;
  const access::Caller& caller;
  bool parties_readable;
  std::optional<MemberId> member;
  std::size_t count_max;
  RowBudget& budget;
  std::map<Thing, std::optional<v1::Alias>> hits = {};

  absl::StatusOr<bool> MayShow(coding::Code code) {
    if (code.kind() == Kind::kCase) return false;
    if (code.kind() != Kind::kParty) {
      budget.Spend(1);
      const std::string key =
          code.kind() == Kind::kItem ? keyspace::Item(code) : keyspace::Service(code);
      auto row = transaction.Get(key);
      if (!row.ok()) return row.status();
      return row->has_value();
    }
    if (!parties_readable) return false;
    budget.Spend(kRowsOfPartyCheckMax);
    auto readable = parties::MayReadParty(transaction, caller, code);
    if (absl::IsNotFound(readable.status())) return false;
    return readable;
  }

  absl::Status Add(coding::Code code, const v1::Alias* alias) {
    if (hits.size() >= count_max) return absl::OkStatus();
    auto shown = MayShow(code);
    if (!shown.ok()) return shown.status();
    if (*shown) {
      hits.emplace(ThingOf(code), alias == nullptr ? std::nullopt : std::optional(*alias));
    }
    return absl::OkStatus();
  }

  absl::Status AddAlias(const catalog::AliasKey& key) {
    MemberId scope = MemberId::kRegistry;
    if (catalog::IsUniquePerMember(key.scheme, key.value)) {
      if (!member) return absl::OkStatus();
      scope = *member;
    }
    budget.Spend(1);
    auto row = catalog::LiveAlias(transaction, {key.scheme, scope, key.value});
    if (!row.ok()) return row.status();
    if (!row->has_value()) return absl::OkStatus();
    const auto code = coding::Code::FromNumber((*row)->code());
    if (!code.ok()) return absl::OkStatus();
    const v1::Alias alias = catalog::Shown((*row)->alias());
    if (auto status = Add(*code, &alias); !status.ok()) return status;
    if (key.scheme != v1::ALIAS_SCHEME_GTIN || hits.size() >= count_max) return absl::OkStatus();
    auto items = catalog::SupplierItemsOf(transaction, *code, count_max - hits.size());
    if (!items.ok()) return items.status();
    budget.Spend(items->size());
    for (const coding::Code item : *items) {
      if (auto status = Add(item, &alias); !status.ok()) return status;
    }
    return absl::OkStatus();
  }
};

}  // namespace

absl::StatusOr<std::map<Thing, std::optional<v1::Alias>>> DirectHits(
    storage::ReadTransaction& transaction, const Environment& environment,
    const access::Caller& caller, bool parties_readable, std::optional<MemberId> member,
    std::string_view query, std::size_t count_max, RowBudget& budget) {
  LookUp look_up{transaction, environment, caller, parties_readable, member, count_max, budget};
  if (const auto code = coding::ParseCode(query); code.ok()) {
    if (auto status = look_up.Add(*code, nullptr); !status.ok()) return status;
  }
  for (const catalog::SchemeRule& rule : catalog::SchemeRules()) {
    const auto key = catalog::LookUpKey(environment, rule.scheme, query);
    if (!key) continue;
    if (auto status = look_up.AddAlias(*key); !status.ok()) return status;
  }
  return std::move(look_up.hits);
}

}  // namespace radyab::search
