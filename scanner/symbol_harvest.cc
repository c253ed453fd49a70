#include "scanner/symbol_harvest.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "scanner/symbol_area.h"
#include "scanner/zxing_reader.h"

namespace radyab::scanner {
namespace {

// Where an add-on lies beyond the end of its symbol, in parts of the symbol's length (7 to 12
// modules of 95 behind it begin 20 or 47 modules of bars; GS1 General Specifications, 5.2.2.5).
constexpr double kBeyondBegin = 0.03;
constexpr double kBeyondEnd = 0.55;
constexpr int kBeyondSamples = 160;
constexpr int kBeyondContrast = 32;

// Gives the symbol its whole area, and paints that area over in `rest`. False when the symbol has
// no place, so that nothing can be painted over.
bool TakeOut(GreyPicture& rest, Symbol& symbol) {
  const bool bars = IsLinear(symbol.symbology);
  if (bars) symbol.position = WholeBars(rest, symbol.position);
  const bool placed = !IsFlat(symbol.position);
  if (!placed) {
    symbol.position = {
        {{0, 0}, {rest.width - 1, 0}, {rest.width - 1, rest.height - 1}, {0, rest.height - 1}}};
  }
  symbol.position = Inside(rest, symbol.position);
  if (placed) {
    // Paper, not white: an edge where there was none would look like a part of a symbol.
    const Quad area = Grown(symbol.position, bars ? 1.06 : 1.12);
    Paint(rest, area, PaperAround(rest, area));
  }
  return placed;
}

double Side(const Quad& quad, std::size_t from, std::size_t to) {
  return std::hypot(quad[to].x - quad[from].x, quad[to].y - quad[from].y);
}

// True when `later` is what was left of `earlier` after painting over: the same message (its add-on
// may be missing), so close that no second label fits between. Stacked DataBar is reported with a
// piece of its area only, so there the message alone decides.
bool IsRemnantOf(const Symbol& earlier, const Symbol& later) {
  if (earlier.symbology != later.symbology || !earlier.text.starts_with(later.text)) return false;
  if (earlier.symbology == Symbology::kDataBar ||
      earlier.symbology == Symbology::kDataBarExpanded) {
    return true;
  }
  if (HoldsMiddle(earlier.position, later.position)) return true;
  if (!IsLinear(earlier.symbology)) return false;
  const QuadMiddle a = MiddleOf(earlier.position);
  const QuadMiddle b = MiddleOf(later.position);
  const double half_heights = (Side(earlier.position, 0, 3) + Side(later.position, 0, 3)) / 2;
  return std::hypot(a.x - b.x, a.y - b.y) < half_heights + 0.1 * Side(earlier.position, 0, 1) + 4;
}

bool IsRemnant(const std::vector<Symbol>& symbols, const Symbol& symbol) {
  return std::any_of(symbols.begin(), symbols.end(),
                     [&symbol](const Symbol& earlier) { return IsRemnantOf(earlier, symbol); });
}

// True when something light and dark lies beyond one of the ends of the symbol's middle line, where
// an add-on would be.
bool ShowsMoreBeyond(const GreyPicture& picture, const Quad& quad) {
  const double x0 = (quad[0].x + quad[3].x) / 2.0, y0 = (quad[0].y + quad[3].y) / 2.0;
  const double x1 = (quad[1].x + quad[2].x) / 2.0, y1 = (quad[1].y + quad[2].y) / 2.0;
  for (const bool right : {true, false}) {
    int least = 255;
    int most = 0;
    for (int i = 0; i <= kBeyondSamples; ++i) {
      const double part = kBeyondBegin + (kBeyondEnd - kBeyondBegin) * i / kBeyondSamples;
      const double along = right ? 1 + part : -part;
      const int x = static_cast<int>(std::lround(x0 + (x1 - x0) * along));
      const int y = static_cast<int>(std::lround(y0 + (y1 - y0) * along));
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
      least = std::min<int>(least, picture.At(x, y));
      most = std::max<int>(most, picture.At(x, y));
    }
    if (most - least >= kBeyondContrast) return true;
  }
  return false;
}

void AppendAddOn(const GreyPicture& picture, Symbol& symbol) {
  const bool may_have =
      symbol.symbology == Symbology::kEan13 || symbol.symbology == Symbology::kUpcA;
  if (!may_have || !ShowsMoreBeyond(picture, symbol.position)) return;
  const std::string digits = ReadAddOn(picture, symbol);
  if (digits.empty()) return;
  symbol.text += digits;
  symbol.raw += digits;
  symbol.aim = "]E3";
}

double AreaOf(const Quad& quad) {
  double twice = 0;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    const PixelPoint& a = quad[i];
    const PixelPoint& b = quad[(i + 1) % quad.size()];
    twice += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
  }
  return std::abs(twice) / 2;
}

}  // namespace

double SymbolHarvest::covered() const {
  double area = 0;
  for (const Symbol& symbol : found_.symbols) area += AreaOf(symbol.position);
  return area / std::max(1.0, static_cast<double>(rest_.width) * rest_.height);
}

bool SymbolHarvest::Take(Symbol symbol) {
  AppendAddOn(rest_, symbol);
  const bool placed = TakeOut(rest_, symbol);
  if (IsRemnant(found_.symbols, symbol)) return placed;
  found_.truncated = found_.symbols.size() >= kSymbolsMax;
  if (!found_.truncated) found_.symbols.push_back(std::move(symbol));
  return placed && !found_.truncated;
}

}  // namespace radyab::scanner
