// Many objects by their first and last word.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "coding/object_words.h"
#include "coding/refusal.h"

namespace radyab::cli {

// Every object from `first` to `last`, both included, at most `count_max`:
//   CODE                 counters of one block, birth class and kind: items and services
//   CODE/serial/SN0001   serials that differ in the digits at their end, as many in both
//   sscc/N               serial references in a row, each with its check digit
// Refuses words of unlike things, a last before the first, and what cannot be counted: parties and
// cases (their codes do not follow one another) and lots.
coding::Parsed<std::vector<coding::ObjectWord>> ObjectsBetween(std::string_view first,
                                                               std::string_view last,
                                                               std::size_t count_max);

}  // namespace radyab::cli
