#include "scanner/labels/caption_sheet.h"

#include <algorithm>
#include <utility>

#include "scanner/label.h"
#include "scanner/label_symbol.h"
#include "scanner/labels/label_pdf.h"
#include "scanner/labels/pdf_dots.h"
#include "scanner/picture_area.h"

namespace radyab::scanner {
namespace {

constexpr double kWidthMillimetres = 95;
constexpr double kHeightMillimetres = 44;
constexpr double kMarginMillimetres = 1.5;
constexpr double kFirstCaptionMillimetres = 9;  // room; letters are smaller
constexpr double kOtherCaptionMillimetres = 5;
constexpr double kLetterShare = 0.6;  // of the room of a line
constexpr double kLetterMillimetresMin = 1.8;
constexpr double kBarMillimetres = 20;
constexpr double kModuleMillimetresMax = 0.5;
constexpr double kGapMillimetres = 0.7;  // between bars and what they say
constexpr double kBelowBarsMillimetres = 3.5;

ScanFault Bad(std::string message) { return {FaultKind::kBadLabelContent, std::move(message)}; }

bool CanBeBars(const std::string& text) {
  return !text.empty() && text.size() <= kCaptionedTextMax &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

// Puts one line of text in the middle of a strip, and moves `y` below it.
std::optional<ScanFault> PlaceLine(LabelSheet& sheet, const Paragraph& paragraph,
                                   double millimetres, int& y) {
  const auto dots = [&](double length) { return DotsOf(length, sheet.dots_per_inch); };
  const int margin = dots(kMarginMillimetres);
  const TextRoom room = {.width = sheet.width - 2 * margin,
                         .height = dots(millimetres),
                         .size_max = dots(millimetres * kLetterShare),
                         .size_min = dots(kLetterMillimetresMin)};
  const auto fitted = FitText({paragraph}, room, FitOrder::kShrinkFirst, "the caption");
  if (!fitted) return fitted.fault();
  int top = y;
  for (const FittedLine& line : fitted->lines) {
    sheet.texts.push_back({margin + (room.width - line.line.width) / 2, top, line.line.width,
                           line.line.height, fitted->size, line.line.baseline, line.right_to_left,
                           line.line.text});
    top += line.line.height;
  }
  y += room.height;
  return std::nullopt;
}

// The bars with the widest modules that fit.
Outcome<SheetSymbol> DrawBars(const std::string& text, int width, int dots_per_inch) {
  const CarrierPayload payload = {.carrier = Carrier::kBars,
                                  .symbology = Symbology::kCode128,
                                  .gs1 = false,
                                  .message = text,
                                  .to_encode = text,
                                  .human_text = text};
  SymbolSize size = SizeOfCarrier(Carrier::kBars, false);
  size.height = kBarMillimetres;
  const auto drawing = DrawCarrier(payload, 0);
  if (!drawing) return drawing.fault();
  const int least = DotsAtLeast(size.module_min, dots_per_inch);
  const int most = std::max(least, DotsOf(kModuleMillimetresMax, dots_per_inch));
  const int module = std::min(most, width / drawing->width);
  if (module < least) return Bad("the bars of \"" + text + "\" need more room");
  return DrawAtModule(payload, size, module, dots_per_inch);
}

// Reads every symbol of the finished document.
Outcome<bool> Prove(std::string_view pdf, const std::vector<LabelSheet>& sheets,
                    const std::vector<PagePlace>& places, DecodeWorker& worker) {
  const auto pages = PdfDots::Open(pdf);
  if (!pages) return pages.fault();
  GreyPicture page;
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    const LabelSheet& sheet = sheets[at];
    if (at == 0 || places[at].page != places[at - 1].page) {
      if (places[at].page >= pages->page_count()) {
        return ScanFault{FaultKind::kLabelUnreadable, "the PDF lacks a page"};
      }
      auto painted = pages->Paint(places[at].page, sheet.dots_per_inch);
      if (!painted) return painted.fault();
      page = std::move(painted).value();
    }
    PictureArea area = {places[at].x, places[at].y, sheet.width, sheet.height};
    const auto proved = ProveLabel(CutOut(page, &area, 0), sheet, worker);
    if (!proved) return proved.fault();
  }
  return true;
}

}  // namespace

Outcome<LabelSheet> LayOutCaptionedText(const CaptionedText& content, int dots_per_inch) {
  if (!CanBeBars(content.text)) {
    return Bad("\"" + content.text + "\": want 1 to " + std::to_string(kCaptionedTextMax) +
               " characters of ASCII");
  }
  LabelSheet sheet;
  sheet.dots_per_inch = dots_per_inch;
  sheet.width = DotsOf(kWidthMillimetres, dots_per_inch);
  sheet.height = DotsOf(kHeightMillimetres, dots_per_inch);
  int y = DotsOf(kMarginMillimetres, dots_per_inch);
  double room = kFirstCaptionMillimetres;
  for (const Paragraph& caption : content.captions) {
    if (auto fault = PlaceLine(sheet, caption, room, y)) return *std::move(fault);
    room = kOtherCaptionMillimetres;
  }
  auto bars = DrawBars(content.text, sheet.width, dots_per_inch);
  if (!bars) return bars.fault();
  SheetSymbol symbol = std::move(bars).value();
  const int height = symbol.area.height;
  MoveSymbol(symbol, (sheet.width - symbol.area.width) / 2, y);
  sheet.symbols.push_back(std::move(symbol));
  y += height + DotsOf(kGapMillimetres, dots_per_inch);
  if (auto fault = PlaceLine(sheet, {content.text, false}, kBelowBarsMillimetres, y)) {
    return *std::move(fault);
  }
  if (y > sheet.height) return Bad("the captions of \"" + content.text + "\" need more room");
  return sheet;
}

Outcome<std::string> MakeCaptionSheet(std::span<const CaptionedText> texts, bool right_to_left,
                                      int dots_per_inch, DecodeWorker& worker) {
  LabelPdf pdf(kCaptionGrid, right_to_left);
  std::vector<LabelSheet> sheets;
  std::vector<PagePlace> places;
  for (const CaptionedText& text : texts) {
    auto sheet = LayOutCaptionedText(text, dots_per_inch);
    if (!sheet) return sheet.fault();
    const auto place = pdf.Add(*sheet);
    if (!place) return place.fault();
    sheets.push_back(std::move(sheet).value());
    places.push_back(*place);
  }
  auto bytes = pdf.Finish();
  if (!bytes) return bytes.fault();
  const auto proved = Prove(*bytes, sheets, places, worker);
  if (!proved) return proved.fault();
  return bytes;
}

}  // namespace radyab::scanner
