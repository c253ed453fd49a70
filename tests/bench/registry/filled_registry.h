// A registry of any size, its rows written as a registration would leave them for a resolve: items
// of one member, each with a GTIN that leads to a generic item of its own.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "coding/code.h"
#include "registry/storage/store.h"

namespace radyab::bench {

inline constexpr int kFilledItemsMax = 45'000'000;  // of the blocks that there are

// Item `number` of the registry, from 0: blocks are filled one after the other, in some hundred
// classes.
coding::Code CodeOf(int number);
// Its GTIN, 14 digits.
std::string GtinOf(int number);

// Writes the items 0 to `item_count` - 1.
absl::Status Fill(storage::Store& store, int item_count);

}  // namespace radyab::bench
