// The symbol of one carrier, drawn with whole dots a module.
#pragma once

#include "scanner/label_content.h"
#include "scanner/label_sheet.h"
#include "scanner/scan_fault.h"
#include "scanner/zint_drawing.h"

namespace radyab::scanner {

// How large a symbol may be, in millimetres: its module (X-dimension), and the height of bars (0
// for matrix symbols). EAN bars have a height for each module instead.
struct SymbolSize {
  double module_min = 0;
  double module_max = 0;
  double height = 0;
  double height_modules = 0;  // not 0: the height is so many modules
};

// By the GS1 General Specifications, section 5.12.3 (tables of symbol specifications); `container`
// is true for the label of a logistic unit, whose bars are the largest.
SymbolSize SizeOfCarrier(Carrier carrier, bool container);

// The symbol with quiet zones, in modules; bars `height_modules` high (0: as libzint has them).
// Faults as DrawSymbol.
Outcome<SymbolDrawing> DrawCarrier(const CarrierPayload& payload, int height_modules);

// Dots of `millimetres`, rounded.
int DotsOf(double millimetres, int dots_per_inch);
// The fewest dots that are at least `millimetres`.
int DotsAtLeast(double millimetres, int dots_per_inch);

// The symbol at `module_dots` dots a module, its area at (0, 0); bars are as high as `size` wants.
Outcome<SheetSymbol> DrawAtModule(const CarrierPayload& payload, const SymbolSize& size,
                                  int module_dots, int dots_per_inch);

// A drawing in dots, its area at (0, 0).
SheetSymbol InDots(const CarrierPayload& payload, const SymbolDrawing& drawing, int module_dots);

// Moves a symbol that stands at (0, 0).
void MoveSymbol(SheetSymbol& symbol, int x, int y);

}  // namespace radyab::scanner
