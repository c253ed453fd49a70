#include "clients/cli/labels/label_table.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "clients/cli/import/csv_reader.h"
#include "clients/cli/label_facts.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"

namespace radyab::cli {
namespace {

constexpr std::string_view kColumns[] = {
    "object",      "code",   "lot",     "serial",  "sscc",    "gtin",  "production",
    "best_before", "expiry", "name_fa", "name_en", "name_ar", "copies"};

void TakeDate(TitledRow& row, const char* column, std::optional<coding::CivilDate>& date) {
  if (!row[column].empty()) date = row.Take(column, coding::ParseIsoDate(row[column]));
}

// A fact of its own column, which must agree with what the object says.
void TakeFact(TitledRow& row, const char* column, const coding::Parsed<std::string>& parsed,
              std::optional<std::string>& fact) {
  if (row[column].empty()) return;
  const auto value = row.Take(column, parsed);
  if (!value) return;
  if (fact && *fact != *value)
    row.Fault(column, "\"" + *value + "\", and the object says \"" + *fact + "\"");
  fact = value;
}

std::int64_t CopiesOf(TitledRow& row) {
  const std::string& text = row["copies"];
  if (text.empty()) return 1;
  std::int64_t copies = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), copies);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || copies < 1 ||
      copies > kLabelCopiesMax) {
    row.Fault("copies", "\"" + text + "\": want 1 to " + std::to_string(kLabelCopiesMax));
    return 0;
  }
  return copies;
}

// The label of a row; nothing when something is wrong with it.
std::optional<WantedLabel> LabelOf(TitledRow& row, std::int64_t* copies) {
  const auto object = row.TakeObject({"code", "sscc"});
  *copies = CopiesOf(row);
  WantedLabel label;
  if (object) {
    label.object = *object;
    label.content = ContentOf(*object);
  }
  TakeFact(row, "lot", coding::ParseLot(row["lot"]), label.content.lot);
  TakeFact(row, "serial", coding::ParseSerial(row["serial"]), label.content.serial);
  if (!row["gtin"].empty()) label.content.gtin = row.Take("gtin", coding::ParseGtin(row["gtin"]));
  TakeDate(row, "production", label.content.production);
  TakeDate(row, "best_before", label.content.best_before);
  TakeDate(row, "expiry", label.content.expiry);
  label.content.name_fa = row["name_fa"];
  label.content.name_en = row["name_en"];
  label.content.name_ar = row["name_ar"];
  if (!row.sound()) return std::nullopt;
  return label;
}

}  // namespace

LabelTable ReadLabelTable(std::istream& input, std::size_t labels_max) {
  LabelTable table;
  CsvReader reader(input);
  const std::vector<std::string> columns = ReadTitles(reader, kColumns, "of labels", table);
  if (columns.empty()) return table;
  std::int64_t number = 0;
  while (auto record = reader.Next()) {
    ++number;
    const std::int64_t line = record->line;
    const bool readable = record->fault.empty();
    TitledRow row(columns, *std::move(record), number, table);
    if (!readable) continue;
    std::int64_t copies = 0;
    auto label = LabelOf(row, &copies);
    if (!label) continue;
    label->row = number;
    label->line = line;
    if (table.labels.size() + static_cast<std::size_t>(copies) > labels_max) {
      row.Fault("", "more than " + std::to_string(labels_max) + " labels in one run");
      break;
    }
    table.labels.insert(table.labels.end(), static_cast<std::size_t>(copies), *label);
  }
  return table;
}

}  // namespace radyab::cli
