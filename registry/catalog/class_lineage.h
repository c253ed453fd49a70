// A class with its ancestors: what they want of an item together.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/class.pb.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

using Templates = std::map<std::string_view, const v1::AttributeTemplate*>;

// Plain data; what `templates` points to lives as long as `classes`.
struct Lineage {
  std::vector<std::shared_ptr<const v1::Class>> classes;  // from the first level down
  // By key. A deeper class's line stands for an ancestor's with the same key.
  Templates templates;
};

// Of the class with this key code (2 to 12 digits, two a level; empty: nobody). UNKNOWN_CLASS,
// said of `field`, when one of them is missing.
absl::StatusOr<Lineage> LineageOf(storage::ReadTransaction& transaction, std::string_view key_code,
                                  std::string_view field);

// "classes/KEYCODE: there is no such class".
absl::Status UnknownClass(std::string_view field, std::string_view key_code);

}  // namespace radyab::catalog
