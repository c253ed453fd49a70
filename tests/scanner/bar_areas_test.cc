#include "scanner/bar_areas.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "scanner/picture_area.h"
#include "scanner/zxing_reader.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

GreyPicture Bars() {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == Symbology::kEan13) return OnPaper(DrawSample(sample), 60);
  }
  return {};
}

TEST(BarAreas, FindBarsAtAnyAngle) {
  const GreyPicture bars = Bars();
  for (int degrees = 0; degrees < 180; degrees += 11) {
    const GreyPicture turned = Turned(bars, degrees);
    const auto areas = FindBarAreas(turned);
    ASSERT_FALSE(areas.empty()) << degrees;
    const BarArea& area = areas.front();
    const double apart =
        std::remainder(area.angle - degrees * std::numbers::pi / 180, std::numbers::pi);
    EXPECT_NEAR(apart, 0, 0.03) << degrees << " degrees";
    EXPECT_NEAR(area.middle_x, turned.width / 2.0, 24) << degrees;
    EXPECT_NEAR(area.middle_y, turned.height / 2.0, 24) << degrees;
    EXPECT_NEAR(area.length, 95 * 4, 40) << degrees;
  }
}

TEST(BarAreas, FindNoneWhereNoDirectionPrevails) {
  EXPECT_TRUE(FindBarAreas(GreyPicture::Blank(1, 1)).empty());
  EXPECT_TRUE(FindBarAreas(GreyPicture::Blank(300, 200)).empty());
  EXPECT_TRUE(FindBarAreas(Grained(GreyPicture::Blank(300, 200, 128), 127, 3)).empty());
}

TEST(BarAreas, TellBarsFromMatrixSymbols) {
  EXPECT_TRUE(OneDirectionPrevails(Bars()));
  EXPECT_TRUE(OneDirectionPrevails(Turned(Bars(), 45)));
  EXPECT_FALSE(OneDirectionPrevails(DrawSample(SampleSymbols().front())));
  EXPECT_FALSE(OneDirectionPrevails(GreyPicture::Blank(40, 40)));
  EXPECT_FALSE(OneDirectionPrevails(GreyPicture::Blank(1, 1)));
}

TEST(BarAreas, CountTheTurnsOfALine) {
  GreyPicture line = GreyPicture::Blank(100, 1, 200);
  EXPECT_EQ(TurnCount(line), 0);
  for (int x = 0; x < 100; ++x) line.Row(0)[x] = x / 10 % 2 == 0 ? 200 : 40;
  EXPECT_EQ(TurnCount(line), 8) << "nine edges";
  for (int x = 0; x < 100; ++x) line.Row(0)[x] = static_cast<std::uint8_t>(100 + x % 4);
  EXPECT_EQ(TurnCount(line), 0) << "grain";
  const GreyPicture bars = Bars();
  EXPECT_EQ(TurnCount(UprightBars(bars, FindBarAreas(bars).front()).MeanLine(0.1, 0.5)), 59)
      << "30 bars have 60 edges";
  EXPECT_EQ(TurnCount(GreyPicture()), 0);
}

TEST(UprightBars, FillWithPaperWhatLiesOutsideThePicture) {
  GreyPicture bars = Bars();
  for (std::uint8_t& grey : bars.pixels) grey = static_cast<std::uint8_t>(grey / 2 + 20);
  // Cut at the first bar: what is added beside it must be paper, not more of the bar.
  PictureArea area = {60 + 40, 0, bars.width - 100, bars.height};
  while (bars.At(area.left, bars.height / 3) > 60) ++area.left, --area.width;
  const GreyPicture cut = CutOut(bars, area);
  const UprightBars upright(cut, FindBarAreas(cut).front());
  EXPECT_GT(upright.picture().At(0, upright.picture().height / 3), 120);
}

TEST(UprightBars, AreReadAlongTheirMeanLineThroughHeavyGrain) {
  constexpr std::uint32_t kSeed = 21;
  const GreyPicture turned = Grained(Turned(Bars(), 37), 80, kSeed);
  const ReadingPlan plan = {SymbolSet::kLinear, Effort::kThorough, Threshold::kLocal, 2};
  EXPECT_FALSE(ReadOneSymbol(turned, plan)) << "as it is nothing is read: the test tests nothing";
  bool read = false;
  for (const BarArea& area : FindBarAreas(turned)) {
    const UprightBars bars(turned, area);
    for (const auto& [from, to] : {std::pair(0.05, 0.5), std::pair(0.5, 0.95)}) {
      const auto symbol = ReadOneSymbol(bars.MeanLine(from, to), plan);
      read = read || (symbol && symbol->text == "6260100200302");
    }
  }
  EXPECT_TRUE(read) << "seed " << kSeed;
}

TEST(UprightBars, HaveTheirCornersWhereTheBarsAre) {
  const GreyPicture bars = Bars();
  const auto areas = FindBarAreas(bars);
  ASSERT_FALSE(areas.empty());
  const UprightBars upright(bars, areas.front());
  const Quad corners = upright.Corners(0, upright.picture().width);
  const int middle_x = (corners[0].x + corners[2].x) / 2;
  const int middle_y = (corners[0].y + corners[2].y) / 2;
  EXPECT_NEAR(middle_x, bars.width / 2, 12);
  EXPECT_NEAR(middle_y, bars.height / 2, 24) << "guard bars are longer than the others";
  EXPECT_LT(corners[0].x, corners[1].x);
  EXPECT_LT(corners[0].y, corners[3].y);
}

}  // namespace
}  // namespace radyab::scanner
