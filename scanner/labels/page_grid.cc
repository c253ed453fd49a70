#include "scanner/labels/page_grid.h"

#include <charconv>
#include <cmath>
#include <string>

#include "scanner/label_symbol.h"

namespace radyab::scanner {
namespace {

constexpr std::string_view kA4Word = "a4-";

// A whole number 1..`most` without sign or leading zero, and nothing else.
std::optional<int> CountOf(std::string_view text, int most) {
  int count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!whole || text.front() == '0' || count < 1 || count > most) return std::nullopt;
  return count;
}

std::string Millimetres(double millimetres) {
  const auto tenths = std::lround(millimetres * 10);
  return std::to_string(tenths / 10) + (tenths % 10 != 0 ? "." + std::to_string(tenths % 10) : "");
}

}  // namespace

std::optional<PageGrid> GridOfWord(std::string_view word, LabelTemplate label) {
  const LabelSize size = SizeOfTemplate(label);
  if (word == "label") return PageGrid{size.width, size.height, 1, 1};
  if (!word.starts_with(kA4Word)) return std::nullopt;
  const std::string_view cells = word.substr(kA4Word.size());
  const std::size_t by = cells.find('x');
  if (by == std::string_view::npos || by == 0 || by + 1 == cells.size()) return std::nullopt;
  const auto columns = CountOf(cells.substr(0, by), kGridColumnsMax);
  const auto rows = CountOf(cells.substr(by + 1), kGridRowsMax);
  if (!columns || !rows) return std::nullopt;
  PageGrid grid;
  grid.columns = *columns;
  grid.rows = *rows;
  return grid;
}

Outcome<PagePlace> PlaceOnPage(const PageGrid& grid, const LabelSheet& label, std::size_t index,
                               bool right_to_left) {
  const double cell_width = grid.page_width / grid.columns;
  const double cell_height = grid.page_height / grid.rows;
  const double label_width = label.width * kMillimetresPerInch / label.dots_per_inch;
  const double label_height = label.height * kMillimetresPerInch / label.dots_per_inch;
  // A label of the page's own size may be half a dot larger than it.
  const double half_a_dot = kMillimetresPerInch / label.dots_per_inch / 2 + 1e-9;
  if (label_width > cell_width + half_a_dot || label_height > cell_height + half_a_dot) {
    return ScanFault{FaultKind::kBadLabelContent,
                     "a label of " + Millimetres(label_width) + " x " + Millimetres(label_height) +
                         " mm is larger than a cell of the sheet, " + Millimetres(cell_width) +
                         " x " + Millimetres(cell_height) + " mm"};
  }
  const std::size_t cell = index % grid.LabelsOnPage();
  const auto columns = static_cast<std::size_t>(grid.columns);
  const std::size_t column = right_to_left ? columns - 1 - cell % columns : cell % columns;
  const auto middle = [](double at, double cell_side, double label_side) {
    return std::max(0.0, at * cell_side + (cell_side - label_side) / 2);
  };
  PagePlace place;
  place.page = index / grid.LabelsOnPage();
  place.x =
      DotsOf(middle(static_cast<double>(column), cell_width, label_width), label.dots_per_inch);
  place.y = DotsOf(middle(static_cast<double>(cell / columns), cell_height, label_height),
                   label.dots_per_inch);
  return place;
}

}  // namespace radyab::scanner
