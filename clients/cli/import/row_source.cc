#include "clients/cli/import/row_source.h"

#include <algorithm>
#include <utility>

#include "clients/cli/import/csv_reader.h"
#include "clients/cli/import/row_fault.h"

namespace radyab::cli {
namespace {

using google::protobuf::Message;

v1::RowFault BrokenCsv(const std::string& description) {
  return FaultOf("", description, kBrokenCsv);
}

coding::Refusal RefuseHeader(const std::string& message) {
  return coding::Refusal{
      .reason = coding::RefusalReason::kOutOfRange, .at = 0, .length = 0, .message = message};
}

class CsvRows : public RowSource {
 public:
  CsvRows(std::istream& input, const ImportPlan& plan, RowReading reading)
      : input_(input), reader_(input), plan_(plan), reading_(reading) {}

  // Reads the header. Why it is refused, or an empty text.
  std::string ReadHeader() {
    auto header = reader_.Next();
    if (!header) return "the file is empty: want a header that names the columns";
    if (!header->fault.empty()) return "header: " + header->fault;
    columns_ = std::move(header->fields);
    for (const std::string& column : columns_) {
      const bool of_server = IsOutputOnly(plan_, column);
      passed_over_.push_back(of_server);
      if (of_server && !reading_.new_codes) {
        return "header: column \"" + column + "\" is given by the server and cannot be imported; " +
               "with --new-codes it is passed over, and every row gets a code of its own";
      }
      if (!of_server && !KnowsColumn(plan_, column)) {
        return "header: column \"" + column.substr(0, 80) + "\" is not known for " + plan_.word +
               "; see docs/cli.md";
      }
      if (std::ranges::count(columns_, column) > 1) {
        return "header: column \"" + column + "\" stands there twice";
      }
    }
    return "";
  }

  std::optional<ImportRow> Next() override {
    auto record = reader_.Next();
    if (!record) return std::nullopt;
    ImportRow row{++row_, record->line, std::unique_ptr<Message>(plan_.prototype().New()), {}};
    if (!record->fault.empty()) {
      row.faults.push_back(BrokenCsv(record->fault));
    } else if (record->fields.size() != columns_.size()) {
      row.faults.push_back(BrokenCsv("the row has " + std::to_string(record->fields.size()) +
                                     " fields, the header " + std::to_string(columns_.size())));
    } else {
      TakeCells(record->fields, row);
    }
    if (reading_.keep_text) row.cells = std::move(record->fields);
    return row;
  }

  std::int64_t bytes_read() const override { return reader_.bytes_read(); }
  bool MayWait() const override { return NothingToRead(input_); }
  const std::vector<std::string>& columns() const override { return columns_; }
  char separator() const override { return reader_.separator(); }

 private:
  void TakeCells(const std::vector<std::string>& cells, ImportRow& row) const {
    ResourceOf(plan_, *row.message);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (passed_over_[i]) continue;
      if (auto fault = SetColumn(plan_, columns_[i], cells[i], *row.message)) {
        row.faults.push_back(*std::move(fault));
      }
    }
    if (auto fault = FinishColumns(plan_, *row.message)) row.faults.push_back(*std::move(fault));
  }

  std::istream& input_;
  CsvReader reader_;
  const ImportPlan& plan_;
  const RowReading reading_;
  std::vector<std::string> columns_;
  std::vector<bool> passed_over_;  // of each column
  std::int64_t row_ = 0;
};

class JsonRows : public RowSource {
 public:
  JsonRows(std::istream& input, const ImportPlan& plan, RowReading reading)
      : input_(input), plan_(plan), reading_(reading) {}

  std::optional<ImportRow> Next() override {
    std::string text;
    do {
      if (!ReadLine(text)) return std::nullopt;
      ++line_;
    } while (text.find_first_not_of(" \t\r") == std::string::npos);
    ImportRow row{++row_, line_, std::unique_ptr<Message>(plan_.prototype().New()), {}};
    if (text.size() > kJsonLineBytesMax) {
      row.faults.push_back(FaultOf("", "the line is longer than 8 MiB", "INVALID_JSON"));
    } else if (auto fault = SetFromJson(plan_, text, *row.message, reading_.new_codes)) {
      row.faults.push_back(*std::move(fault));
    }
    if (reading_.keep_text && text.size() <= kJsonLineBytesMax) row.text = std::move(text);
    return row;
  }

  std::int64_t bytes_read() const override { return bytes_read_; }
  bool MayWait() const override { return NothingToRead(input_); }
  const std::vector<std::string>& columns() const override { return no_columns_; }
  char separator() const override { return 0; }

 private:
  // Takes the next line without its end, of a longer one no more than one byte above the limit.
  // False at the end.
  bool ReadLine(std::string& text) {
    constexpr int kEnd = std::istream::traits_type::eof();
    std::streambuf& bytes = *input_.rdbuf();
    text.clear();
    int c = bytes.sbumpc();
    if (c == kEnd) return false;
    for (; c != kEnd && c != '\n'; c = bytes.sbumpc()) {
      ++bytes_read_;
      if (text.size() <= kJsonLineBytesMax) text += static_cast<char>(c);
    }
    ++bytes_read_;
    return true;
  }

  std::istream& input_;
  const ImportPlan& plan_;
  const RowReading reading_;
  const std::vector<std::string> no_columns_;
  std::int64_t row_ = 0;
  std::int64_t line_ = 0;
  std::int64_t bytes_read_ = 0;
};

}  // namespace

coding::Parsed<std::unique_ptr<RowSource>> OpenCsvRows(std::istream& input, const ImportPlan& plan,
                                                       RowReading reading) {
  auto rows = std::make_unique<CsvRows>(input, plan, reading);
  const std::string fault = rows->ReadHeader();
  if (!fault.empty()) return RefuseHeader(fault);
  return std::unique_ptr<RowSource>(std::move(rows));
}

std::unique_ptr<RowSource> OpenJsonRows(std::istream& input, const ImportPlan& plan,
                                        RowReading reading) {
  return std::make_unique<JsonRows>(input, plan, reading);
}

}  // namespace radyab::cli
