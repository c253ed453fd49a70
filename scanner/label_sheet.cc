#include "scanner/label_sheet.h"

#include <algorithm>
#include <utility>

#include "scanner/label_symbol.h"
#include "scanner/label_text.h"

namespace radyab::scanner {
namespace {

constexpr double kMarginMillimetres = 2.0;
constexpr double kGapMillimetres = 1.5;
constexpr double kWidthMillimetresMin = 50.0;
constexpr double kNameMillimetres = 3.4;
constexpr double kFactMillimetres = 2.8;
constexpr double kHumanMillimetres = 2.4;

// What is printed larger here than the least that a reader wants.
constexpr double kBarModuleMillimetres = 0.330;

// Places things from the top down; all measures in dots.
class SheetWriter {
 public:
  SheetWriter(const LabelContent& content, int dots_per_inch) : content_(content) {
    sheet_.dots_per_inch = dots_per_inch;
  }

  int Dots(double millimetres) const { return DotsOf(millimetres, sheet_.dots_per_inch); }

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

Outcome<SheetSymbol> SheetWriter::Draw(const CarrierPayload& payload) const {
  const SymbolSize size = SizeOfCarrier(payload.carrier, content_.kind == LabelKind::kContainer);
  const double module =
      IsBars(payload.carrier) ? std::max(kBarModuleMillimetres, size.module_min) : size.module_min;
  return DrawAtModule(payload, size, DotsAtLeast(module, sheet_.dots_per_inch),
                      sheet_.dots_per_inch);
}

void SheetWriter::Place(SheetSymbol& symbol, int x, int y) {
  MoveSymbol(symbol, x, y);
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
    return IsBars(symbol.payload.carrier) && symbol.payload.human_text == human_text;
  });
}

// The matrix symbols side by side, the facts right of them.
std::optional<ScanFault> SheetWriter::PlaceMatrixRow(std::vector<SheetSymbol>& symbols) {
  const int gap = Dots(kGapMillimetres);
  const int top = y_;
  int x = Dots(kMarginMillimetres);
  int bottom = top;
  for (SheetSymbol& symbol : symbols) {
    if (IsBars(symbol.payload.carrier)) continue;
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
    if (IsBars(payload.carrier)) {
      bars_width = std::max(bars_width, width);
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
    if (!IsBars(symbol.payload.carrier)) continue;
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
