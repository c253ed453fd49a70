// Tables whose first row names their columns: labels, notices, expected goods.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/import/csv_reader.h"
#include "coding/object_words.h"
#include "coding/refusal.h"

namespace radyab::cli {

// What is wrong with a row; without a column when the row as a whole is meant.
struct TableFault {
  std::int64_t row = 0;   // the first row behind the titles is 1; 0: the titles
  std::int64_t line = 0;  // of the file
  std::string column;
  std::string what;
};

inline constexpr std::size_t kTableFaultsMax = 100;

// What a table that was read has besides.
struct TableFaults {
  std::vector<TableFault> faults;  // at most kTableFaultsMax
  bool more_faults = false;

  void Add(TableFault fault);
};

// The names of the columns, in order; empty after a fault was noted. `known`: those that there can
// be; `whose`: "of a notice".
std::vector<std::string> ReadTitles(CsvReader& reader, std::span<const std::string_view> known,
                                    std::string_view whose, TableFaults& faults);

// The fields of one row by the names of their columns, and what is wrong with them. A field that
// is not there is empty; more fields than columns are a fault.
class TitledRow {
 public:
  // `columns`: of ReadTitles. `faults` outlives the row.
  TitledRow(const std::vector<std::string>& columns, CsvRecord record, std::int64_t number,
            TableFaults& faults);

  const std::string& operator[](const char* column) { return values_[column]; }
  // No fault was noted.
  bool sound() const { return sound_; }

  void Fault(std::string_view column, std::string what);

  // The value of `parsed`; nothing after its fault was noted.
  template <class T>
  std::optional<T> Take(std::string_view column, const coding::Parsed<T>& parsed) {
    if (parsed.ok()) return *parsed;
    Fault(column, parsed.refusal().message);
    return std::nullopt;
  }

  // What the row names: a word in the column object, or the columns code, lot, serial and sscc that
  // make one. `alone`: those that cannot stand beside an object.
  std::optional<coding::ObjectWord> TakeObject(std::initializer_list<const char*> alone);

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::int64_t number_;
  std::int64_t line_;
  TableFaults& faults_;
  bool sound_ = true;
};

}  // namespace radyab::cli
