#include "clients/cli/output/printer.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/message_text.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kTerminalCellWidthMax = 60;

std::vector<std::string> TitlesOf(const std::vector<Column>& columns) {
  std::vector<std::string> titles;
  for (const Column& column : columns) titles.push_back(column.title);
  return titles;
}

}  // namespace

TableStyle Printer::StyleOfStandardOutput() {
  if (isatty(STDOUT_FILENO) == 0) return {};
  winsize size = {};  // a terminal that does not know its width says 0
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) size = {};
  return {.isolates = true, .cell_width_max = kTerminalCellWidthMax, .line_width_max = size.ws_col};
}

void Printer::PrintText(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void Printer::PrintMessage(const google::protobuf::Message& message) const {
  if (json()) return PrintText(JsonLine(message) + "\n");
  const bool isolate = StyleOfStandardOutput().isolates;
  const auto fields = FieldTexts(message);
  std::size_t width = 0;
  for (const auto& [path, value] : fields) width = std::max(width, path.size());
  for (const auto& [path, value] : fields) {
    std::string text = Printable(value);
    if (isolate && HasRightToLeft(text)) text = Isolated(text);
    PrintText(path + std::string(width - path.size() + 2, ' ') + text + "\n");
  }
}

ListPrinter::ListPrinter(const Printer& printer, std::vector<Column> columns)
    : printer_(printer),
      columns_(std::move(columns)),
      table_(TitlesOf(columns_), Printer::StyleOfStandardOutput()) {}

ListPrinter::~ListPrinter() { End(); }

void ListPrinter::Add(const google::protobuf::Message& message) {
  ++count_;
  if (printer_.json()) return printer_.PrintText(JsonLine(message) + "\n");
  std::vector<std::string> cells;
  for (const Column& column : columns_) cells.push_back(FieldText(message, column.path));
  table_.AddRow(std::move(cells));
  if (table_.waiting_row_count() >= kRowsTogetherMax) End();
}

void ListPrinter::End() { printer_.PrintText(table_.TakeRendered()); }

}  // namespace radyab::cli
