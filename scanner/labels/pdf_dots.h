// The symbols of a PDF that LabelPdf wrote, as the printer's dots.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Reads the final bytes of a document: its table of objects, its pages and what they draw. Only
// what LabelPdf writes is understood: rectangles filled in black are painted, letters are left out,
// anything else that would be painted is a fault, so that no symbol is proved under what covers it.
class PdfDots {
 public:
  // `pdf` outlives the object. Fault kLabelUnreadable: no such document.
  static Outcome<PdfDots> Open(std::string_view pdf);

  std::size_t page_count() const { return pages_.size(); }

  // A page at `dots_per_inch`, 0 black and 255 white. Fault kLabelUnreadable: something on it is
  // not understood, or has corners that lie on no dot.
  // Thread rule: any thread.
  Outcome<GreyPicture> Paint(std::size_t page, int dots_per_inch) const;

 private:
  struct Page {
    double width = 0;  // points
    double height = 0;
    std::size_t contents = 0;  // byte offset of the object with the drawing
  };
  std::string_view pdf_;
  std::vector<std::size_t> offsets_;  // of object N, 0 when there is none
  std::vector<Page> pages_;
};

}  // namespace radyab::scanner
