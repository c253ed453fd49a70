// The rows whose things are found by name, in the order in which an index is made of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/search/thing.h"
#include "registry/storage/store.h"

namespace radyab::search {

struct NamedRow {
  std::string key;
  Thing thing = kNoThing;  // kNoThing when the row cannot be read: a scrub tells of it
};

// The place before all of them. A place is the key of a row, or the prefix of a family.
std::string FirstNamedPlace();
// The next rows behind `place`, at most `count_max`; fewer at the end.
absl::StatusOr<std::vector<NamedRow>> NamedRowsBehind(storage::ReadTransaction& transaction,
                                                      const std::string& place,
                                                      std::size_t count_max);

}  // namespace radyab::search
