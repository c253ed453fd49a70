// The columns of an event's objects.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "radyab/v1/import.pb.h"
#include "radyab/v1/trace.pb.h"

namespace radyab::cli {

// "objects" (words with blanks between), and "quantity", "unit", "lot", "production_date",
// "expiry_date", which go for every object of the row.
bool IsObjectColumn(std::string_view column);

// Takes one cell of such a column. Columns come in any order: what stands before "objects" waits in
// an unnamed object. The fault when the cell does not fit.
std::optional<v1::RowFault> SetObjectColumn(std::string_view column, const std::string& cell,
                                            v1::Event& event);

// Ends a row: the waiting facts go to every object, amounts only to lots.
void SpreadObjectFacts(v1::Event& event);

}  // namespace radyab::cli
