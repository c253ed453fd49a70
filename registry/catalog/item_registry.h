// Items and services: registration, reading, change.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

inline constexpr std::size_t kNameCharactersMax = 300;  // of one display name
inline constexpr std::size_t kAliasesMax = 20;          // in one registration

// What a list is narrowed to.
struct CatalogFilter {
  std::string member;       // `members/00017`, or empty: every member
  std::string name_prefix;  // folded before it is used; empty: all
};

// Registers an item, issues its code (or uses the reserved one that is given, code_reservations.h),
// adds its aliases. A GTIN makes (or finds) the generic item. `strict`: an item of the owner that
// is much like it is a reason to refuse (item_duplicates.h).
absl::StatusOr<v1::Item> CreateItem(storage::WriteTransaction& transaction,
                                    const Environment& environment, const access::Caller& caller,
                                    const v1::Item& wanted, const std::vector<v1::Alias>& aliases,
                                    std::string_view reserved_code = "", bool strict = false);
absl::StatusOr<v1::Item> GetItem(storage::ReadTransaction& transaction, std::string_view name);
absl::StatusOr<Page<v1::Item>> ListItems(storage::ReadTransaction& transaction,
                                         const CatalogFilter& filter, const PageRequest& page);
// `fields`: display_name(.fa|.en), class_name, attributes, unit.
absl::StatusOr<v1::Item> UpdateItem(storage::WriteTransaction& transaction,
                                    const access::Caller& caller, const v1::Item& wanted,
                                    const std::set<std::string>& fields);

absl::StatusOr<v1::Service> CreateService(storage::WriteTransaction& transaction,
                                          const Environment& environment,
                                          const access::Caller& caller, const v1::Service& wanted,
                                          const std::vector<v1::Alias>& aliases,
                                          std::string_view reserved_code = "", bool strict = false);
absl::StatusOr<v1::Service> GetService(storage::ReadTransaction& transaction,
                                       std::string_view name);
absl::StatusOr<Page<v1::Service>> ListServices(storage::ReadTransaction& transaction,
                                               const CatalogFilter& filter,
                                               const PageRequest& page);
// `fields`: display_name(.fa|.en), class_name, attributes.
absl::StatusOr<v1::Service> UpdateService(storage::WriteTransaction& transaction,
                                          const access::Caller& caller, const v1::Service& wanted,
                                          const std::set<std::string>& fields);

}  // namespace radyab::catalog
