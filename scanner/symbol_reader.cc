#include "scanner/symbol_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "scanner/grey_passes.h"
#include "scanner/pass_agreement.h"
#include "scanner/symbol_area.h"
#include "scanner/symbol_locator.h"
#include "scanner/zxing_reader.h"

namespace radyab::scanner {
namespace {

constexpr std::int64_t kDoubledPixelsMax = 1'500'000;    // larger pictures are not doubled
constexpr std::int64_t kMadePixelsMax = 6'000'000;       // larger pictures are only halved
constexpr std::int64_t kSearchedPixelsMax = 16'000'000;  // in larger ones no areas are sought
constexpr int kHalvedSideMin = 100;                      // smaller pictures are not halved
constexpr std::array<int, 2> kBlockSides = {4, 12};      // of the search for areas
constexpr int kSurelyRead = 3;                           // lines that say the same
constexpr int kPerhapsRead = 2;
// Remnants of symbols take turns too; a picture that shows still more of them is left.
constexpr int kTurnsMax = 2 * static_cast<int>(kSymbolsMax);

// A picture made from the picture, and how its places map back: old = new * numerator /
// denominator.
struct MadePicture {
  GreyPicture picture;
  int numerator = 1;
  int denominator = 1;
};

struct Pass {
  const char* name;
  Threshold threshold;
  std::optional<MadePicture> (*make)(const GreyPicture&);
};

std::int64_t PixelCount(const GreyPicture& p) { return std::int64_t{p.width} * p.height; }

template <GreyPicture (*Change)(const GreyPicture&)>
std::optional<MadePicture> SameSize(const GreyPicture& picture) {
  if (PixelCount(picture) > kMadePixelsMax) return std::nullopt;
  return MadePicture{Change(picture)};
}

GreyPicture Unchanged(const GreyPicture& picture) { return picture; }
GreyPicture InvertedEven(const GreyPicture& picture) { return EvenContrast(Inverted(picture)); }

std::optional<MadePicture> Halved(const GreyPicture& picture) {
  if (picture.width < kHalvedSideMin || picture.height < kHalvedSideMin) return std::nullopt;
  return MadePicture{HalfSize(picture), 2, 1};
}

std::optional<MadePicture> Doubled(const GreyPicture& picture) {
  if (PixelCount(picture) > kDoubledPixelsMax) return std::nullopt;
  return MadePicture{EvenContrast(DoubleSize(picture)), 1, 2};
}

std::optional<MadePicture> DoubledSharp(const GreyPicture& picture) {
  if (PixelCount(picture) > kDoubledPixelsMax) return std::nullopt;
  return MadePicture{Sharpened(EvenContrast(DoubleSize(picture))), 1, 2};
}

// In the order of what they win for their time on photographs (docs/scanner.md).
constexpr std::array<Pass, 10> kPasses = {{
    {"even", Threshold::kLocal, SameSize<EvenContrast>},
    {"half", Threshold::kLocal, Halved},
    {"twice", Threshold::kLocal, Doubled},
    {"plain2", Threshold::kLocal, SameSize<Unchanged>},
    {"global", Threshold::kGlobal, SameSize<Unchanged>},
    {"half-global", Threshold::kGlobal, Halved},
    {"sharp", Threshold::kLocal, SameSize<Sharpened>},
    {"twice-sharp", Threshold::kLocal, DoubledSharp},
    {"inverted", Threshold::kLocal, SameSize<Inverted>},
    {"inverted-even", Threshold::kLocal, SameSize<InvertedEven>},
}};

void MapBack(Symbol& symbol, const MadePicture& made) {
  for (PixelPoint& p : symbol.position) {
    p.x = p.x * made.numerator / made.denominator;
    p.y = p.y * made.numerator / made.denominator;
  }
}

// The picture as it is, with full belief: quickly, thoroughly, and DataBar in its own call.
std::optional<Symbol> ReadPlainly(const GreyPicture& picture) {
  constexpr std::array<ReadingPlan, 3> kPlans = {{
      {SymbolSet::kAllButDataBar, Effort::kQuick, Threshold::kLocal, kSurelyRead},
      {SymbolSet::kAllButDataBar, Effort::kThorough, Threshold::kLocal, kSurelyRead},
      {SymbolSet::kDataBar, Effort::kThorough, Threshold::kLocal, 1},
  }};
  for (const ReadingPlan& plan : kPlans) {
    if (auto symbol = ReadOneSymbol(picture, plan)) {
      symbol->pass = "plain";
      return symbol;
    }
  }
  return std::nullopt;
}

// The pictures made from it, until one of their symbols is believed.
std::optional<Symbol> ReadMadePictures(const GreyPicture& picture) {
  PassAgreement agreement;
  for (const Pass& pass : kPasses) {
    const auto made = pass.make(picture);
    if (!made) continue;
    for (const SymbolSet set : {SymbolSet::kAllButDataBar, SymbolSet::kDataBar}) {
      auto symbol =
          ReadOneSymbol(made->picture, {set, Effort::kThorough, pass.threshold, kPerhapsRead});
      if (!symbol) continue;
      symbol->pass = pass.name;
      MapBack(*symbol, *made);
      if (auto believed = agreement.Hear(*symbol)) return believed;
    }
  }
  return std::nullopt;
}

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
  if (placed) Paint(rest, Grown(symbol.position, bars ? 1.06 : 1.12), 255);
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

void AppendAddOn(const GreyPicture& picture, Symbol& symbol) {
  const std::string digits = ReadAddOn(picture, symbol);
  if (digits.empty()) return;
  symbol.text += digits;
  symbol.raw += digits;
  symbol.aim = "]E3";
}

// Adds what is not a remnant. False when the list was full: then it is marked, and the search ends.
bool Keep(FoundSymbols& found, const Symbol& symbol) {
  if (IsRemnant(found.symbols, symbol)) return true;
  found.truncated = found.symbols.size() >= kSymbolsMax;
  if (!found.truncated) found.symbols.push_back(symbol);
  return !found.truncated;
}

// Reads and takes out what shows itself in the picture as it is.
void ReadPlainSymbols(GreyPicture& rest, FoundSymbols& found) {
  for (int turn = 0; turn < kTurnsMax; ++turn) {
    auto symbol = ReadPlainly(rest);
    if (!symbol) return;
    AppendAddOn(rest, *symbol);
    const bool placed = TakeOut(rest, *symbol);
    if (!Keep(found, *symbol) || !placed) return;
  }
}

// ZXing-cpp 1.4 sees a Data Matrix only where it crosses the middle lines of the picture: cut out
// alone, it lies in the middle. Only thoroughly are turned and long ones read.
void ReadOffCentre(GreyPicture& rest, FoundSymbols& found) {
  if (PixelCount(rest) > kSearchedPixelsMax) return;
  for (const int block_side : kBlockSides) {
    for (PictureArea area : BusyAreas(rest, block_side)) {
      const GreyPicture part = CutOut(rest, &area, 2 * block_side);
      auto symbol = ReadOneSymbol(part, {SymbolSet::kDataMatrix, Effort::kThorough});
      if (!symbol) continue;
      for (PixelPoint& p : symbol->position) p = {p.x + area.left, p.y + area.top};
      symbol->pass = "area";
      TakeOut(rest, *symbol);
      if (!Keep(found, *symbol)) return;
    }
  }
}

}  // namespace

FoundSymbols ReadSymbols(const GreyPicture& picture) {
  FoundSymbols found;
  GreyPicture rest = picture;
  ReadPlainSymbols(rest, found);
  if (!found.truncated) ReadOffCentre(rest, found);
  if (!found.symbols.empty()) return found;
  if (auto symbol = ReadMadePictures(rest)) {
    AppendAddOn(rest, *symbol);
    const bool placed = TakeOut(rest, *symbol);
    Keep(found, *symbol);
    if (placed) ReadPlainSymbols(rest, found);
  }
  return found;
}

}  // namespace radyab::scanner
