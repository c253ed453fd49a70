#include "clients/cli/scan_session/expected_table.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "clients/cli/import/csv_reader.h"
#include "coding/civil_date.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

using warehouse::NoticeLine;

constexpr std::array<std::string_view, 4> kColumns = {"object", "quantity", "unit", "expiry_date"};
constexpr std::size_t kFaultsMax = 100;  // told of one file

// Reads the table into `notice`.
class ExpectedReader {
 public:
  ExpectedReader(std::istream& input, ExpectedTable& notice) : csv_(input), notice_(notice) {}

  void Read() {
    const auto header = csv_.Next();
    if (!header) return Fault("the notice is empty: want a header with the column object");
    line_ = header->line;
    if (!ReadHeader(*header)) return;
    while (const auto record = csv_.Next()) {
      line_ = record->line;
      if (notice_.faults.size() >= kFaultsMax) return;
      if (notice_.lines.size() >= kExpectedLinesMax) {
        return Fault(Place("") + "more than " + std::to_string(kExpectedLinesMax) + " lines");
      }
      ReadRecord(*record);
    }
    if (notice_.lines.empty() && notice_.faults.empty()) Fault("the notice has no line");
  }

 private:
  bool ReadHeader(const CsvRecord& header) {
    if (!header.fault.empty()) Fault(Place("") + header.fault);
    for (const std::string& name : header.fields) {
      const auto* column = std::ranges::find(kColumns, name);
      if (column == kColumns.end()) {
        Fault("column \"" + name + "\" is none of object, quantity, unit, expiry_date");
        continue;
      }
      if (std::ranges::find(columns_, column - kColumns.begin()) != columns_.end()) {
        Fault("column \"" + name + "\" stands there twice");
      }
      columns_.push_back(column - kColumns.begin());
    }
    if (notice_.faults.empty() && std::ranges::find(columns_, 0) == columns_.end()) {
      Fault("the column object is missing");
    }
    return notice_.faults.empty();
  }

  void ReadRecord(const CsvRecord& record) {
    if (!record.fault.empty()) return Fault(Place("") + record.fault);
    if (record.fields.size() != columns_.size()) {
      return Fault(Place("") + std::to_string(record.fields.size()) + " fields, want " +
                   std::to_string(columns_.size()));
    }
    std::array<std::string, kColumns.size()> cells;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      cells[static_cast<std::size_t>(columns_[at])] = record.fields[at];
    }
    const auto [object, quantity, unit, expiry_date] = cells;
    const auto word = coding::ParseObjectWord(object);
    if (!word) return Fault(Place("object") + word.refusal().message);
    if (word->code && word->code->kind() != coding::Kind::kItem) {
      return Fault(Place("object") + object + " is no item");
    }
    NoticeLine line = {coding::WriteObjectWord(*word), {1, 0}, "", expiry_date};
    if (!quantity.empty()) {
      const auto amount = coding::ParseDecimal(quantity);
      if (!amount) return Fault(Place("quantity") + amount.refusal().message);
      if (amount->mantissa <= 0) {
        return Fault(Place("quantity") + "\"" + quantity + "\": want more than 0");
      }
      line.amount = coding::NormalizeDecimal(*amount);
    }
    if (!unit.empty()) {
      const auto measure = coding::ParseMeasureUnit(unit);
      if (!measure) return Fault(Place("unit") + measure.refusal().message);
      line.unit = *measure;
    }
    const bool piece = word->type == coding::ObjectWord::Type::kUnit ||
                       word->type == coding::ObjectWord::Type::kContainer;
    if (piece && (line.amount != coding::Decimal{1, 0} || !Fits(line.unit))) {
      return Fault(Place("quantity") + "there is one " + line.object + ", want 1 or nothing");
    }
    if (!expiry_date.empty()) {
      const auto date = coding::ParseIsoDate(expiry_date);
      if (!date) return Fault(Place("expiry_date") + date.refusal().message);
    }
    notice_.lines.push_back(std::move(line));
  }

  static bool Fits(const std::string& unit) { return unit.empty() || unit == "C62"; }

  std::string Place(const std::string& column) const {
    return "line " + std::to_string(line_) + (column.empty() ? ": " : ", column " + column + ": ");
  }
  void Fault(std::string fault) { notice_.faults.push_back(std::move(fault)); }

  CsvReader csv_;
  ExpectedTable& notice_;
  std::vector<std::ptrdiff_t> columns_;
  std::int64_t line_ = 0;
};

}  // namespace

ExpectedTable ReadExpectedTable(std::istream& input) {
  ExpectedTable notice;
  ExpectedReader(input, notice).Read();
  if (!notice.faults.empty()) notice.lines.clear();
  return notice;
}

}  // namespace radyab::cli
