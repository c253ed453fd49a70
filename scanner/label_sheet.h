// A label laid out: every symbol, line of text and measure, in dots of the printer.
#pragma once

#include <string>
#include <vector>

#include "scanner/label_content.h"
#include "scanner/scan_fault.h"
#include "scanner/zint_drawing.h"

namespace radyab::scanner {

inline constexpr double kMillimetresPerInch = 25.4;

// The printers that we draw for, in dots per inch.
inline constexpr int kLabelDotsPerInch203 = 203;
inline constexpr int kLabelDotsPerInch300 = 300;

// One line of text. (x, y) is its top left corner; `width` is its measured width.
struct SheetText {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int size = 0;      // letter height (em), dots
  int baseline = 0;  // from y down
  bool right_to_left = false;
  std::string text;
};

// One symbol with its quiet zones; boxes are in dots of the sheet.
struct SheetSymbol {
  CarrierPayload payload;
  BlackBox area;
  std::vector<BlackBox> boxes;
};

// A label. Nothing overlaps, and nothing lies outside of width x height.
struct LabelSheet {
  int dots_per_inch = kLabelDotsPerInch203;
  int width = 0;
  int height = 0;
  std::vector<SheetSymbol> symbols;
  std::vector<SheetText> texts;
};

// Lays out names, facts and symbols of settled content. A module has a whole number of dots, the
// least that keeps the X-dimension limits of the GS1 General Specifications (section 5.12.3): 0.396
// mm for QR codes, 0.255 mm for Data Matrix, 0.330 mm for bars 13 mm high (0.250 mm and 12.7 mm
// wanted), and for an SSCC 0.495 mm and 32 mm (31.75 mm wanted). Fault kBadLabelContent: dots per
// inch other than 203 or 300, a symbol that cannot be drawn, letters that no installed font has.
Outcome<LabelSheet> LayOutLabel(const LabelContent& content,
                                const std::vector<CarrierPayload>& payloads, int dots_per_inch);

}  // namespace radyab::scanner
