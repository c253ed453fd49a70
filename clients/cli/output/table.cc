#include "clients/cli/output/table.h"

#include <algorithm>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"

namespace radyab::cli {

Table::Table(std::vector<std::string> titles, TableStyle style)
    : titles_(std::move(titles)), style_(style) {
  for (std::string& title : titles_) {
    title = Local(title);
    widths_.push_back(DisplayWidth(title));
  }
}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(titles_.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i] = Printable(cells[i]);
    if (style_.cell_width_max > 0) cells[i] = Shortened(cells[i], style_.cell_width_max);
    widths_[i] = std::max(widths_[i], DisplayWidth(cells[i]));
  }
  rows_.push_back(std::move(cells));
}

std::string Table::RenderRow(const std::vector<std::string>& cells, bool isolate) const {
  std::string line;
  std::string padding;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += padding + (isolate && !cells[i].empty() ? Isolated(cells[i]) : cells[i]);
    padding = std::string(widths_[i] - DisplayWidth(cells[i]) + 2, ' ');
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string Table::TakeRendered() {
  if (rows_.empty()) return "";
  bool isolate = false;
  if (style_.isolates) {
    for (const auto& row : rows_) isolate = isolate || std::ranges::any_of(row, HasRightToLeft);
  }
  std::string text;
  if (!std::exchange(titles_printed_, true)) text += RenderRow(titles_, false);
  for (const auto& row : rows_) text += RenderRow(row, isolate);
  rows_.clear();
  return text;
}

}  // namespace radyab::cli
