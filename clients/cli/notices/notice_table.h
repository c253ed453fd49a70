// The lines of a shipping notice out of a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/tables/titled_row.h"
#include "radyab/v1/notice.pb.h"

namespace radyab::cli {

struct NoticeTable : TableFaults {
  std::vector<v1::ShippingNoticeLine> lines;
  std::vector<std::int64_t> file_lines;  // where each of them begins in the file, from 1
};

inline constexpr std::size_t kNoticeRowsMax = 10'000;  // as many lines has a notice

// Reads a table (csv_reader.h) whose first row names its columns: object (CODE, CODE/lot/L,
// CODE/serial/S, sscc/N), or code with lot or serial, or sscc; and quantity, unit (C62 when empty),
// production_date, expiry_date, container (sscc/N or 18 digits). A lot beside a unit is the lot it
// belongs to. All rows are read, and every fault that can be seen without the server is told.
NoticeTable ReadNoticeTable(std::istream& input);

// The column, of those above, that holds the field of a line that the server names ("object",
// "quantity.amount").
std::string_view ColumnOfLineField(std::string_view field);

}  // namespace radyab::cli
