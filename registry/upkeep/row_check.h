// Whether one row is what its family wants, and whether the rows it names are there.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {

// Told what is wrong with the row that is checked, in plain words.
using RowFault = std::function<void(const std::string& fault)>;

// Checks the row: family and parts of its key, checksum and message of its value, and every row
// that must stand when it does (an item's block and names, the entity an alias leads to, both ends
// of what is kept in two places, counters not below what was issued). Reads them from
// `transaction`, the snapshot the row is of. Answers a failure of the store, not a fault.
absl::Status CheckRow(storage::ReadTransaction& transaction, std::string_view key,
                      std::string_view value, const RowFault& tell);

}  // namespace radyab::upkeep
