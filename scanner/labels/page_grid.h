// Where labels stand on pages.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "scanner/label_sheet.h"
#include "scanner/labels/label_template.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

inline constexpr int kGridColumnsMax = 10;
inline constexpr int kGridRowsMax = 40;

// A page cut evenly into cells, columns x rows, without margins: one label in the middle of each.
// In millimetres. One label a page is the page of the label's own size with one cell.
struct PageGrid {
  double page_width = 210;
  double page_height = 297;
  int columns = 3;
  int rows = 8;

  std::size_t LabelsOnPage() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
};

// Reads "label" (a page a label, as large as it) and "a4-3x8" (A4 upright, 3 columns of 8).
// Nothing for other words, or for more than kGridColumnsMax columns or kGridRowsMax rows.
std::optional<PageGrid> GridOfWord(std::string_view word, LabelTemplate label);

// The top left corner of a label on its page, in dots: whole ones, so that its symbols stay on
// the printer's dots.
struct PagePlace {
  std::size_t page = 0;
  int x = 0;
  int y = 0;
};

// Where the label at `index` stands (0 the first; row by row, from the left, and from the right
// when `right_to_left`). Fault kBadLabelContent: the label is larger than a cell.
Outcome<PagePlace> PlaceOnPage(const PageGrid& grid, const LabelSheet& label, std::size_t index,
                               bool right_to_left);

}  // namespace radyab::scanner
