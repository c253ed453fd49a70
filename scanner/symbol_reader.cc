#include "scanner/symbol_reader.h"

#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "scanner/bar_pattern.h"
#include "scanner/enhancement_ladder.h"
#include "scanner/grey_passes.h"
#include "scanner/pass_agreement.h"
#include "scanner/reading_budget.h"
#include "scanner/symbol_harvest.h"
#include "scanner/symbol_locator.h"
#include "scanner/zxing_reader.h"

namespace radyab::scanner {
namespace {

constexpr std::int64_t kSearchedPixelsMax = 16'000'000;  // in larger ones no areas are sought
constexpr std::int64_t kLargePixels = 1'000'000;         // from here on areas are read first
constexpr std::array<int, 2> kBlockSides = {4, 12};      // of the search for areas
constexpr std::size_t kSecondLooksMax = 8;
constexpr std::int64_t kSecondLookPixelsMax = 60'000;
constexpr double kMuch = 0.3;   // of a picture
constexpr int kSurelyRead = 3;  // lines that say the same
// Remnants of symbols take turns too; a picture that shows still more of them is left.
constexpr int kTurnsMax = 2 * static_cast<int>(kSymbolsMax);

std::int64_t PixelCount(const GreyPicture& p) { return std::int64_t{p.width} * p.height; }

// The picture as it is, with full belief: what costs little first. DataBar has calls of its own.
std::optional<Symbol> ReadPlainly(const GreyPicture& picture, Effort effort_max,
                                  ReadingBudget& budget, PassAgreement& agreement) {
  struct NamedPlan {
    const char* step;
    ReadingPlan plan;
  };
  constexpr std::array<NamedPlan, 5> kPlans = {{
      {"plain quick bars", {SymbolSet::kLinear, Effort::kQuick, Threshold::kLocal, kSurelyRead}},
      {"plain quick DataBar", {SymbolSet::kDataBar, Effort::kQuick, Threshold::kLocal, 1}},
      {"plain quick matrix", {SymbolSet::kMatrix, Effort::kQuick, Threshold::kLocal, kSurelyRead}},
      {"plain thorough",
       {SymbolSet::kAllButDataBar, Effort::kThorough, Threshold::kLocal, kSurelyRead}},
      {"plain thorough DataBar", {SymbolSet::kDataBar, Effort::kThorough, Threshold::kLocal, 1}},
  }};
  for (const auto& [step, plan] : kPlans) {
    if (plan.effort > effort_max) break;
    auto symbol = budget.Measured(PixelCount(picture),
                                  [&, &plan = plan] { return ReadOneSymbol(picture, plan); });
    budget.StepDone(step, symbol.has_value());
    if (!symbol) continue;
    symbol->pass = "plain";
    // Bars whose message can be held against them are doubted when they do not look like it.
    const auto shown = ShownOf(picture, *symbol);
    if (shown && !agreement.Hear(*symbol, shown)) continue;
    return symbol;
  }
  return std::nullopt;
}

// Reads and takes out what shows itself in the picture as it is.
void ReadPlainSymbols(SymbolHarvest& harvest, ReadingBudget& budget, PassAgreement& agreement) {
  for (int turn = 0; turn < kTurnsMax; ++turn) {
    // After the first symbol often nothing is left that could be another.
    const bool done = !harvest.empty() && !MayShowSymbol(harvest.rest());
    budget.StepDone("nothing left?", false);
    if (done) return;
    // Of a symbol that fills much of its picture the picture was taken: what lies beside it is
    // looked for, but not as hard.
    const Effort effort = harvest.covered() < kMuch ? Effort::kThorough : Effort::kQuick;
    auto symbol = ReadPlainly(harvest.rest(), effort, budget, agreement);
    const bool more = symbol && harvest.Take(*std::move(symbol));
    budget.StepDone("taking out", false);
    if (!more) return;
  }
}

// Takes a symbol found in a made picture of `area` out, whose pixels are `scale` times as many.
void TakeFrom(SymbolHarvest& harvest, const PictureArea& area, double scale, Symbol symbol) {
  for (PixelPoint& p : symbol.position) {
    p = {static_cast<int>(std::lround(p.x / scale)) + area.left,
         static_cast<int>(std::lround(p.y / scale)) + area.top};
  }
  symbol.pass = "area";
  harvest.Take(std::move(symbol));
}

// Reads each busy area alone, by the first of the plans that reads it; answers those that none did.
template <std::size_t Count>
std::vector<PictureArea> ReadAreas(SymbolHarvest& harvest, int block_side,
                                   const std::array<ReadingPlan, Count>& plans) {
  std::vector<PictureArea> unread;
  for (PictureArea area : BusyAreas(harvest.rest(), block_side)) {
    const GreyPicture part = CutOut(harvest.rest(), &area, 2 * block_side);
    std::optional<Symbol> symbol;
    for (const ReadingPlan& plan : plans) {
      symbol = ReadOneSymbol(part, plan);
      if (symbol) break;
    }
    if (symbol) {
      TakeFrom(harvest, area, 1, *std::move(symbol));
    } else {
      unread.push_back(area);
    }
    if (harvest.full()) break;
  }
  return unread;
}

// In a large picture symbols are small, and cut out alone each costs little. Some of the areas that
// stay unread get a second look.
void ReadAreasOfLarge(SymbolHarvest& harvest) {
  constexpr ReadingPlan kQuick = {SymbolSet::kMatrix, Effort::kQuick, Threshold::kLocal,
                                  kSurelyRead};
  constexpr ReadingPlan kThorough = {SymbolSet::kMatrix, Effort::kThorough, Threshold::kLocal,
                                     kSurelyRead};
  auto unread = ReadAreas(harvest, kBlockSides[0], std::array{kQuick, kThorough});
  if (unread.size() > kSecondLooksMax) unread.resize(kSecondLooksMax);
  for (PictureArea area : unread) {
    if (harvest.full()) return;
    if (std::int64_t{area.width} * area.height > kSecondLookPixelsMax) continue;
    const GreyPicture part = CutOut(harvest.rest(), area);
    const std::array<std::pair<double, GreyPicture>, 3> looks = {
        {{2, EvenContrast(DoubleSize(part))},
         {1, Smoothed(part)},
         {2, Sharpened(DoubleSize(part))}}};
    for (const auto& [scale, made] : looks) {
      auto symbol = ReadOneSymbol(made, kThorough);
      if (!symbol) continue;
      TakeFrom(harvest, area, scale, *std::move(symbol));
      break;
    }
  }
}

// ZXing-cpp 1.4 sees a Data Matrix only where it crosses the middle lines of the picture: cut out
// alone, it lies in the middle. Only thoroughly are turned and long ones read.
void ReadOffCentre(SymbolHarvest& harvest) {
  constexpr std::array<ReadingPlan, 1> kPlans = {
      {{SymbolSet::kDataMatrix, Effort::kThorough, Threshold::kLocal, kSurelyRead}}};
  for (const int block_side : kBlockSides) {
    if (!harvest.full()) ReadAreas(harvest, block_side, kPlans);
  }
}

}  // namespace

std::optional<Symbol> ReadExpectedSymbol(const GreyPicture& picture, Symbology symbology) {
  const bool data_bar =
      symbology == Symbology::kDataBar || symbology == Symbology::kDataBarExpanded;
  SymbolSet set = IsLinear(symbology) ? SymbolSet::kLinear : SymbolSet::kMatrix;
  if (data_bar) set = SymbolSet::kDataBar;
  if (symbology == Symbology::kDataMatrix) set = SymbolSet::kDataMatrix;
  auto symbol = ReadOneSymbol(picture, {set, Effort::kQuick, Threshold::kLocal, kSurelyRead});
  if (!symbol || symbol->symbology != symbology) return std::nullopt;
  symbol->pass = "plain";
  return symbol;
}

FoundSymbols ReadSymbols(const GreyPicture& picture, int milliseconds_max,
                         const StepListener& listener) {
  if (IsOneGrey(picture)) return {};
  ReadingBudget budget(milliseconds_max);
  if (listener) budget.set_listener(listener);
  SymbolHarvest harvest(picture);
  const std::int64_t pixels = PixelCount(picture);
  const bool searched = pixels <= kSearchedPixelsMax;
  if (searched && pixels >= kLargePixels) ReadAreasOfLarge(harvest);
  budget.StepDone("areas of large", !harvest.empty());
  // Of a camera's frame in which nothing is left that could be a symbol, nothing more is wanted:
  // the next one comes soon. A single picture might show faint ones.
  const bool done = milliseconds_max <= kFrameMillisecondsMax && !MayShowSymbol(harvest.rest());
  if (harvest.full() || done) return harvest.found();
  PassAgreement agreement;
  ReadPlainSymbols(harvest, budget, agreement);
  if (harvest.full() || (!harvest.empty() && !MayShowSymbol(harvest.rest()))) {
    return harvest.found();
  }
  const std::size_t known = harvest.found().symbols.size();
  if (searched) ReadOffCentre(harvest);
  budget.StepDone("off centre", harvest.found().symbols.size() > known);
  if (!harvest.empty() && agreement.Waiting().empty()) return harvest.found();
  auto symbol = ReadMadePictures(harvest.rest(), budget, agreement);
  const bool believed = symbol.has_value();
  if (symbol && harvest.Take(*std::move(symbol))) ReadPlainSymbols(harvest, budget, agreement);
  FoundSymbols found = harvest.found();
  if (!believed) found.unproven = agreement.Waiting();
  return found;
}

}  // namespace radyab::scanner
