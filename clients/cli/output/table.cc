#include "clients/cli/output/table.h"

#include <algorithm>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kGap = 2;  // between two columns

// Words, not a code, a time or an amount.
bool IsText(std::string_view cell) {
  return cell.find(' ') != std::string_view::npos && !(cell[0] >= '0' && cell[0] <= '9');
}

}  // namespace

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
    padding = std::string(widths_[i] - DisplayWidth(cells[i]) + kGap, ' ');
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::optional<std::vector<std::size_t>> Table::WidthsThatFit() const {
  std::size_t line = kGap * (widths_.size() - 1);
  std::vector<std::size_t> least;
  for (std::size_t i = 0; i < titles_.size(); ++i) {
    line += widths_[i];
    least.push_back(std::max(DisplayWidth(titles_[i]), std::min(widths_[i], kTextWidthLeast)));
    for (const auto& row : rows_) {
      if (!IsText(row[i])) least[i] = std::max(least[i], DisplayWidth(row[i]));
    }
  }
  if (line <= style_.line_width_max) return std::nullopt;
  std::vector<std::size_t> widths = widths_;
  for (; line > style_.line_width_max; --line) {
    std::size_t widest = 0, column = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] <= least[i] || widths[i] <= widest) continue;
      widest = widths[i];
      column = i;
    }
    if (column == widths.size()) return std::nullopt;
    --widths[column];
  }
  return widths;
}

std::string Table::TakeRendered() {
  if (rows_.empty()) return "";
  bool isolate = false;
  if (style_.isolates) {
    for (const auto& row : rows_) isolate = isolate || std::ranges::any_of(row, HasRightToLeft);
  }
  const auto fitting = style_.line_width_max > 0 ? WidthsThatFit() : std::nullopt;
  if (fitting) {
    widths_ = *fitting;
    for (auto& row : rows_) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = Shortened(row[i], widths_[i]);
    }
  }
  std::string text;
  if (!std::exchange(titles_printed_, true)) {
    // Titles of a right-to-left language would change their places among each other.
    text += RenderRow(titles_, style_.isolates && std::ranges::any_of(titles_, HasRightToLeft));
  }
  for (const auto& row : rows_) text += RenderRow(row, isolate);
  rows_.clear();
  return text;
}

}  // namespace radyab::cli
