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
#include "coding/gs1_keys.h"
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

// The fields of one row by the names of their columns, and what is wrong with them.
class Row {
 public:
  Row(const std::vector<std::string>& columns, std::vector<std::string> fields, std::int64_t row,
      std::int64_t line, NoticeTable& table)
      : row_(row), line_(line), table_(table) {
    if (fields.size() > columns.size()) {
      Fault("", std::to_string(fields.size()) + " fields, and " + std::to_string(columns.size()) +
                    " columns");
    }
    for (std::size_t i = 0; i < std::min(fields.size(), columns.size()); ++i) {
      values_[columns[i]] = std::move(fields[i]);
    }
  }

  const std::string& operator[](const char* column) { return values_[column]; }

  void Fault(std::string_view column, std::string what) {
    if (table_.faults.size() < kNoticeRowFaultsMax) {
      table_.faults.push_back({row_, line_, std::string(column), std::move(what)});
    } else {
      table_.more_faults = true;
    }
  }

  // The value of `parsed`; nothing after its fault was noted.
  template <class T>
  std::optional<T> Take(std::string_view column, const coding::Parsed<T>& parsed) {
    if (parsed.ok()) return *parsed;
    Fault(column, parsed.refusal().message);
    return std::nullopt;
  }

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::int64_t row_;
  std::int64_t line_;
  NoticeTable& table_;
};

// What the row names: one word, or the columns that make it.
std::optional<ObjectWord> ObjectOf(Row& row) {
  if (!row["object"].empty()) {
    for (const char* other : {"code", "serial", "sscc"}) {
      if (!row[other].empty()) row.Fault(other, "stands beside an object, which names it already");
    }
    auto word = row.Take("object", coding::ParseObjectWord(row["object"]));
    const bool bare = word && word->type == ObjectWord::Type::kCode && !row["lot"].empty();
    return bare ? ObjectWord::ForLot(*word->code, row["lot"]) : word;
  }
  if (!row["sscc"].empty()) {
    if (!row["code"].empty()) row.Fault("code", "a container has no code");
    const auto sscc = row.Take("sscc", coding::ParseSscc(row["sscc"]));
    return sscc ? std::optional(ObjectWord::ForContainer(*sscc)) : std::nullopt;
  }
  if (row["code"].empty()) {
    row.Fault("", "names nothing: want an object, a code or an sscc");
    return std::nullopt;
  }
  const auto code = row.Take("code", coding::ParseCode(row["code"]));
  if (!code) return std::nullopt;
  if (!row["serial"].empty()) return ObjectWord::ForUnit(*code, row["serial"]);
  if (!row["lot"].empty()) return ObjectWord::ForLot(*code, row["lot"]);
  return ObjectWord::ForCode(*code);
}

void TakeQuantity(Row& row, const ObjectWord& object, v1::ShippingNoticeLine& line) {
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

std::string DateOf(Row& row, const char* column) {
  if (row[column].empty()) return "";
  const auto date = row.Take(column, coding::ParseIsoDate(row[column]));
  return date ? coding::WriteIsoDate(*date) : "";
}

v1::ShippingNoticeLine LineOf(Row& row) {
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

// The names of the columns; empty after a fault was noted.
std::vector<std::string> TakeColumns(CsvReader& reader, NoticeTable& table) {
  const auto titles = reader.Next();
  if (!titles || !titles->fault.empty()) {
    table.faults.push_back(
        {0, titles ? titles->line : 1, "", titles ? titles->fault : "the table is empty"});
    return {};
  }
  std::vector<std::string> columns = titles->fields;
  std::string known;
  for (const std::string_view name : kColumns) {
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (std::ranges::find(kColumns, columns[i]) == std::end(kColumns)) {
      table.faults.push_back({0, titles->line, columns[i],
                              "no column of a notice has this name: want one of " + known});
    } else if (std::count(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i),
                          columns[i]) > 0) {
      table.faults.push_back({0, titles->line, columns[i], "the column stands there twice"});
    }
  }
  if (!table.faults.empty()) columns.clear();
  return columns;
}

}  // namespace

NoticeTable ReadNoticeTable(std::istream& input) {
  NoticeTable table;
  CsvReader reader(input);
  const std::vector<std::string> columns = TakeColumns(reader, table);
  if (columns.empty()) return table;
  std::int64_t number = 0;
  std::map<std::string, std::int64_t> pieces;  // units and containers, and the row that names them
  while (auto record = reader.Next()) {
    ++number;
    Row row(columns, std::move(record->fields), number, record->line, table);
    if (!record->fault.empty()) {
      row.Fault("", record->fault);
      continue;
    }
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
    table.file_lines.push_back(record->line);
  }
  if (number == 0) table.faults.push_back({0, 1, "", "the table has no rows"});
  return table;
}

std::string_view ColumnOfLineField(std::string_view field) {
  if (field == "quantity.unit") return "unit";
  if (field.starts_with("quantity")) return "quantity";
  const auto known = std::ranges::find(kColumns, field);
  return known == std::end(kColumns) ? std::string_view() : *known;
}

}  // namespace radyab::cli
