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

using coding::ObjectWord;

constexpr std::string_view kColumns[] = {
    "object",      "code",   "lot",     "serial",  "sscc",    "gtin",  "production",
    "best_before", "expiry", "name_fa", "name_en", "name_ar", "copies"};

// The fields of one row by the names of their columns, and what is wrong with them.
class Row {
 public:
  Row(const std::vector<std::string>& columns, std::vector<std::string> fields, std::int64_t row,
      std::int64_t line, LabelTable& table)
      : row_(row), line_(line), table_(table) {
    if (fields.size() > columns.size()) {
      Fault("", std::to_string(fields.size()) + " fields, and " + std::to_string(columns.size()) +
                    " columns");
    }
    for (std::size_t i = 0; i < std::min(fields.size(), columns.size()); ++i)
      values_[columns[i]] = std::move(fields[i]);
  }

  const std::string& operator[](const char* column) { return values_[column]; }
  bool sound() const { return sound_; }

  void Fault(std::string_view column, std::string what) {
    sound_ = false;
    if (table_.faults.size() < kLabelRowFaultsMax) {
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
  LabelTable& table_;
  bool sound_ = true;
};

// What the row names: one word, or the columns that make it.
std::optional<ObjectWord> ObjectOf(Row& row) {
  if (!row["object"].empty()) {
    for (const char* other : {"code", "sscc"}) {
      if (!row[other].empty()) row.Fault(other, "stands beside an object, which names it already");
    }
    return row.Take("object", coding::ParseObjectWord(row["object"]));
  }
  if (!row["sscc"].empty()) {
    if (!row["code"].empty()) row.Fault("code", "a container has no code");
    const auto sscc = row.Take("sscc", coding::ParseSscc(row["sscc"]));
    if (!sscc) return std::nullopt;
    return ObjectWord::ForContainer(*sscc);
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

void TakeDate(Row& row, const char* column, std::optional<coding::CivilDate>& date) {
  if (!row[column].empty()) date = row.Take(column, coding::ParseIsoDate(row[column]));
}

// A fact of its own column, which must agree with what the object says.
void TakeFact(Row& row, const char* column, const coding::Parsed<std::string>& parsed,
              std::optional<std::string>& fact) {
  if (row[column].empty()) return;
  const auto value = row.Take(column, parsed);
  if (!value) return;
  if (fact && *fact != *value)
    row.Fault(column, "\"" + *value + "\", and the object says \"" + *fact + "\"");
  fact = value;
}

std::int64_t CopiesOf(Row& row) {
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
std::optional<WantedLabel> LabelOf(Row& row, std::int64_t* copies) {
  const auto object = ObjectOf(row);
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

// The names of the columns; empty after a fault was noted.
std::vector<std::string> TakeColumns(CsvReader& reader, LabelTable& table) {
  const auto titles = reader.Next();
  if (!titles) {
    table.faults.push_back({0, 1, "", "the table is empty"});
    return {};
  }
  if (!titles->fault.empty()) {
    table.faults.push_back({0, titles->line, "", titles->fault});
    return {};
  }
  std::vector<std::string> columns = titles->fields;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string known;
    for (const std::string_view name : kColumns)
      known += (known.empty() ? "" : ", ") + std::string(name);
    if (std::find(std::begin(kColumns), std::end(kColumns), columns[i]) == std::end(kColumns)) {
      table.faults.push_back(
          {0, titles->line, columns[i], "no column of labels has this name: want one of " + known});
    } else if (std::find(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i),
                         columns[i]) != columns.begin() + static_cast<std::ptrdiff_t>(i)) {
      table.faults.push_back({0, titles->line, columns[i], "the column stands there twice"});
    }
  }
  if (!table.faults.empty()) columns.clear();
  return columns;
}

}  // namespace

LabelTable ReadLabelTable(std::istream& input, std::size_t labels_max) {
  LabelTable table;
  CsvReader reader(input);
  const std::vector<std::string> columns = TakeColumns(reader, table);
  if (columns.empty()) return table;
  std::int64_t number = 0;
  while (auto record = reader.Next()) {
    ++number;
    Row row(columns, std::move(record->fields), number, record->line, table);
    if (!record->fault.empty()) {
      row.Fault("", record->fault);
      continue;
    }
    std::int64_t copies = 0;
    auto label = LabelOf(row, &copies);
    if (!label) continue;
    label->row = number;
    label->line = record->line;
    if (table.labels.size() + static_cast<std::size_t>(copies) > labels_max) {
      row.Fault("", "more than " + std::to_string(labels_max) + " labels in one run");
      break;
    }
    table.labels.insert(table.labels.end(), static_cast<std::size_t>(copies), *label);
  }
  return table;
}

}  // namespace radyab::cli
