// Aligned tables for people.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace radyab::cli {

struct TableStyle {
  // Cells stand in direction isolates when a right-to-left text is among them: for terminals, which
  // reorder; never for pipes, which do not.
  bool isolates = false;
  std::size_t cell_width_max = 0;  // wider cells are shortened; 0: none is
  // Texts of several words are shortened, the widest column first, until a line fits; codes, times
  // and amounts stay whole. Where that is not enough nothing is shortened. 0: lines are as long as
  // they are.
  std::size_t line_width_max = 0;
};

// No text is shortened to less.
inline constexpr std::size_t kTextWidthLeast = 16;

// Columns grow to their widest cell; titles are printed once, before the first rows. Rows are
// rendered in groups, so that a list of any length needs bounded memory: widths never shrink from
// one group to the next.
class Table {
 public:
  Table(std::vector<std::string> titles, TableStyle style);

  // Takes as many cells as there are titles. Cells may hold anything; controls are made harmless.
  void AddRow(std::vector<std::string> cells);

  std::size_t waiting_row_count() const { return rows_.size(); }

  // The rows since the last call, with titles at the first one. Nothing when there never was a row.
  std::string TakeRendered();

 private:
  std::string RenderRow(const std::vector<std::string>& cells, bool isolate) const;
  // The widths at which a line fits; nothing when it cannot, or does already.
  std::optional<std::vector<std::size_t>> WidthsThatFit() const;

  std::vector<std::string> titles_;
  TableStyle style_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> rows_;
  bool titles_printed_ = false;
};

}  // namespace radyab::cli
