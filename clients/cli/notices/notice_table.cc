#include "clients/cli/notices/notice_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "clients/cli/event_words.h"
#include "clients/cli/import/csv_reader.h"
#include "clients/cli/value_forms.h"
#include "coding/civil_date.h"
#include "coding/decimal_quantity.h"
#include "coding/gs1_characters.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

using coding::ObjectWord;

constexpr std::string_view kColumns[] = {"object",      "code",     "lot",  "serial",
                                         "sscc",        "quantity", "unit", "production_date",
                                         "expiry_date", "container"};

bool IsPiece(const ObjectWord& object) {
  return object.type == ObjectWord::Type::kUnit || object.type == ObjectWord::Type::kContainer;
}

// A lot beside a bare code makes a lot of it.
std::optional<ObjectWord> ObjectOf(TitledRow& row) {
  auto word = row.TakeObject({"code", "serial", "sscc"});
  const bool bare = !row["object"].empty() && word && word->type == ObjectWord::Type::kCode;
  return bare && !row["lot"].empty() ? ObjectWord::ForLot(*word->code, row["lot"]) : word;
}

void TakeQuantity(TitledRow& row, const ObjectWord& object, v1::ShippingNoticeLine& line) {
  const std::string& text = row["quantity"];
  if (text.empty()) {
    if (!IsPiece(object)) row.Fault("quantity", "is missing: how much of it?");
    if (!row["unit"].empty() && IsPiece(object)) row.Fault("unit", "one piece needs no unit");
    return;
  }
  const auto amount = row.Take("quantity", QuantityOf(text));
  if (!amount) return;
  const std::string& measure = amount->unit.empty() ? row["unit"] : amount->unit;
  if (IsPiece(object)) {
    if (amount->amount != "1" || (!measure.empty() && measure != kDefaultUnit)) {
      row.Fault("quantity", "\"" + text + "\": " + line.object() + " is one piece");
    }
    return;
  }
  std::string unit = amount->unit.empty() ? row["unit"] : amount->unit;
  if (!amount->unit.empty() && !row["unit"].empty() && amount->unit != row["unit"]) {
    row.Fault("unit", "\"" + row["unit"] + "\", and the quantity says " + amount->unit);
  }
  if (unit.empty()) unit = kDefaultUnit;
  if (!row.Take("unit", coding::ParseMeasureUnit(unit))) return;
  line.mutable_quantity()->set_amount(amount->amount);
  line.mutable_quantity()->set_unit(unit);
}

std::string DateOf(TitledRow& row, const char* column) {
  if (row[column].empty()) return "";
  const auto date = row.Take(column, coding::ParseIsoDate(row[column]));
  return date ? coding::WriteIsoDate(*date) : "";
}

v1::ShippingNoticeLine LineOf(TitledRow& row) {
  v1::ShippingNoticeLine line;
  const auto object = ObjectOf(row);
  if (!row["lot"].empty()) row.Take("lot", coding::ParseLot(row["lot"]));
  if (!row["serial"].empty()) row.Take("serial", coding::ParseSerial(row["serial"]));
  line.set_production_date(DateOf(row, "production_date"));
  line.set_expiry_date(DateOf(row, "expiry_date"));
  if (!row["container"].empty()) {
    const auto container = row.Take("container", ContainerName(row["container"]));
    if (container) line.set_container(*container);
  }
  if (!object) return line;
  line.set_object(coding::WriteObjectWord(*object));
  TakeQuantity(row, *object, line);
  if (object->type == ObjectWord::Type::kUnit) {
    line.set_lot(row["lot"]);
  } else if (!row["lot"].empty() && row["lot"] != object->text) {
    row.Fault("lot", "\"" + row["lot"] + "\" stands beside " + line.object());
  }
  return line;
}

}  // namespace

NoticeTable ReadNoticeTable(std::istream& input) {
  NoticeTable table;
  CsvReader reader(input);
  const std::vector<std::string> columns = ReadTitles(reader, kColumns, "of a notice", table);
  if (columns.empty()) return table;
  std::int64_t number = 0;
  std::map<std::string, std::int64_t> pieces;  // units and containers, and the row that names them
  while (auto record = reader.Next()) {
    ++number;
    const std::int64_t file_line = record->line;
    const bool readable = record->fault.empty();
    TitledRow row(columns, *std::move(record), number, table);
    if (!readable) continue;
    v1::ShippingNoticeLine line = LineOf(row);
    const bool piece =
        line.object().find("/serial/") != std::string::npos || line.object().starts_with("sscc/");
    if (const auto [first, fresh] = pieces.try_emplace(line.object(), number); piece && !fresh) {
      row.Fault("object",
                line.object() + " is named twice, first in row " + std::to_string(first->second));
    }
    if (table.lines.size() == kNoticeRowsMax) {
      row.Fault("", "more than " + std::to_string(kNoticeRowsMax) + " lines in one notice");
      break;
    }
    table.lines.push_back(std::move(line));
    table.file_lines.push_back(file_line);
  }
  if (number == 0) table.Add({0, 1, "", "the table has no rows"});
  return table;
}

std::string_view ColumnOfLineField(std::string_view field) {
  if (field == "quantity.unit") return "unit";
  if (field.starts_with("quantity")) return "quantity";
  const auto known = std::ranges::find(kColumns, field);
  return known == std::end(kColumns) ? std::string_view() : *known;
}

}  // namespace radyab::cli
