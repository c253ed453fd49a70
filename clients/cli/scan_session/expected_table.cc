#include "clients/cli/scan_session/expected_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "clients/cli/tables/titled_row.h"
#include "clients/cli/value_forms.h"
#include "coding/civil_date.h"
#include "coding/gs1_characters.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

using warehouse::NoticeLine;

constexpr std::string_view kColumns[] = {"object",      "quantity",  "unit",
                                         "expiry_date", "container", "lot"};

bool IsPiece(const coding::ObjectWord& object) {
  return object.type == coding::ObjectWord::Type::kUnit ||
         object.type == coding::ObjectWord::Type::kContainer;
}

// An amount above 0, 1 when it is empty.
std::optional<coding::Decimal> AmountOf(TitledRow& row) {
  const std::string& quantity = row["quantity"];
  if (quantity.empty()) return coding::Decimal{1, 0};
  const auto amount = row.Take("quantity", coding::ParseDecimal(quantity));
  if (!amount) return std::nullopt;
  if (amount->mantissa > 0) return coding::NormalizeDecimal(*amount);
  row.Fault("quantity", "\"" + quantity + "\": want more than 0");
  return std::nullopt;
}

std::optional<NoticeLine> LineOf(TitledRow& row) {
  if (row["object"].empty()) {
    row.Fault("object", "is empty: want CODE, CODE/lot/L, CODE/serial/S or sscc/N");
    return std::nullopt;
  }
  const auto word = row.TakeObject({});
  if (!word) return std::nullopt;
  if (word->code && word->code->kind() != coding::Kind::kItem) {
    row.Fault("object", row["object"] + " is no item");
    return std::nullopt;
  }
  NoticeLine line;
  line.object = coding::WriteObjectWord(*word);
  const auto amount = AmountOf(row);
  if (amount) line.amount = *amount;
  if (!row["unit"].empty()) {
    line.unit = row.Take("unit", coding::ParseMeasureUnit(row["unit"])).value_or("");
  }
  const bool one =
      line.amount == coding::Decimal{1, 0} && (line.unit.empty() || line.unit == "C62");
  if (IsPiece(*word) && !one) {
    row.Fault("quantity", "there is one " + line.object + ", want 1 or nothing");
  }
  if (!row["expiry_date"].empty()) {
    const auto date = row.Take("expiry_date", coding::ParseIsoDate(row["expiry_date"]));
    if (date) line.expiry_date = coding::WriteIsoDate(*date);
  }
  if (!row["container"].empty()) {
    line.container = row.Take("container", ContainerName(row["container"])).value_or("");
  }
  if (!row["lot"].empty()) {
    const auto lot = row.Take("lot", coding::ParseLot(row["lot"]));
    if (word->type != coding::ObjectWord::Type::kUnit) row.Fault("lot", "stands beside no unit");
    line.lot = lot.value_or("");
  }
  if (!row.sound()) return std::nullopt;
  return line;
}

void ReadRows(std::istream& input, std::vector<NoticeLine>& lines, TableFaults& faults) {
  CsvReader reader(input);
  const auto columns = ReadTitles(reader, kColumns, "of expected goods", faults);
  if (!faults.faults.empty()) return;
  if (std::ranges::find(columns, "object") == columns.end()) {
    return faults.Add({0, 1, "object", "the column is missing"});
  }
  std::int64_t number = 0;
  while (auto record = reader.Next()) {
    if (faults.more_faults) return;
    ++number;
    const std::size_t fields = record->fields.size();
    const bool readable = record->fault.empty();
    TitledRow row(columns, *std::move(record), number, faults);
    if (readable && fields < columns.size()) {
      row.Fault("", std::to_string(fields) + " fields, want " + std::to_string(columns.size()));
    }
    if (!row.sound()) continue;
    auto line = LineOf(row);
    if (!line) continue;
    if (lines.size() >= kExpectedLinesMax) {
      return row.Fault("", "more than " + std::to_string(kExpectedLinesMax) + " lines");
    }
    lines.push_back(*std::move(line));
  }
  if (number == 0) faults.Add({0, 1, "", "the notice has no line"});
}

}  // namespace

ExpectedTable ReadExpectedTable(std::istream& input) {
  ExpectedTable notice;
  TableFaults faults;
  ReadRows(input, notice.lines, faults);
  for (const TableFault& fault : faults.faults) {
    notice.faults.push_back("line " + std::to_string(fault.line) +
                            (fault.column.empty() ? "" : ", column " + fault.column) + ": " +
                            fault.what);
  }
  if (!notice.faults.empty()) notice.lines.clear();
  return notice;
}

}  // namespace radyab::cli
