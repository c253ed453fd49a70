// Files of a bulk import, tables and lines of JSON: never a crash, every row is told of once, in
// order, and one that is whole is written as a row that reads as the very same.
//
// The first byte chooses what is imported and the form; the rest is the file.
#include <google/protobuf/util/message_differencer.h>

#include <sstream>

#include "clients/cli/export/row_table.h"
#include "clients/cli/import/csv_writer.h"
#include "clients/cli/import/row_source.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using namespace radyab::cli;
using google::protobuf::util::MessageDifferencer;
using radyab::fuzz::Expect;

constexpr std::size_t kRowsMax = 200;

std::string Whole(const std::vector<std::string>& header, const std::vector<std::string>& cells) {
  return CsvRecordText(header, ',') + CsvRecordText(cells, ',');
}

// The row again, from the table that an export makes of it.
void ExpectTableReadsBack(const ImportPlan& plan, google::protobuf::Message& row) {
  TableColumns columns(plan, false);
  columns.See(row);
  const std::vector<std::string> names = columns.Names();
  if (names.empty()) return;  // events are not exported
  std::string why;
  const std::vector<std::string> cells = CellsOf(plan, names, row, why);
  if (cells.empty()) {
    Expect(!why.empty(), "a row that no table can tell says why");
    return;
  }
  std::istringstream input(Whole(names, cells));
  auto rows = OpenCsvRows(input, plan, {.new_codes = true});
  Expect(rows.ok(), "the header of an export can be read");
  const auto again = (*rows)->Next();
  Expect(again && again->faults.empty(), "a row of an export can be read");
  MessageDifferencer same;  // a table keeps no order of attributes and aliases
  same.set_repeated_field_comparison(MessageDifferencer::AS_SET);
  Expect(same.Compare(*again->message, row), "and says the very same");
}

void ExpectJsonReadsBack(const ImportPlan& plan, google::protobuf::Message& row) {
  std::istringstream input(JsonLineOf(plan, row, false));
  const auto again = OpenJsonRows(input, plan, {.new_codes = true})->Next();
  Expect(again && again->faults.empty(), "a line of an export can be read");
  Expect(MessageDifferencer::Equals(*again->message, row), "and is the very same");
}

void ReadAll(const ImportPlan& plan, RowSource& rows, std::size_t size) {
  std::int64_t count = 0, line = 0;
  while (auto row = rows.Next()) {
    Expect(row->row == ++count, "rows are counted from 1 without a gap");
    Expect(row->line > line, "a row begins behind the one before");
    line = row->line;
    for (const auto& fault : row->faults) {
      Expect(!fault.reason().empty() && !fault.description().empty(), "a fault says why");
    }
    if (row->faults.empty() && static_cast<std::size_t>(count) <= kRowsMax) {
      ExpectTableReadsBack(plan, *row->message);
      ExpectJsonReadsBack(plan, *row->message);
    }
  }
  Expect(rows.bytes_read() <= static_cast<std::int64_t>(size) + 1, "no more is read than is there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto words = ImportWords();
  const ImportPlan& plan = *FindImportPlan(words[data[0] % 8 % words.size()]);
  const RowReading reading{.new_codes = (data[0] & 0x40) != 0, .keep_text = true};
  const std::string file(radyab::fuzz::Text(data + 1, size - 1));
  std::istringstream input(file);
  if ((data[0] & 0x80) != 0) {
    ReadAll(plan, *OpenJsonRows(input, plan, reading), file.size());
    return 0;
  }
  const auto rows = OpenCsvRows(input, plan, reading);
  if (rows.ok()) {
    ReadAll(plan, **rows, file.size());
  } else {
    Expect(!rows.refusal().message.empty(), "a refused header says why");
  }
  return 0;
}
