// What a class may say of itself: its name, its attribute template, its name pattern, and where it
// stands in other classifications.
#pragma once

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "radyab/v1/class.pb.h"
#include "registry/catalog/class_lineage.h"

namespace radyab::catalog {

inline constexpr std::size_t kAttributesMax = 50;       // of one class
inline constexpr std::size_t kAllowedValuesMax = 200;   // of one attribute
inline constexpr std::size_t kCrossReferencesMax = 20;  // of one class

// Every fault at once, with paths that begin with `field`. `above` are the ancestors: a name
// pattern may speak of their attributes too.
absl::Status CheckClass(const v1::Class& wanted, const Lineage& above, std::string_view field);

}  // namespace radyab::catalog
