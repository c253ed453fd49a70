// Answers on standard output: tables for people, JSON lines for programs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/table.h"

namespace google::protobuf {
class Message;
}

namespace radyab::cli {

// Most rows of a table that are held back for common column widths.
inline constexpr std::size_t kRowsTogetherMax = 200;

enum class OutputForm { kPeople, kJson };

// One column of a list: the title, and the path of the field ("life.state").
struct Column {
  std::string title;
  std::string path;
};

// Writes to standard output; a closed pipe ends the program as it does for every filter.
class Printer {
 public:
  explicit Printer(OutputForm form) : form_(form) {}

  bool json() const { return form_ == OutputForm::kJson; }

  // What suits standard output: on a terminal isolates, bounded cells and lines that fit.
  static TableStyle StyleOfStandardOutput();

  // One resource: a line of JSON, or a line a field.
  void PrintMessage(const google::protobuf::Message& message) const;

  // A text as it is.
  void PrintText(std::string_view text) const;

 private:
  OutputForm form_;
};

// A list of resources of one kind. Rows are held back until there are enough for common column
// widths; End (or the destructor) prints the rest.
class ListPrinter {
 public:
  ListPrinter(const Printer& printer, std::vector<Column> columns);
  ~ListPrinter();
  ListPrinter(const ListPrinter&) = delete;
  ListPrinter& operator=(const ListPrinter&) = delete;

  void Add(const google::protobuf::Message& message);
  void End();
  std::size_t count() const { return count_; }

 private:
  const Printer& printer_;
  std::vector<Column> columns_;
  Table table_;
  std::size_t count_ = 0;
};

}  // namespace radyab::cli
