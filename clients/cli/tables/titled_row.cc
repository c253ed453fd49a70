#include "clients/cli/tables/titled_row.h"

#include <algorithm>
#include <utility>

#include "coding/gs1_keys.h"

namespace radyab::cli {

using coding::ObjectWord;

void TableFaults::Add(TableFault fault) {
  if (faults.size() < kTableFaultsMax) {
    faults.push_back(std::move(fault));
  } else {
    more_faults = true;
  }
}

std::vector<std::string> ReadTitles(CsvReader& reader, std::span<const std::string_view> known,
                                    std::string_view whose, TableFaults& faults) {
  const auto titles = reader.Next();
  if (!titles || !titles->fault.empty()) {
    faults.Add({0, titles ? titles->line : 1, "", titles ? titles->fault : "the table is empty"});
    return {};
  }
  std::vector<std::string> columns = titles->fields;
  std::string names;
  for (const std::string_view name : known) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  bool sound = true;
  for (auto column = columns.begin(); column != columns.end(); ++column) {
    const bool is_known = std::ranges::find(known, *column) != known.end();
    if (is_known && std::find(columns.begin(), column, *column) == column) continue;
    sound = false;
    faults.Add({0, titles->line, *column,
                is_known
                    ? "the column stands there twice"
                    : "no column " + std::string(whose) + " has this name: want one of " + names});
  }
  if (!sound) columns.clear();
  return columns;
}

TitledRow::TitledRow(const std::vector<std::string>& columns, CsvRecord record, std::int64_t number,
                     TableFaults& faults)
    : number_(number), line_(record.line), faults_(faults) {
  if (!record.fault.empty()) {
    Fault("", std::move(record.fault));
    return;
  }
  if (record.fields.size() > columns.size()) {
    Fault("", std::to_string(record.fields.size()) + " fields, and " +
                  std::to_string(columns.size()) + " columns");
  }
  for (std::size_t i = 0; i < std::min(record.fields.size(), columns.size()); ++i) {
    values_[columns[i]] = std::move(record.fields[i]);
  }
}

void TitledRow::Fault(std::string_view column, std::string what) {
  sound_ = false;
  faults_.Add({number_, line_, std::string(column), std::move(what)});
}

std::optional<ObjectWord> TitledRow::TakeObject(std::initializer_list<const char*> alone) {
  TitledRow& row = *this;
  if (!row["object"].empty()) {
    for (const char* other : alone) {
      if (!row[other].empty()) Fault(other, "stands beside an object, which names it already");
    }
    return Take("object", coding::ParseObjectWord(row["object"]));
  }
  if (!row["sscc"].empty()) {
    if (!row["code"].empty()) Fault("code", "a container has no code");
    const auto sscc = Take("sscc", coding::ParseSscc(row["sscc"]));
    return sscc ? std::optional(ObjectWord::ForContainer(*sscc)) : std::nullopt;
  }
  if (row["code"].empty()) {
    Fault("", "names nothing: want an object, a code or an sscc");
    return std::nullopt;
  }
  const auto code = Take("code", coding::ParseCode(row["code"]));
  if (!code) return std::nullopt;
  if (!row["serial"].empty()) return ObjectWord::ForUnit(*code, row["serial"]);
  if (!row["lot"].empty()) return ObjectWord::ForLot(*code, row["lot"]);
  return ObjectWord::ForCode(*code);
}

}  // namespace radyab::cli
