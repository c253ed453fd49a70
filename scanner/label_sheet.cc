#include "scanner/label_sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scanner/label_text.h"

namespace radyab::scanner {
namespace {

constexpr double kMarginMillimetres = 2.0;
constexpr double kGapMillimetres = 1.5;
constexpr double kWidthMillimetresMin = 50.0;
constexpr double kNameMillimetres = 3.4;
constexpr double kFactMillimetres = 2.8;
constexpr double kHumanMillimetres = 2.4;

// GS1 General Specifications, section 5.12.3, symbol specification tables.
constexpr double kQrModuleMillimetres = 0.396;
constexpr double kDataMatrixModuleMillimetres = 0.255;
constexpr double kBarModuleMillimetres = 0.330;
constexpr double kBarHeightMillimetres = 13.0;
constexpr double kContainerBarModuleMillimetres = 0.495;
constexpr double kContainerBarHeightMillimetres = 32.0;

// Places things from the top down; all measures in dots.
class SheetWriter {
 public:
  SheetWriter(const LabelContent& content, int dots_per_inch) : content_(content) {
    sheet_.dots_per_inch = dots_per_inch;
  }

  int Dots(double millimetres) const {
    return static_cast<int>(std::lround(millimetres * sheet_.dots_per_inch / kMillimetresPerInch));
  }

  // Draws a payload with whole dots a module, its area not placed yet.
  Outcome<SheetSymbol> Draw(const CarrierPayload& payload) const;

  Outcome<LabelSheet> Write(const std::vector<CarrierPayload>& payloads);

 private:
  std::optional<ScanFault> PlaceText(const std::string& text, double millimetres,
                                     bool right_to_left, int left, int width, int align);
  std::optional<ScanFault> PlaceMatrixRow(std::vector<SheetSymbol>& symbols);
  std::optional<ScanFault> PlaceBars(SheetSymbol& bars);
  void Place(SheetSymbol& symbol, int x, int y);
  Outcome<int> FactsWidth() const;

  const LabelContent& content_;
  LabelSheet sheet_;
  int content_width_ = 0;
  int y_ = 0;
};

struct ModuleSize {
  double module_millimetres;
  double height_millimetres;  // of bars, else 0
};

ModuleSize SizeOf(const CarrierPayload& payload, LabelKind kind) {
  if (payload.carrier == Carrier::kQrCode) return {kQrModuleMillimetres, 0};
  if (payload.carrier == Carrier::kDataMatrix) return {kDataMatrixModuleMillimetres, 0};
  if (kind == LabelKind::kContainer)
    return {kContainerBarModuleMillimetres, kContainerBarHeightMillimetres};
  return {kBarModuleMillimetres, kBarHeightMillimetres};
}

Outcome<SheetSymbol> SheetWriter::Draw(const CarrierPayload& payload) const {
  const ModuleSize size = SizeOf(payload, content_.kind);
  const int dots = static_cast<int>(
      std::ceil(size.module_millimetres * sheet_.dots_per_inch / kMillimetresPerInch));
  const int height_modules =
      static_cast<int>(std::ceil(static_cast<double>(Dots(size.height_millimetres)) / dots));
  const DrawingOrder order = payload.carrier == Carrier::kQrCode ? QrOrder(payload.to_encode)
                             : payload.carrier == Carrier::kDataMatrix
                                 ? DataMatrixOrder(payload.to_encode, payload.gs1)
                                 : BarsOrder(payload.to_encode, payload.gs1, height_modules);
  const auto drawing = DrawSymbol(order);
  if (!drawing) return drawing.fault();
  SheetSymbol symbol;
  symbol.payload = payload;
  symbol.area = {0, 0, drawing->width * dots, drawing->height * dots};
  for (const BlackBox& box : drawing->boxes) {
    symbol.boxes.push_back({box.x * dots, box.y * dots, box.width * dots, box.height * dots});
  }
  return symbol;
}

void SheetWriter::Place(SheetSymbol& symbol, int x, int y) {
  symbol.area.x = x;
  symbol.area.y = y;
  for (BlackBox& box : symbol.boxes) {
    box.x += x;
    box.y += y;
  }
  sheet_.symbols.push_back(std::move(symbol));
}

// Places the lines of a text from y_ down; align: -1 left, 0 middle, 1 right.
std::optional<ScanFault> SheetWriter::PlaceText(const std::string& text, double millimetres,
                                                bool right_to_left, int left, int width,
                                                int align) {
  if (text.empty()) return std::nullopt;
  const TextStyle style = {Dots(millimetres), right_to_left};
  const auto lines = BreakText(text, style, width);
  if (!lines) return lines.fault();
  for (const TextLine& line : *lines) {
    const int room = std::max(0, width - line.width);
    const int x = left + (align < 0 ? 0 : align == 0 ? room / 2 : room);
    sheet_.texts.push_back(
        {x, y_, line.width, line.height, style.size, line.baseline, right_to_left, line.text});
    y_ += line.height;
  }
  return std::nullopt;
}

Outcome<int> SheetWriter::FactsWidth() const {
  int widest = 0;
  for (const std::string& fact : FactLines(content_)) {
    const auto lines = BreakText(fact, {Dots(kFactMillimetres), false}, Dots(1000));
    if (!lines) return lines.fault();
    for (const TextLine& line : *lines) widest = std::max(widest, line.width);
  }
  return widest;
}

// True when the bars print the same line below themselves.
bool SaidByBars(const std::vector<SheetSymbol>& symbols, const std::string& human_text) {
  return std::any_of(symbols.begin(), symbols.end(), [&human_text](const SheetSymbol& symbol) {
    return symbol.payload.carrier == Carrier::kBars && symbol.payload.human_text == human_text;
  });
}

// The matrix symbols side by side, the facts right of them.
std::optional<ScanFault> SheetWriter::PlaceMatrixRow(std::vector<SheetSymbol>& symbols) {
  const int gap = Dots(kGapMillimetres);
  const int top = y_;
  int x = Dots(kMarginMillimetres);
  int bottom = top;
  for (SheetSymbol& symbol : symbols) {
    if (symbol.payload.carrier == Carrier::kBars) continue;
    const int width = symbol.area.width;
    bottom = std::max(bottom, top + symbol.area.height);
    Place(symbol, x, top);
    x += width + gap;
  }
  const auto facts_width = FactsWidth();
  if (!facts_width) return facts_width.fault();
  for (const std::string& fact : FactLines(content_)) {
    if (auto fault = PlaceText(fact, kFactMillimetres, false, x, *facts_width, -1)) return fault;
  }
  y_ = std::max(y_, bottom) + gap;
  for (const SheetSymbol& symbol : sheet_.symbols) {
    if (SaidByBars(symbols, symbol.payload.human_text)) continue;
    if (auto fault = PlaceText(symbol.payload.human_text, kHumanMillimetres, false,
                               Dots(kMarginMillimetres), content_width_, -1)) {
      return fault;
    }
  }
  return std::nullopt;
}

std::optional<ScanFault> SheetWriter::PlaceBars(SheetSymbol& bars) {
  const int gap = Dots(kGapMillimetres);
  const std::string human = bars.payload.human_text;
  y_ += gap;
  const int height = bars.area.height;
  const int x = Dots(kMarginMillimetres) + (content_width_ - bars.area.width) / 2;
  Place(bars, x, y_);
  y_ += height + gap / 2;
  return PlaceText(human, kHumanMillimetres, false, Dots(kMarginMillimetres), content_width_, 0);
}

Outcome<LabelSheet> SheetWriter::Write(const std::vector<CarrierPayload>& payloads) {
  std::vector<SheetSymbol> symbols;
  const int gap = Dots(kGapMillimetres);
  const auto facts_width = FactsWidth();
  if (!facts_width) return facts_width.fault();
  int row_width = *facts_width;
  int bars_width = 0;
  for (const CarrierPayload& payload : payloads) {
    auto symbol = Draw(payload);
    if (!symbol) return symbol.fault();
    const int width = symbol->area.width;
    if (payload.carrier == Carrier::kBars) {
      bars_width = width;
    } else {
      row_width += width + gap;
    }
    symbols.push_back(std::move(symbol).value());
  }
  content_width_ = std::max({row_width, bars_width, Dots(kWidthMillimetresMin)});
  const int margin = Dots(kMarginMillimetres);
  y_ = margin;
  if (auto fault = PlaceText(content_.name_fa, kNameMillimetres, true, margin, content_width_, 1))
    return *fault;
  if (auto fault = PlaceText(content_.name_en, kNameMillimetres, false, margin, content_width_, -1))
    return *fault;
  y_ += gap;
  if (auto fault = PlaceMatrixRow(symbols)) return *fault;
  for (SheetSymbol& symbol : symbols) {
    if (symbol.payload.carrier != Carrier::kBars) continue;
    if (auto fault = PlaceBars(symbol)) return *fault;
  }
  sheet_.width = content_width_ + 2 * margin;
  sheet_.height = y_ + margin;
  return std::move(sheet_);
}

}  // namespace

Outcome<LabelSheet> LayOutLabel(const LabelContent& content,
                                const std::vector<CarrierPayload>& payloads, int dots_per_inch) {
  if (dots_per_inch != kLabelDotsPerInch203 && dots_per_inch != kLabelDotsPerInch300) {
    return ScanFault{
        FaultKind::kBadLabelContent,
        "labels are drawn for 203 or 300 dots per inch, not " + std::to_string(dots_per_inch)};
  }
  return SheetWriter(content, dots_per_inch).Write(payloads);
}

}  // namespace radyab::scanner
