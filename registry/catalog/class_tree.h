// The classification tree: up to six levels, two digits a level.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

inline constexpr std::size_t kAttributesMax = 50;            // of one class
inline constexpr std::size_t kAttributesGivenMax = 300;      // of an item: six levels of classes
inline constexpr std::size_t kAllowedValuesMax = 200;        // of one attribute
inline constexpr std::size_t kAttributeCharactersMax = 200;  // of one value

absl::StatusOr<v1::Class> CreateClass(storage::WriteTransaction& transaction,
                                      const v1::Class& wanted);
// `name` is `classes/KEYCODE`.
absl::StatusOr<v1::Class> GetClass(storage::ReadTransaction& transaction, std::string_view name);
// `parent` is `classes/KEYCODE` or empty.
absl::StatusOr<Page<v1::Class>> ListClasses(storage::ReadTransaction& transaction,
                                            std::string_view parent, const PageRequest& page);
// `fields`: display_name, display_name.fa, display_name.en, attributes.
absl::StatusOr<v1::Class> UpdateClass(storage::WriteTransaction& transaction,
                                      const v1::Class& wanted, const std::set<std::string>& fields);

using Attributes = google::protobuf::RepeatedPtrField<v1::Attribute>;

// Checks that `class_name` exists and is at least two levels deep, and that `attributes` fill its
// template and its ancestors'; every fault at once. Answers the birth class: the first two levels
// as a number 0..9999.
absl::StatusOr<std::uint32_t> CheckAgainstClass(storage::ReadTransaction& transaction,
                                                std::string_view class_name,
                                                const Attributes& attributes);
// The same without a look at attributes: for what is registered later.
absl::StatusOr<std::uint32_t> BirthClass(storage::ReadTransaction& transaction,
                                         std::string_view class_name);

}  // namespace radyab::catalog
