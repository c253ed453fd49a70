// One decoding call on one picture, by ZXing-cpp. zxing_reader.cc is the only file that names its
// types; everything about passes, agreement and several symbols stands above it (symbol_reader.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Which symbols a call looks for. DataBar has calls of its own: together with others, or with more
// than one line wanted, ZXing-cpp 1.4 aborts the process on ordinary pictures.
enum class SymbolSet : std::uint8_t {
  kAllButDataBar,
  kDataBar,
  kLinear,      // bars in one row without DataBar
  kRetail,      // EAN and UPC
  kMatrix,      // Aztec, Data Matrix, MaxiCode, PDF417, QR and Micro QR
  kDataMatrix,  // alone
};

// kQuick looks at few lines and upright only, kUpright at many lines; kThorough at many lines and
// in all four directions.
enum class Effort : std::uint8_t { kQuick, kUpright, kThorough };

// How a call turns grey into black and white.
enum class Threshold : std::uint8_t { kLocal, kGlobal };

// What one call looks for, and how hard.
struct ReadingPlan {
  SymbolSet set = SymbolSet::kAllButDataBar;
  Effort effort = Effort::kQuick;
  Threshold threshold = Threshold::kLocal;
  // How many lines must say the same before a symbol made of bars is believed (1..255). DataBar is
  // always read with one.
  int line_count_min = 3;
};

// Looks for one symbol in `picture`. The hints are those under which ZXing-cpp 1.4 does not abort:
// at most one symbol, no down-scaling of its own. Thread rule: any thread, but untrusted pictures
// belong into radyab-decode.
std::optional<Symbol> ReadOneSymbol(const GreyPicture& picture, const ReadingPlan& plan);

// The 2 or 5 digits of the add-on beside `symbol` (EAN-13 or UPC-A found in `picture`); empty when
// there is none. UPC-E, whose add-ons are often read out of nothing, has no add-on here.
std::string ReadAddOn(const GreyPicture& picture, const Symbol& symbol);

}  // namespace radyab::scanner
