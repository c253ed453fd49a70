// The drawing of one PDF page, read back: its black rectangles (ISO 32000-1, section 8).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "scanner/scan_fault.h"

namespace radyab::scanner {

// A rectangle in points, from the lower left corner of the page.
struct PointBox {
  double left = 0;
  double bottom = 0;
  double right = 0;
  double top = 0;
};

// The rectangles that the operators of `drawing` fill, in their order. Texts (BT to ET) and clips
// are passed over. Fault kLabelUnreadable: a filled path that is no upright rectangle or not black,
// a stroke, a picture, or an operator that we do not know.
// Thread rule: any thread.
Outcome<std::vector<PointBox>> BlackBoxesOf(std::string_view drawing);

// Reads as many numbers as `numbers` holds, blanks between them; false when there are fewer.
bool ReadNumbers(std::string_view text, std::span<double> numbers);

}  // namespace radyab::scanner
