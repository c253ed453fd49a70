// One symbol as black rectangles, by libzint. zint_drawing.cc is the only file that names its
// types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/scan_fault.h"

namespace radyab::scanner {

// A black rectangle; units and origin are those of its holder.
struct BlackBox {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

// A symbol with its quiet zones, measured in modules (X-dimensions).
struct SymbolDrawing {
  int width = 0;
  int height = 0;
  std::vector<BlackBox> boxes;
};

// What libzint is to draw.
struct DrawingOrder {
  int zint_symbology = 0;  // a BARCODE_ number of zint.h
  std::string message;     // UTF-8; in a GS1 symbol "[01]…[10]…"
  bool gs1 = false;
  int height_modules = 0;  // of bars; 0 leaves it to libzint
  int option_1 = -1;       // as zint.h tells for the symbology: error correction of a QR code …
  int option_3 = 0;
};

// The symbologies that our labels use.
DrawingOrder QrOrder(std::string_view message, bool gs1 = false);
DrawingOrder DataMatrixOrder(std::string_view message, bool gs1);
DrawingOrder BarsOrder(std::string_view message, bool gs1, int height_modules);
// EAN-13 of 12 digits, EAN-8 of 7, to which libzint adds the check digit.
DrawingOrder EanOrder(std::string_view digits, int height_modules);
// ITF-14 of 13 digits, to which libzint adds the check digit; with bearer bars all round.
DrawingOrder Itf14Order(std::string_view digits, int height_modules);

// Draws with quiet zones; every warning of libzint is an error, since by default it draws a symbol
// with a wrong check digit. Text beyond ASCII is marked as UTF-8 (ECI 26). Fault kBadLabelContent
// with what libzint says.
Outcome<SymbolDrawing> DrawSymbol(const DrawingOrder& order);

}  // namespace radyab::scanner
