#include "clients/cli/import/refused_rows.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "clients/cli/import/csv_writer.h"
#include "clients/cli/import/import_plan.h"
#include "clients/cli/import/row_fault.h"

namespace radyab::cli {
namespace {

using nlohmann::ordered_json;

std::string WhyOf(const v1::RowVerdict& verdict) {
  std::string why;
  for (const v1::RowFault& fault : verdict.faults()) {
    if (!why.empty()) why += " | ";
    if (!fault.field().empty()) why += fault.field() + ": ";
    why += fault.description() + " (" + fault.reason() + ")";
  }
  return why;
}

std::string JsonTextOf(const std::string& line, const std::string& why) {
  ordered_json object = ordered_json::parse(line, nullptr, false);
  if (!object.is_object()) object = ordered_json::object({{"unreadable", line}});
  object[std::string(kRefusedBecause)] = why;
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

// As many cells as the header has columns, so that the reason stands in its own. A record that
// could not be read never has as many as the header: what is left of it must not be taken for whole
// when the file is sent again as it is.
std::string CsvTextOf(std::vector<std::string> cells, std::size_t column_count, bool broken,
                      const std::string& why, char separator) {
  if (!broken) cells.resize(column_count);
  if (broken && cells.size() == column_count) cells.emplace_back();
  cells.push_back(why);
  return CsvRecordText(cells, separator);
}

}  // namespace

void RefusedRows::Add(const RowText& row, const v1::RowVerdict& verdict) {
  std::vector<std::string> columns = source_.columns();
  // A file of refused rows that was sent again has the column already.
  const auto told = std::ranges::find(columns, kRefusedBecause);
  const auto at = static_cast<std::size_t>(told - columns.begin());
  const bool has_column = told != columns.end();
  if (has_column) columns.erase(told);
  if (!begun_) {
    begun_ = true;
    file_.open(path_, std::ios::binary | std::ios::trunc);
    if (!columns.empty()) {
      std::vector<std::string> header = columns;
      header.emplace_back(kRefusedBecause);
      file_ << CsvRecordText(header, source_.separator());
    }
  }
  const std::string why = WhyOf(verdict);
  if (columns.empty()) {
    file_ << JsonTextOf(row.text, why);
    return;
  }
  std::vector<std::string> cells = row.cells;
  if (has_column && at < cells.size()) cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(at));
  const bool broken = verdict.faults_size() > 0 && verdict.faults(0).reason() == kBrokenCsv;
  file_ << CsvTextOf(std::move(cells), columns.size(), broken, why, source_.separator());
}

bool RefusedRows::End() {
  if (!begun_) return true;
  file_.close();
  return !file_.fail();
}

}  // namespace radyab::cli
