// The classification tree: up to six levels, two digits a level.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "registry/catalog/approved_name.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

inline constexpr std::size_t kAttributesGivenMax = 300;      // of an item: six levels of classes
inline constexpr std::size_t kAttributeCharactersMax = 200;  // of one value

absl::StatusOr<v1::Class> CreateClass(storage::WriteTransaction& transaction,
                                      const v1::Class& wanted);
// `name` is `classes/KEYCODE`. With a `version` the class as it stood then, from 1 up; 0: as it is.
// NOT_FOUND for a version that never was or was replaced before histories were kept.
absl::StatusOr<v1::Class> GetClass(storage::ReadTransaction& transaction, std::string_view name,
                                   std::int64_t version = 0);
// `parent` is `classes/KEYCODE` or empty.
absl::StatusOr<Page<v1::Class>> ListClasses(storage::ReadTransaction& transaction,
                                            std::string_view parent, const PageRequest& page);
// The class as it stood is kept under its version. `fields`: display_name, name_pattern (both also
// with .fa and .en), attributes, cross_references.
absl::StatusOr<v1::Class> UpdateClass(storage::WriteTransaction& transaction,
                                      const v1::Class& wanted, const std::set<std::string>& fields);

// What an item or service takes from its class.
struct ClassFit {
  std::uint32_t birth_class = 0;  // the first two levels as a number 0..9999
  v1::LocalizedText approved_name;
  std::vector<std::int64_t> versions;  // of its class and those above, the first level first
  std::string identity;                // identity.h
};

// Checks that `class_name` exists and is at least two levels deep, and that `attributes` fill its
// template and its ancestors'; every fault at once.
absl::StatusOr<ClassFit> CheckAgainstClass(storage::ReadTransaction& transaction,
                                           std::string_view class_name,
                                           const Attributes& attributes);
// The birth class without a look at attributes: for what is registered later.
absl::StatusOr<std::uint32_t> BirthClass(storage::ReadTransaction& transaction,
                                         std::string_view class_name);

}  // namespace radyab::catalog
