#include "scanner/label_symbol.h"

#include <cmath>

namespace radyab::scanner {
namespace {

constexpr SymbolSize kQrSize = {0.396, 0.990, 0, 0};
constexpr SymbolSize kDataMatrixSize = {0.255, 1.520, 0, 0};
// Code 128 and GS1-128 beside a product: 12.7 mm high at least.
constexpr SymbolSize kBarsSize = {0.250, 0.510, 13.0, 0};
// The same on a logistic unit: 31.75 mm high at least.
constexpr SymbolSize kContainerBarsSize = {0.495, 0.940, 32.0, 0};
constexpr SymbolSize kItf14Size = {0.495, 1.016, 32.0, 0};
// 22.85 mm high at 0.330 mm a module, and in proportion.
constexpr SymbolSize kEanSize = {0.264, 0.660, 0, 69.24};

}  // namespace

SymbolSize SizeOfCarrier(Carrier carrier, bool container) {
  switch (carrier) {
    case Carrier::kQrCode:
    case Carrier::kGs1QrCode:
      return kQrSize;
    case Carrier::kDataMatrix:
    case Carrier::kCodeMatrix:
      return kDataMatrixSize;
    case Carrier::kEanBars:
      return kEanSize;
    case Carrier::kItf14Bars:
      return kItf14Size;
    case Carrier::kBars:
    case Carrier::kCodeBars:
      break;
  }
  return container ? kContainerBarsSize : kBarsSize;
}

Outcome<SymbolDrawing> DrawCarrier(const CarrierPayload& payload, int height_modules) {
  switch (payload.carrier) {
    case Carrier::kQrCode:
    case Carrier::kGs1QrCode:
      return DrawSymbol(QrOrder(payload.to_encode, payload.gs1));
    case Carrier::kDataMatrix:
    case Carrier::kCodeMatrix:
      return DrawSymbol(DataMatrixOrder(payload.to_encode, payload.gs1));
    case Carrier::kEanBars:
      return DrawSymbol(EanOrder(payload.to_encode, height_modules));
    case Carrier::kItf14Bars:
      return DrawSymbol(Itf14Order(payload.to_encode, height_modules));
    case Carrier::kBars:
    case Carrier::kCodeBars:
      break;
  }
  return DrawSymbol(BarsOrder(payload.to_encode, payload.gs1, height_modules));
}

int DotsOf(double millimetres, int dots_per_inch) {
  return static_cast<int>(std::lround(millimetres * dots_per_inch / kMillimetresPerInch));
}

int DotsAtLeast(double millimetres, int dots_per_inch) {
  return static_cast<int>(std::ceil(millimetres * dots_per_inch / kMillimetresPerInch));
}

Outcome<SheetSymbol> DrawAtModule(const CarrierPayload& payload, const SymbolSize& size,
                                  int module_dots, int dots_per_inch) {
  const double height_modules =
      size.height_modules > 0
          ? size.height_modules
          : static_cast<double>(DotsOf(size.height, dots_per_inch)) / module_dots;
  const auto drawing = DrawCarrier(payload, static_cast<int>(std::ceil(height_modules)));
  if (!drawing) return drawing.fault();
  return InDots(payload, *drawing, module_dots);
}

SheetSymbol InDots(const CarrierPayload& payload, const SymbolDrawing& drawing, int module_dots) {
  SheetSymbol symbol;
  symbol.payload = payload;
  symbol.area = {0, 0, drawing.width * module_dots, drawing.height * module_dots};
  symbol.boxes.reserve(drawing.boxes.size());
  for (const BlackBox& box : drawing.boxes) {
    symbol.boxes.push_back({box.x * module_dots, box.y * module_dots, box.width * module_dots,
                            box.height * module_dots});
  }
  return symbol;
}

void MoveSymbol(SheetSymbol& symbol, int x, int y) {
  symbol.area.x += x;
  symbol.area.y += y;
  for (BlackBox& box : symbol.boxes) {
    box.x += x;
    box.y += y;
  }
}

}  // namespace radyab::scanner
