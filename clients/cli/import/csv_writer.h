// Records of tables, written so that csv_reader.h reads them back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radyab::cli {

// One record with CRLF at its end (RFC 4180). Fields that need quotes get them.
std::string CsvRecordText(const std::vector<std::string>& fields, char separator);

}  // namespace radyab::cli
