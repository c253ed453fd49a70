// Of ZXing-cpp 2.3: what readings are told.
#pragma once

#include <cstdint>

namespace ZXing {

enum class BarcodeFormat {
  None = 0,
  Aztec = 1 << 0,
  Codabar = 1 << 1,
  Code39 = 1 << 2,
  Code93 = 1 << 3,
  Code128 = 1 << 4,
  DataBar = 1 << 5,
  DataBarExpanded = 1 << 6,
  DataMatrix = 1 << 7,
  EAN8 = 1 << 8,
  EAN13 = 1 << 9,
  ITF = 1 << 10,
  MaxiCode = 1 << 11,
  PDF417 = 1 << 12,
  QRCode = 1 << 13,
  UPCA = 1 << 14,
  UPCE = 1 << 15,
  MicroQRCode = 1 << 16,
};

class BarcodeFormats {
 public:
  BarcodeFormats() = default;
  BarcodeFormats(BarcodeFormat format);  // NOLINT: a format is a set of one
  BarcodeFormats& operator|=(BarcodeFormat format);
};

enum class Binarizer : unsigned char { LocalAverage, GlobalHistogram, FixedThreshold, BoolCast };
enum class EanAddOnSymbol : unsigned char { Ignore, Read, Require };
enum class TextMode : unsigned char { Plain, ECI, HRI, Hex, Escaped };

class ReaderOptions {
 public:
  ReaderOptions& setFormats(BarcodeFormats formats);
  ReaderOptions& setTryHarder(bool value);
  ReaderOptions& setTryRotate(bool value);
  ReaderOptions& setTryInvert(bool value);
  ReaderOptions& setTryDownscale(bool value);
  ReaderOptions& setBinarizer(Binarizer value);
  ReaderOptions& setMinLineCount(std::uint8_t value);
  ReaderOptions& setMaxNumberOfSymbols(std::uint8_t value);
  [[deprecated]] ReaderOptions& setTryCode39ExtendedMode(bool value);
  ReaderOptions& setReturnCodabarStartEnd(bool value);
  ReaderOptions& setEanAddOnSymbol(EanAddOnSymbol value);
  TextMode textMode() const;
  ReaderOptions& setTextMode(TextMode value);
};

}  // namespace ZXing
