// Sheets of labels as PDF.
#pragma once

#include <memory>
#include <string>

#include "scanner/label_sheet.h"
#include "scanner/labels/page_grid.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Writes one PDF document (version 1.4, by Cairo): symbols as filled rectangles with their corners
// on the printer's dots, texts as letters of embedded fonts. Not safe for several threads at once.
class LabelPdf {
 public:
  // Cells are filled from the right when `right_to_left`.
  LabelPdf(const PageGrid& grid, bool right_to_left);
  ~LabelPdf();
  LabelPdf(const LabelPdf&) = delete;
  LabelPdf& operator=(const LabelPdf&) = delete;

  // Draws the next label and answers where it stands. Faults: those of PlaceOnPage.
  Outcome<PagePlace> Add(const LabelSheet& label);

  // The document; nothing can be added after it. Fault kBadLabelContent when there is no label,
  // kOutOfMemory when Cairo failed.
  Outcome<std::string> Finish();

 private:
  struct Drawing;
  std::unique_ptr<Drawing> drawing_;
};

}  // namespace radyab::scanner
