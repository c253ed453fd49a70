// One barcode symbol as it was read from a picture.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::scanner {

// The symbologies we read. DataBarExpanded covers the stacked form too.
enum class Symbology : std::uint8_t {
  kAztec,
  kCodabar,
  kCode39,
  kCode93,
  kCode128,
  kDataBar,
  kDataBarExpanded,
  kDataMatrix,
  kEan8,
  kEan13,
  kItf,
  kMaxiCode,
  kMicroQrCode,
  kPdf417,
  kQrCode,
  kUpcA,
  kUpcE,
};

inline constexpr int kSymbologyCount = 17;

// "Aztec", "Codabar", "Code39", "Code93", "Code128", "DataBar", "DataBarExpanded", "DataMatrix",
// "EAN8", "EAN13", "ITF", "MaxiCode", "MicroQRCode", "PDF417", "QRCode", "UPCA", "UPCE".
std::string_view SymbologyName(Symbology symbology);

// The symbology of exactly that name; nothing for any other text.
std::optional<Symbology> SymbologyOfName(std::string_view name);

// True for symbols made of bars in one row (DataBar, stacked or not, counts as one of them).
bool IsLinear(Symbology symbology);

// True for EAN and UPC, the symbols of shops.
bool IsRetail(Symbology symbology);

// A place in the picture: pixels from the left and from the top, 0 first.
struct PixelPoint {
  int x = 0;
  int y = 0;
  friend bool operator==(const PixelPoint&, const PixelPoint&) = default;
};

// Four corners in the reading direction of the symbol: top left, top right, bottom right, bottom
// left.
using Quad = std::array<PixelPoint, 4>;

// A decoded symbol. A plain value.
struct Symbol {
  Symbology symbology = Symbology::kQrCode;

  // AIM symbology identifier (ISO/IEC 15424), for example "]E0" or "]d2". Never empty.
  std::string aim;

  // The message as UTF-8, character sets and ECIs already applied. In a GS1 symbol it is the
  // element string without brackets, with GS (0x1D) after each value of variable length that is not
  // the last. UPC-A and UPC-E are given with 13 digits (UPC-E expanded), as their identifier "]E0"
  // promises. Codabar keeps its start and stop letters. An EAN-13 or UPC-A with an add-on has its 2
  // or 5 digits at the end and the identifier "]E3". Of a message that is no text, bytes that
  // are no UTF-8 are written "\xe4".
  std::string text;

  // The message bytes before any character set was applied; GS stays 0x1D. Of UPC and DataBar they
  // are built again from the text: the decoding library does not hand out what the symbol held.
  std::string raw;

  // True when `text` is the likelier one of several ways to part a DataBar message into elements
  // (message_text.h): not to be taken for certain.
  bool ambiguous = false;

  // True when the symbol says that its message is a GS1 element string (FNC1 in first place,
  // DataBar).
  bool gs1 = false;

  Quad position{};

  // Which pass of the reader found it ("plain", "half", "sharp" …; docs/scanner.md).
  std::string pass;

  friend bool operator==(const Symbol&, const Symbol&) = default;
};

// Most symbols reported for one picture.
inline constexpr std::size_t kSymbolsMax = 64;

// What one picture shows.
struct FoundSymbols {
  std::vector<Symbol> symbols;
  bool truncated = false;  // there are more than kSymbolsMax
  int page_count = 0;      // how many pages the document of this picture has; 0 when there is none
  double processor_milliseconds = 0;  // that loading and reading took
  // Bars that one made-up picture alone showed: to be believed only when something else says the
  // same (frame_agreement.h).
  std::vector<Symbol> unproven = {};
};

}  // namespace radyab::scanner
