#include "scanner/symbol.h"

namespace radyab::scanner {
namespace {

constexpr std::array<std::string_view, kSymbologyCount> kNames = {
    "Aztec",           "Codabar",    "Code39", "Code93", "Code128", "DataBar",
    "DataBarExpanded", "DataMatrix", "EAN8",   "EAN13",  "ITF",     "MaxiCode",
    "MicroQRCode",     "PDF417",     "QRCode", "UPCA",   "UPCE"};

}  // namespace

std::string_view SymbologyName(Symbology symbology) {
  return kNames[static_cast<std::size_t>(symbology)];
}

std::optional<Symbology> SymbologyOfName(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Symbology>(i);
  }
  return std::nullopt;
}

bool IsRetail(Symbology symbology) {
  return symbology == Symbology::kEan8 || symbology == Symbology::kEan13 ||
         symbology == Symbology::kUpcA || symbology == Symbology::kUpcE;
}

bool IsLinear(Symbology symbology) {
  switch (symbology) {
    case Symbology::kAztec:
    case Symbology::kDataMatrix:
    case Symbology::kMaxiCode:
    case Symbology::kMicroQrCode:
    case Symbology::kPdf417:
    case Symbology::kQrCode:
      return false;
    default:
      return true;
  }
}

}  // namespace radyab::scanner
