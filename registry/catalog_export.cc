#include "registry/catalog_export.h"

#include <string>
#include <utility>

#include "coding/code.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/alias_value.h"
#include "registry/catalog/class_tree.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/member_registry.h"
#include "registry/page.h"
#include "registry/parties/party_registry.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab {
namespace {

using Aliases = std::vector<v1::Alias>;

constexpr std::size_t kRowsOfPage = 500;

// All rows of a list, page after page.
template <class Row>
absl::Status ForEach(absl::FunctionRef<absl::StatusOr<Page<Row>>(const PageRequest&)> list,
                     absl::FunctionRef<absl::Status(const Row&)> visit) {
  PageRequest page{kRowsOfPage, ""};
  do {
    auto rows = list(page);
    if (!rows.ok()) return rows.status();
    for (const Row& row : rows->rows) {
      if (auto status = visit(row); !status.ok()) return status;
    }
    page.after = std::move(rows->next);
  } while (!page.after.empty());
  return absl::OkStatus();
}

// The live aliases of a code whose value can be told, as a registration gives them; numbers of
// single pieces, of which there may be any number, are left out.
absl::Status AddLiveAliases(storage::ReadTransaction& transaction, const access::Caller& caller,
                            std::string_view code, Aliases& aliases) {
  return ForEach<v1::Alias>(
      [&](const PageRequest& page) {
        return catalog::ListAliases(transaction, caller, code, page);
      },
      [&](const v1::Alias& alias) {
        if (alias.has_end_time() || catalog::IsPersonal(alias.scheme()) ||
            catalog::NamesPieces(alias.scheme())) {
          return absl::OkStatus();
        }
        v1::Alias& given = aliases.emplace_back();
        given.set_scheme(alias.scheme());
        given.set_value(alias.value());
        if (alias.contained_quantity() > 1) {
          given.set_contained_quantity(alias.contained_quantity());
        }
        return absl::OkStatus();
      });
}

// `members/…` to list, or empty for every member's.
absl::StatusOr<std::string> MemberListed(storage::ReadTransaction& transaction,
                                         const ExportWanted& wanted) {
  if (wanted.member.empty() && !wanted.caller.member) return std::string();
  auto member = catalog::MemberMeant(transaction, wanted.caller, wanted.member, "member");
  if (!member.ok()) return member.status();
  return catalog::MemberName(*member);
}

bool IsWanted(const ExportWanted& wanted, const v1::Life& life) {
  return wanted.all_states || life.state() == v1::LIFE_STATE_ACTIVE;
}

// The same of what is private to a member.
absl::StatusOr<std::string> MemberOfPrivate(storage::ReadTransaction& transaction,
                                            const ExportWanted& wanted) {
  auto name = MemberListed(transaction, wanted);
  if (name.ok() && name->empty() && wanted.caller.role != v1::ROLE_ADMIN) {
    return RefuseField("member", "missing; want members/ and five digits", Reason::kMissingField);
  }
  return name;
}

absl::Status ExportPartiesOf(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                             const v1::Member& member, ExportVisitor<v1::Party> visit) {
  return ForEach<v1::Party>(
      [&](const PageRequest& page) {
        return parties::ListParties(transaction, wanted.environment, wanted.caller,
                                    {member.name(), ""}, page);
      },
      [&](const v1::Party& party) -> absl::Status {
        if (party.code() == member.party_code()) return absl::OkStatus();
        if (!IsWanted(wanted, party.life())) return absl::OkStatus();
        Aliases aliases;
        auto status = AddLiveAliases(transaction, wanted.caller, party.code(), aliases);
        return status.ok() ? visit(party, aliases) : status;
      });
}

}  // namespace

absl::Status ExportItems(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                         ExportVisitor<v1::Item> visit) {
  auto member = MemberListed(transaction, wanted);
  if (!member.ok()) return member.status();
  return ForEach<v1::Item>(
      [&](const PageRequest& page) {
        return catalog::ListItems(transaction, {*member, ""}, page);
      },
      [&](const v1::Item& item) -> absl::Status {
        if (item.generic() || !IsWanted(wanted, item.life())) return absl::OkStatus();
        Aliases aliases;
        auto status = AddLiveAliases(transaction, wanted.caller, item.code(), aliases);
        return status.ok() ? visit(item, aliases) : status;
      });
}

absl::Status ExportServices(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                            ExportVisitor<v1::Service> visit) {
  auto member = MemberListed(transaction, wanted);
  if (!member.ok()) return member.status();
  return ForEach<v1::Service>(
      [&](const PageRequest& page) {
        return catalog::ListServices(transaction, {*member, ""}, page);
      },
      [&](const v1::Service& service) -> absl::Status {
        if (!IsWanted(wanted, service.life())) return absl::OkStatus();
        Aliases aliases;
        auto status = AddLiveAliases(transaction, wanted.caller, service.code(), aliases);
        return status.ok() ? visit(service, aliases) : status;
      });
}

absl::Status ExportParties(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                           ExportVisitor<v1::Party> visit) {
  auto name = MemberOfPrivate(transaction, wanted);
  if (!name.ok()) return name.status();
  return ForEach<v1::Member>(
      [&](const PageRequest& page) { return catalog::ListMembers(transaction, page); },
      [&](const v1::Member& member) -> absl::Status {
        if (!name->empty() && member.name() != *name) return absl::OkStatus();
        auto owner = catalog::ParseMemberName(member.name(), "member");
        if (!owner.ok()) return owner.status();
        // Listing leaves this to the method's roles; a registrar may call this one.
        if (!wanted.caller.ReachesPrivate(*owner)) return NotFound(member.name());
        return ExportPartiesOf(transaction, wanted, member, visit);
      });
}

absl::Status ExportEvents(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                          absl::FunctionRef<absl::Status(const v1::Event&)> visit) {
  auto name = MemberOfPrivate(transaction, wanted);
  if (!name.ok()) return name.status();
  if (!name->empty()) {
    auto owner = catalog::ParseMemberName(*name, "member");
    if (!owner.ok()) return owner.status();
    if (!wanted.caller.ReachesPrivate(*owner)) return NotFound(*name);
  }
  std::uint64_t next = 0;
  for (bool more = true; more;) {
    std::size_t seen = 0;
    absl::Status told = absl::OkStatus();
    auto status = storage::ScanRows<v1::Event>(
        transaction, {keyspace::Event(next), keyspace::Event(~std::uint64_t{0})},
        storage::Direction::kForward, kRowsOfPage,
        [&](std::string_view key, const v1::Event& event) {
          ++seen;
          next = storage::OrderedKeyReader(key.substr(1)).U64() + 1;
          if (name->empty() || event.member() == *name) told = visit(event);
          return told.ok();
        });
    if (!status.ok()) return status;
    if (!told.ok()) return told;
    more = seen == kRowsOfPage;
  }
  return absl::OkStatus();
}

absl::Status ExportMembers(storage::ReadTransaction& transaction,
                           absl::FunctionRef<absl::Status(const v1::Member&)> visit) {
  return ForEach<v1::Member>(
      [&](const PageRequest& page) { return catalog::ListMembers(transaction, page); },
      [&](const v1::Member& member) -> absl::Status {
        const bool registry = member.name() == catalog::MemberName(MemberId::kRegistry);
        return registry ? absl::OkStatus() : visit(member);
      });
}

absl::Status ExportClasses(storage::ReadTransaction& transaction,
                           absl::FunctionRef<absl::Status(const v1::Class&)> visit) {
  return ForEach<v1::Class>(
      [&](const PageRequest& page) { return catalog::ListClasses(transaction, "", page); }, visit);
}

}  // namespace radyab
