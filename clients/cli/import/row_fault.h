// What is wrong with a row, as it is found here.
#pragma once

#include <string>
#include <string_view>

#include "radyab/v1/import.pb.h"

namespace radyab::cli {

// The reason of a record of a table that cannot be read.
inline constexpr char kBrokenCsv[] = "INVALID_CSV";

// `field`: the column, the path of the JSON field, or empty for the row as a whole.
inline v1::RowFault FaultOf(std::string_view field, std::string_view description,
                            std::string_view reason = "INVALID_FIELD") {
  v1::RowFault fault;
  fault.set_reason(std::string(reason));
  fault.set_field(std::string(field));
  fault.set_description(std::string(description));
  return fault;
}

}  // namespace radyab::cli
