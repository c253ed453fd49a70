// Of ZXing-cpp 3.1: what readings are told. A format is a family or one of its variants.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ZXing {

enum class BarcodeFormat : unsigned int {
  None,
  Codabar,
  Code39,
  Code39Std,
  Code39Ext,
  Code32,
  PZN,
  Code93,
  Code128,
  ITF,
  ITF14,
  DataBar,
  DataBarOmni,
  DataBarStk,
  DataBarStkOmni,
  DataBarLtd,
  DataBarExp,
  DataBarExpStk,
  EANUPC,
  EAN13,
  EAN8,
  UPCA,
  UPCE,
  PDF417,
  CompactPDF417,
  MicroPDF417,
  Aztec,
  AztecCode,
  AztecRune,
  QRCode,
  QRCodeModel1,
  QRCodeModel2,
  MicroQRCode,
  RMQRCode,
  DataMatrix,
  MaxiCode,
  DataBarExpanded [[deprecated]] = DataBarExp,
};

// Whether the first is the second or one of its variants.
bool operator<=(BarcodeFormat element, BarcodeFormat family);

std::array<BarcodeFormat, 2> operator|(BarcodeFormat a, BarcodeFormat b);

class BarcodeFormats {
 public:
  BarcodeFormats() = default;
  BarcodeFormats(BarcodeFormat format);                  // NOLINT: a format is a set of one
  BarcodeFormats(std::vector<BarcodeFormat>&& formats);  // NOLINT: so is a list of some
};

enum class Binarizer : unsigned char { LocalAverage, GlobalHistogram, FixedThreshold, BoolCast };
enum class EanAddOnSymbol : unsigned char { Ignore, Read, Require };
enum class TextMode : unsigned char { Plain, ECI, HRI, Escaped, Hex, HexECI };

class ReaderOptions {
 public:
  ReaderOptions& setFormats(BarcodeFormats&& formats) &;
  ReaderOptions& setFormats(const BarcodeFormats& formats) &;
  ReaderOptions& setTryHarder(bool value) &;
  ReaderOptions& setTryRotate(bool value) &;
  ReaderOptions& setTryInvert(bool value) &;
  ReaderOptions& setTryDownscale(bool value) &;
  ReaderOptions& setBinarizer(Binarizer value) &;
  ReaderOptions& setMinLineCount(std::uint8_t value) &;
  ReaderOptions& setMaxNumberOfSymbols(std::uint8_t value) &;
  [[deprecated]] ReaderOptions& setTryCode39ExtendedMode(bool value) &;
  ReaderOptions& setEanAddOnSymbol(EanAddOnSymbol value) &;
  TextMode textMode() const noexcept;
  ReaderOptions& setTextMode(TextMode value) &;
};

}  // namespace ZXing
