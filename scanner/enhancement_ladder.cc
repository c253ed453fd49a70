#include "scanner/enhancement_ladder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "scanner/bar_areas.h"
#include "scanner/bar_pattern.h"
#include "scanner/grey_passes.h"
#include "scanner/matrix_areas.h"
#include "scanner/matrix_grid.h"
#include "scanner/pass_agreement.h"
#include "scanner/symbol_locator.h"
#include "scanner/zxing_reader.h"

namespace radyab::scanner {
namespace {

constexpr std::int64_t kEnlargedPixelsMax = 6'000'000;  // larger pictures are not made
// Symbols that must be enlarged are small, and in a large picture cut out before.
constexpr std::int64_t kEnlargedWholeMax = 200'000;
constexpr int kShrunkSideMin = 50;  // smaller ones neither
constexpr int kPerhapsRead = 2;     // lines of a made-up picture that agree
constexpr int kMargin = 20;
constexpr std::array<int, 2> kBlockSides = {12, 4};  // of the search for areas
constexpr std::size_t kAreasReadMax = 3;             // the largest, of each search
constexpr std::int64_t kAreaPixelsMax = 150'000;     // larger ones are not doubled
constexpr int kAreaMargin = 8;
constexpr double kSameArea = 0.7;
constexpr int kReadSideMax = 360;     // pixels of a matrix symbol set upright to be read
constexpr int kRedrawnSideMax = 360;  // and to be redrawn
constexpr double kFilledMin = 0.4;    // of a matrix symbol's blocks hold light and dark
constexpr int kSureTurnsMin = 30;     // the shortest symbols have about as many, print has fewer
constexpr int kBarTurnsMin = 8;       // the shortest symbols have three times as many
constexpr int kBandsMax = 40;         // mean lines of the whole height of bars
constexpr double kBlurOfBars = 3;     // of a mean line, in its pixels

std::int64_t PixelCount(const GreyPicture& p) { return std::int64_t{p.width} * p.height; }

using Change = GreyPicture (*)(const GreyPicture&);

GreyPicture Unchanged(const GreyPicture& p) { return p; }
GreyPicture Margin(const GreyPicture& p) { return WithMargin(p, kMargin); }
GreyPicture Sharp(const GreyPicture& p) { return Sharpened(p); }
GreyPicture VerySharp(const GreyPicture& p) { return Sharpened(p, 3, 2); }
GreyPicture SharpEven(const GreyPicture& p) { return EvenContrast(VerySharp(p)); }
GreyPicture InTwo(const GreyPicture& p) { return BlackAndWhite(p, 61); }

// A way to look at the whole picture: what is done before it is resized, and after.
struct Look {
  const char* name;
  Change before;
  double scale;
  Change after;
  int margin = 0;               // that the changes add, in pixels of the made picture
  bool both_thresholds = true;  // matrix symbols are sought with a global threshold too
};

// In the order of what they win for their time on photographs (docs/scanner.md).
constexpr std::array<Look, 6> kCheapLooks = {{
    {"two-thirds", Unchanged, 0.66, Unchanged, 0, false},
    {"half-even", Unchanged, 0.5, EvenContrast, 0, false},
    {"black-white", Unchanged, 1, InTwo, 0, false},
    {"even", EvenContrast, 1, Unchanged, 0, false},
    {"third", Unchanged, 0.33, Unchanged},
    {"half-inverted", Inverted, 0.5, Unchanged},
}};
constexpr std::array<Look, 10> kDearLooks = {{
    {"larger", Unchanged, 1.5, Unchanged},
    {"margin", EvenContrast, 1, Margin, kMargin},
    {"smooth", Unchanged, 1, Smoothed, 0, false},
    {"inverted", Inverted, 1, EvenContrast, 0, false},
    {"twice-black-white", Unchanged, 2, InTwo, 0, false},
    {"twice-even", Unchanged, 2, EvenContrast, 0, false},
    {"twice-sharp", Unchanged, 2, VerySharp, 0, false},
    {"twice-sharp-even", Unchanged, 2, SharpEven, 0, false},
    {"twice-no-shadows", WithoutShadows, 2, Sharp, 0, false},
    {"thrice", Unchanged, 3, EvenContrast},
}};

// Pixels that both areas hold, as a part of those of the larger one.
double SharedPart(const PictureArea& a, const PictureArea& b) {
  const int wide = std::min(a.left + a.width, b.left + b.width) - std::max(a.left, b.left);
  const int high = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
  if (wide <= 0 || high <= 0) return 0;
  const double larger = std::max(double(a.width) * a.height, double(b.width) * b.height);
  return wide * double(high) / larger;
}

// For the listener: what a step looked for.
const char* WhatIsSought(const ReadingPlan& plan) {
  switch (plan.set) {
    case SymbolSet::kLinear:
      return " bars";
    case SymbolSet::kRetail:
      return " retail";
    case SymbolSet::kDataBar:
      return " DataBar";
    default:
      return plan.threshold == Threshold::kGlobal ? " matrix global" : " matrix";
  }
}

// Climbs the rungs: each reading is measured, and what is read is heard or believed.
class Climb {
 public:
  Climb(const GreyPicture& picture, ReadingBudget& budget, PassAgreement& agreement);

  const std::optional<Symbol>& believed() const { return believed_; }
  // True when the climb is at its end: a symbol is believed, or the time is spent.
  bool over() const { return over_; }
  bool bars_surely() const { return bars_surely_; }

  // One reading of a made picture; `back` maps the places of a symbol to the picture. The name is
  // that of the look: one look has one vote, however often it reads. `shown` tells how well what
  // was photographed shows a symbol, given with its places in the made picture.
  template <class Back, class Shown>
  void Read(const char* name, const GreyPicture& made, const ReadingPlan& plan, Back back,
            Shown shown) {
    if (over_) return;
    over_ = !budget_.Affords(PixelCount(made));
    if (over_) return;
    auto symbol = budget_.Measured(PixelCount(made), [&] { return ReadOneSymbol(made, plan); });
    budget_.StepDone(std::string(name) + WhatIsSought(plan), symbol.has_value());
    if (!symbol) return;
    symbol->pass = name;
    const auto how_well = shown(*symbol);
    back(*symbol);
    if (plan.line_count_min < kPerhapsRead && how_well.value_or(0) < kSurelyShown) return;
    believed_ = agreement_.Hear(*symbol, how_well);
    over_ = believed_.has_value();
  }
  template <class Back>
  void Read(const char* name, const GreyPicture& made, const ReadingPlan& plan, Back back) {
    Read(name, made, plan, back, [&](Symbol symbol) {
      back(symbol);
      return ShownOf(picture_, symbol);
    });
  }

  void ReadLook(const Look& look);
  void ReadMatrixAreas();
  void ReadUprightBars();
  void ReadOutlines();

 private:
  const std::vector<PictureArea>& Areas();

  const GreyPicture& picture_;
  ReadingBudget& budget_;
  PassAgreement& agreement_;
  std::vector<UprightBars> bars_;                  // that may be a symbol
  bool bars_surely_ = false;                       // some of them are one
  std::optional<std::vector<PictureArea>> areas_;  // sought when first asked for
  std::optional<Symbol> believed_;
  bool over_ = false;
};

// Bars that turn too seldom in their upper or their lower half are none: a fence, a line of print.
Climb::Climb(const GreyPicture& picture, ReadingBudget& budget, PassAgreement& agreement)
    : picture_(picture), budget_(budget), agreement_(agreement) {
  for (const BarArea& area : FindBarAreas(picture_)) {
    UprightBars bars(picture_, area);
    const int turns =
        std::min(TurnCount(bars.MeanLine(0.05, 0.5)), TurnCount(bars.MeanLine(0.5, 0.95)));
    if (turns < kBarTurnsMin) continue;
    bars_surely_ = bars_surely_ || turns >= kSureTurnsMin;
    bars_.push_back(std::move(bars));
  }
  budget_.StepDone("bars sought", !bars_.empty());
}

ReadingPlan PlanOf(SymbolSet set, Threshold threshold = Threshold::kLocal) {
  return {set, Effort::kThorough, threshold, kPerhapsRead};
}

void Climb::ReadLook(const Look& look) {
  const double shorter = std::min(picture_.width, picture_.height) * look.scale;
  const double pixels = static_cast<double>(PixelCount(picture_)) * look.scale * look.scale;
  if (over_ || (look.scale < 1 && shorter < kShrunkSideMin) || pixels > kEnlargedPixelsMax) return;
  if (look.scale > 1 && PixelCount(picture_) > kEnlargedWholeMax) return;
  const GreyPicture before = look.before(picture_);
  const GreyPicture made = look.after(look.scale == 1 ? before : Resized(before, look.scale));
  const auto back = [&look](Symbol& symbol) {
    for (PixelPoint& p : symbol.position) {
      p.x = static_cast<int>(std::lround((p.x - look.margin) / look.scale));
      p.y = static_cast<int>(std::lround((p.y - look.margin) / look.scale));
    }
  };
  // To symbols made of bars both thresholds are one.
  for (const SymbolSet set : {SymbolSet::kLinear, SymbolSet::kDataBar}) {
    if (bars_.empty()) break;
    const Effort effort = set == SymbolSet::kLinear ? Effort::kUpright : Effort::kThorough;
    Read(look.name, made, {set, effort, Threshold::kLocal, kPerhapsRead}, back);
  }
  if (bars_surely_ && look.scale > 1) return;
  Read(look.name, made, PlanOf(SymbolSet::kMatrix), back);
  if (look.both_thresholds) {
    Read(look.name, made, PlanOf(SymbolSet::kMatrix, Threshold::kGlobal), back);
  }
}

// Where matrix symbols may lie: the largest busy areas of each search.
const std::vector<PictureArea>& Climb::Areas() {
  if (areas_) return *areas_;
  std::vector<PictureArea>& areas = areas_.emplace();
  for (const int side : kBlockSides) {
    const auto busy = BusyAreas(picture_, side);
    for (std::size_t i = 0; i < std::min(busy.size(), kAreasReadMax); ++i) {
      const bool known = std::any_of(areas.begin(), areas.end(), [&](const PictureArea& other) {
        return SharedPart(other, busy[i]) > kSameArea;
      });
      if (!known && !OneDirectionPrevails(CutOut(picture_, busy[i]))) areas.push_back(busy[i]);
    }
  }
  return areas;
}

// A matrix symbol that is small in its picture, or off its middle, is looked at alone.
void Climb::ReadMatrixAreas() {
  for (PictureArea area : Areas()) {
    const GreyPicture part = CutOut(picture_, &area, kAreaMargin);
    const std::array<std::pair<double, Change>, 3> looks = {
        {{1, EvenContrast}, {2, EvenContrast}, {1, Smoothed}}};
    for (const auto& [scale, change] : looks) {
      if (scale > 1 && PixelCount(part) > kAreaPixelsMax) continue;
      const GreyPicture made = change(scale == 1 ? part : Resized(part, scale));
      Read("area", made, PlanOf(SymbolSet::kMatrix), [&area, scale = scale](Symbol& symbol) {
        for (PixelPoint& p : symbol.position) {
          p.x = static_cast<int>(std::lround(p.x / scale)) + area.left;
          p.y = static_cast<int>(std::lround(p.y / scale)) + area.top;
        }
      });
    }
  }
}

// Bars at any angle, set upright: as they are; the mean lines of their upper and their lower half,
// which share no pixel, with the blur of the lens taken back; and some tens of mean lines, whose
// upper and lower half are looked at in many ways, since so few pixels cost little.
void Climb::ReadUprightBars() {
  for (const UprightBars& bars : bars_) {
    // `seen` is what `made` was made from, perhaps in another size.
    const auto read = [&](const std::string& name, const GreyPicture& made,
                          const GreyPicture& seen) {
      const auto back = [&](Symbol& symbol) {
        const double wider = static_cast<double>(bars.picture().width) / made.width;
        symbol.position = bars.Corners(symbol.position[0].x * wider, symbol.position[1].x * wider);
      };
      const auto shown = [&](Symbol symbol) {
        for (PixelPoint& p : symbol.position) {
          p = {p.x * seen.width / made.width, p.y * seen.height / made.height};
        }
        return ShownOf(seen, symbol);
      };
      for (const SymbolSet set : {SymbolSet::kLinear, SymbolSet::kDataBar}) {
        Read(name.c_str(), made, {set, Effort::kUpright, Threshold::kLocal, kPerhapsRead}, back,
             shown);
      }
      // One line is no vote, but may say what the picture then surely shows.
      Read(name.c_str(), made, {SymbolSet::kRetail, Effort::kUpright, Threshold::kLocal, 1}, back,
           shown);
    };
    read("upright", bars.picture(), bars.picture());
    const GreyPicture upper = bars.MeanLine(0.05, 0.5);
    const GreyPicture lower = bars.MeanLine(0.5, 0.95);
    read("upper", Sharpened(upper, kBlurOfBars, 2), upper);
    read("lower", Sharpened(lower, kBlurOfBars, 2), lower);
    const GreyPicture bands = bars.Bands(kBandsMax);
    if (over_) return;
    const auto read_halves = [&](const std::string& name, const GreyPicture& made) {
      for (const bool first : {true, false}) {
        const auto half = [first](const GreyPicture& p) {
          const int middle = p.height / 2;
          return CutOut(p, {0, first ? 0 : middle, p.width, first ? middle : p.height - middle});
        };
        read(name + (first ? "-upper" : "-lower"), half(made), half(bands));
      }
    };
    read_halves("bands", bands);
    read_halves("bands-even", EvenContrast(bands));
    read_halves("bands-black-white", InTwo(bands));
    read_halves("bands-sharp", Sharpened(bands, kBlurOfBars, 2));
    read_halves("bands-sharper", Sharpened(bands, 2, 4));
    read_halves("bands-sharp-large", Sharpened(Resized(bands, 2), kBlurOfBars, 2));
    if (PixelCount(bars.picture()) <= kAreaPixelsMax) {
      read("upright-even-large", EvenContrast(Resized(bars.picture(), 2)), bars.picture());
    }
    read_halves("bands-half", EvenContrast(Resized(bands, 0.5)));
    read_halves("bands-smooth", Smoothed(bands));
    read_halves("bands-no-shadows", WithoutShadows(bands));
    read_halves("bands-inverted", Inverted(bands));
  }
}

// Matrix symbols seen askew or bent, set upright by their outlines.
void Climb::ReadOutlines() {
  if (over_ || bars_surely_) return;
  std::vector<PictureArea> areas = Areas();
  const PictureArea whole = {0, 0, picture_.width, picture_.height};
  const bool known = std::any_of(areas.begin(), areas.end(), [&whole](const PictureArea& area) {
    return SharedPart(area, whole) > kSameArea;
  });
  const bool small = PixelCount(picture_) <= kEnlargedPixelsMax;
  if (!known && small && !OneDirectionPrevails(picture_)) areas.push_back(whole);
  for (PictureArea area : areas) {
    CutOut(picture_, &area, kAreaMargin);
    for (const Corners& corners : FindOutlines(picture_, area)) {
      const UprightMatrix square(picture_, corners, true, kReadSideMax);
      if (BusyPart(CutOut(square.picture(), square.inside())) < kFilledMin) continue;
      const auto back = [&square](Symbol& symbol) { symbol.position = square.Outline(); };
      Read("outline", square.picture(), PlanOf(SymbolSet::kMatrix), back);
      if (over_) return;
      const UprightMatrix upright(picture_, corners, false, kRedrawnSideMax);
      for (const GreyPicture& drawn : RedrawnMatrix(upright.picture(), upright.inside())) {
        Read("redrawn", drawn, PlanOf(SymbolSet::kMatrix), back);
      }
    }
  }
}

}  // namespace

std::optional<Symbol> ReadMadePictures(const GreyPicture& picture, ReadingBudget& budget,
                                       PassAgreement& agreement) {
  Climb climb(picture, budget, agreement);
  if (climb.bars_surely()) climb.ReadUprightBars();
  climb.ReadMatrixAreas();
  if (!climb.bars_surely()) climb.ReadUprightBars();
  for (const Look& look : kCheapLooks) climb.ReadLook(look);
  climb.ReadOutlines();
  for (const Look& look : kDearLooks) climb.ReadLook(look);
  return climb.believed();
}

}  // namespace radyab::scanner
