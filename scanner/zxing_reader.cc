#include "scanner/zxing_reader.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "coding/utf8_reader.h"
#include "scanner/message_text.h"

namespace radyab::scanner {
namespace {

// ZXing-cpp 2.2 renamed DecodeHints to ReaderOptions and Result to Barcode. 3.0 parted formats into
// variants: what is asked for may be a family, what is answered is one of its variants.
#if __has_include(<ZXing/ReaderOptions.h>)
using Hints = ZXing::ReaderOptions;
#else
using Hints = ZXing::DecodeHints;
#endif
#if __has_include(<ZXing/CreateBarcode.h>)
#define RADYAB_ZXING_VARIANTS 1
#else
#define RADYAB_ZXING_VARIANTS 0
#endif
using ZXing::BarcodeFormat;
using ZXing::BarcodeFormats;
using Found = decltype(ZXing::ReadBarcode(std::declval<ZXing::ImageView>()));

constexpr struct {
  BarcodeFormat format;
  Symbology symbology;
} kFormats[] = {
    {BarcodeFormat::Aztec, Symbology::kAztec},
    {BarcodeFormat::Codabar, Symbology::kCodabar},
    {BarcodeFormat::Code93, Symbology::kCode93},
    {BarcodeFormat::Code128, Symbology::kCode128},
    {BarcodeFormat::DataMatrix, Symbology::kDataMatrix},
    {BarcodeFormat::EAN8, Symbology::kEan8},
    {BarcodeFormat::EAN13, Symbology::kEan13},
    {BarcodeFormat::ITF, Symbology::kItf},
    {BarcodeFormat::MaxiCode, Symbology::kMaxiCode},
    {BarcodeFormat::MicroQRCode, Symbology::kMicroQrCode},
    {BarcodeFormat::UPCA, Symbology::kUpcA},
    {BarcodeFormat::UPCE, Symbology::kUpcE},
#if RADYAB_ZXING_VARIANTS
    // Variants where the family has others too: Code 32, PZN, DataBar Limited, rMQR.
    {BarcodeFormat::Code39Std, Symbology::kCode39},
    {BarcodeFormat::Code39Ext, Symbology::kCode39},
    {BarcodeFormat::DataBarOmni, Symbology::kDataBar},
    {BarcodeFormat::DataBarStk, Symbology::kDataBar},
    {BarcodeFormat::DataBarStkOmni, Symbology::kDataBar},
    {BarcodeFormat::DataBarExp, Symbology::kDataBarExpanded},
    {BarcodeFormat::DataBarExpStk, Symbology::kDataBarExpanded},
    {BarcodeFormat::PDF417, Symbology::kPdf417},
    {BarcodeFormat::CompactPDF417, Symbology::kPdf417},
    {BarcodeFormat::QRCodeModel1, Symbology::kQrCode},
    {BarcodeFormat::QRCodeModel2, Symbology::kQrCode},
#else
    {BarcodeFormat::Code39, Symbology::kCode39},
    {BarcodeFormat::DataBar, Symbology::kDataBar},
    {BarcodeFormat::DataBarExpanded, Symbology::kDataBarExpanded},
    {BarcodeFormat::PDF417, Symbology::kPdf417},
    {BarcodeFormat::QRCode, Symbology::kQrCode},
#endif
};

bool IsIn(SymbolSet set, Symbology symbology) {
  const bool data_bar =
      symbology == Symbology::kDataBar || symbology == Symbology::kDataBarExpanded;
  switch (set) {
    case SymbolSet::kDataBar:
      return data_bar;
    case SymbolSet::kLinear:
      return IsLinear(symbology) && !data_bar;
    case SymbolSet::kRetail:
      return IsRetail(symbology);
    case SymbolSet::kMatrix:
      return !IsLinear(symbology);
    case SymbolSet::kDataMatrix:
      return symbology == Symbology::kDataMatrix;
    case SymbolSet::kAllButDataBar:
      break;
  }
  return !data_bar;
}

BarcodeFormats FormatsOf(SymbolSet set) {
  std::vector<BarcodeFormat> wanted;
  for (const auto& row : kFormats) {
    if (IsIn(set, row.symbology)) wanted.push_back(row.format);
  }
#if RADYAB_ZXING_VARIANTS
  return BarcodeFormats(std::move(wanted));
#else
  BarcodeFormats formats;
  for (const BarcodeFormat format : wanted) formats |= format;
  return formats;
#endif
}

// Settings that not every version knows: before 2.3 Code 39 in full ASCII, and before 3.0 the
// letters around Codabar, had to be asked for; since 2.0 a text has brackets unless it is asked for
// plain.
template <class AnyHints>
void SetWhatIsKnown(AnyHints& hints) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  if constexpr (requires { hints.setTryCode39ExtendedMode(true); }) {
    hints.setTryCode39ExtendedMode(true);
  }
  if constexpr (requires { hints.setReturnCodabarStartEnd(true); }) {
    hints.setReturnCodabarStartEnd(true);
  }
#pragma GCC diagnostic pop
  if constexpr (requires { hints.setTextMode(hints.textMode()); }) {
    hints.setTextMode(decltype(hints.textMode())::Plain);
  }
  // Light on dark is a pass of our own.
  if constexpr (requires { hints.setTryInvert(false); }) hints.setTryInvert(false);
}

Hints SafeHints(const ReadingPlan& plan) {
  Hints hints;
  hints.setFormats(FormatsOf(plan.set));
  hints.setTryHarder(plan.effort != Effort::kQuick);
  hints.setTryRotate(plan.effort == Effort::kThorough);
  hints.setTryDownscale(false);
  hints.setMaxNumberOfSymbols(1);
  const int lines = plan.set == SymbolSet::kDataBar ? 1 : plan.line_count_min;
  hints.setMinLineCount(static_cast<std::uint8_t>(lines));
  SetWhatIsKnown(hints);
  hints.setBinarizer(plan.threshold == Threshold::kLocal ? ZXing::Binarizer::LocalAverage
                                                         : ZXing::Binarizer::GlobalHistogram);
  return hints;
}

std::optional<Symbology> SymbologyOf(BarcodeFormat format) {
  for (const auto& row : kFormats) {
    if (row.format == format) return row.symbology;
  }
#if RADYAB_ZXING_VARIANTS
  for (const auto& row : kFormats) {
    if (format <= row.format) return row.symbology;  // ITF-14 is an ITF, an Aztec rune an Aztec
  }
#endif
  return std::nullopt;
}

// A message of arbitrary bytes as text: what is UTF-8 stays, other bytes are written "\\xE4".
std::string BytesAsText(const std::string& raw) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (std::size_t at = 0; at < raw.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(raw, at);
    if (character.valid) {
      text.append(raw, at, character.bytes);
    } else {
      const auto byte = static_cast<unsigned char>(raw[at]);
      text.append({'\\', 'x', kHex[byte >> 4], kHex[byte & 15]});
    }
    at += character.bytes;
  }
  return text;
}

// Nobody prints NUL bytes: where most of a message is NUL, what was read is no message. (Long runs
// of padding in Aztec symbols are taken for text by ZXing-cpp 1.4, and end in stray bytes.)
bool IsMostlyNul(const std::string& raw) {
  const auto nuls = std::count(raw.begin(), raw.end(), '\0');
  return 2 * nuls > static_cast<std::ptrdiff_t>(raw.size());
}

Quad CornersOf(const Found& found) {
  const auto& corners = found.position();
  Quad quad;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    quad[i] = {corners[static_cast<int>(i)].x, corners[static_cast<int>(i)].y};
  }
  return quad;
}

std::optional<Symbol> ToSymbol(const Found& found) {
  const auto symbology = SymbologyOf(found.format());
  if (!found.isValid() || !symbology) return std::nullopt;
  Symbol symbol;
  symbol.symbology = *symbology;
  symbol.aim = found.symbologyIdentifier();
  symbol.raw.assign(found.bytes().begin(), found.bytes().end());
  if (IsMostlyNul(symbol.raw)) return std::nullopt;
  const auto content = found.contentType();
  const bool binary =
      content == ZXing::ContentType::Binary || content == ZXing::ContentType::UnknownECI;
  symbol.text = binary ? BytesAsText(symbol.raw) : found.text();
  symbol.gs1 = content == ZXing::ContentType::GS1;
  symbol.position = CornersOf(found);
  SettleMessage(symbol);
  return symbol;
}

// All that ZXing-cpp finds; nothing when it throws inside itself, as it does on some broken
// symbols.
std::vector<Found> ReadGuarded(const GreyPicture& picture, const Hints& hints) {
  if (picture.pixels.empty()) return {};
  const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height,
                              ZXing::ImageFormat::Lum);
  try {
    return ZXing::ReadBarcodes(view, hints);
  } catch (const std::bad_alloc&) {
    throw;  // the worker's memory limit: the worker answers it (decode_loop.h)
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

std::optional<Symbol> ReadOneSymbol(const GreyPicture& picture, const ReadingPlan& plan) {
  for (const Found& found : ReadGuarded(picture, SafeHints(plan))) {
    if (auto symbol = ToSymbol(found)) return symbol;
  }
  return std::nullopt;
}

std::string ReadAddOn(const GreyPicture& picture, const Symbol& symbol) {
  const bool ean = symbol.symbology == Symbology::kEan13;
  if (!ean && symbol.symbology != Symbology::kUpcA) return {};
  Hints hints = SafeHints({SymbolSet::kLinear, Effort::kThorough, Threshold::kLocal, 3});
  hints.setFormats(ean ? BarcodeFormat::EAN13 : BarcodeFormat::UPCA);
  hints.setEanAddOnSymbol(ZXing::EanAddOnSymbol::Require);
  for (const Found& found : ReadGuarded(picture, hints)) {
    const std::string text = found.text();
    const std::size_t space = text.find(' ');
    if (!found.isValid() || space == std::string::npos) continue;
    const std::string main = (ean ? "" : "0") + text.substr(0, space);
    if (main == symbol.text) return text.substr(space + 1);
  }
  return {};
}

}  // namespace radyab::scanner
