// Expected goods out of a table.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "clients/warehouse/session_values.h"

namespace radyab::cli {

// Most lines of a notice.
inline constexpr std::size_t kExpectedLinesMax = 100'000;

struct ExpectedTable {
  std::vector<warehouse::NoticeLine> lines;
  std::vector<std::string> faults;  // "line 3, column quantity: …", each; then nothing is expected
};

// Columns `object` (CODE, CODE/lot/L, CODE/serial/S, sscc/N; needed), `quantity` (1 when it is
// empty), `unit`, `expiry_date`, `container` (sscc/N or 18 digits that it is inside), `lot` (of a
// unit). RFC 4180 as csv_reader.h reads it. Faulty are unknown and repeated columns, an amount that
// is not above 0, an amount other than 1 or a unit of one piece, no line at all.
ExpectedTable ReadExpectedTable(std::istream& input);

}  // namespace radyab::cli
