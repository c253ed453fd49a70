#include "scanner/zint_drawing.h"

#include <zint.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace radyab::scanner {
namespace {

constexpr int kUtf8Eci = 26;
constexpr float kVectorUnitIsModule =
    0.5F;  // at scale 1 libzint's vectors count two units a module
constexpr int kQrCorrectionMedium = 2;

struct DeleteSymbol {
  void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

int Modules(float units) { return static_cast<int>(std::lround(units)); }

bool IsAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

DrawingOrder QrOrder(std::string_view message, bool gs1) {
  DrawingOrder order{BARCODE_QRCODE, std::string(message), gs1};
  order.option_1 = kQrCorrectionMedium;
  return order;
}

DrawingOrder DataMatrixOrder(std::string_view message, bool gs1) {
  DrawingOrder order{BARCODE_DATAMATRIX, std::string(message), gs1};
  order.option_3 = DM_SQUARE;
  return order;
}

DrawingOrder BarsOrder(std::string_view message, bool gs1, int height_modules) {
  return {gs1 ? BARCODE_GS1_128 : BARCODE_CODE128, std::string(message), gs1, height_modules};
}

DrawingOrder EanOrder(std::string_view digits, int height_modules) {
  return {BARCODE_EANX, std::string(digits), false, height_modules};
}

DrawingOrder Itf14Order(std::string_view digits, int height_modules) {
  return {BARCODE_ITF14, std::string(digits), false, height_modules};
}

Outcome<SymbolDrawing> DrawSymbol(const DrawingOrder& order) {
  const std::unique_ptr<zint_symbol, DeleteSymbol> symbol(ZBarcode_Create());
  if (!symbol) return ScanFault{FaultKind::kOutOfMemory, "no memory for a symbol"};
  symbol->symbology = order.zint_symbology;
  symbol->input_mode = order.gs1 ? GS1_MODE : UNICODE_MODE;
  symbol->warn_level = WARN_FAIL_ALL;
  symbol->output_options |= BARCODE_QUIET_ZONES;
  symbol->show_hrt = 0;
  symbol->scale = kVectorUnitIsModule;
  symbol->height = static_cast<float>(order.height_modules);
  symbol->option_1 = order.option_1;
  symbol->option_3 = order.option_3;
  if (!IsAscii(order.message)) symbol->eci = kUtf8Eci;
  const auto* bytes = reinterpret_cast<const unsigned char*>(order.message.data());
  if (order.message.empty() ||
      ZBarcode_Encode_and_Buffer_Vector(symbol.get(), bytes, static_cast<int>(order.message.size()),
                                        0) != 0) {
    return ScanFault{FaultKind::kBadLabelContent,
                     "\"" + order.message.substr(0, 80) + "\" cannot be drawn: " + symbol->errtxt};
  }
  if (symbol->vector->hexagons != nullptr || symbol->vector->circles != nullptr) {
    return ScanFault{FaultKind::kBadLabelContent, "only symbols made of rectangles are drawn"};
  }
  SymbolDrawing drawing;
  drawing.width = Modules(symbol->vector->width);
  drawing.height = Modules(symbol->vector->height);
  for (const zint_vector_rect* box = symbol->vector->rectangles; box != nullptr; box = box->next) {
    const int left = Modules(box->x);
    const int top = Modules(box->y);
    drawing.boxes.push_back(
        {left, top, Modules(box->x + box->width) - left, Modules(box->y + box->height) - top});
  }
  return drawing;
}

}  // namespace radyab::scanner
