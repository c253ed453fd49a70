#include "scanner/symbol_locator.h"

#include <gtest/gtest.h>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

// A white picture with noise in some areas.
GreyPicture Noisy(int width, int height, const std::vector<PictureArea>& areas) {
  GreyPicture picture = GreyPicture::Blank(width, height);
  const GreyPicture noise = Grained(GreyPicture::Blank(width, height, 128), 127, 11);
  for (const PictureArea& area : areas) {
    for (int y = area.top; y < area.top + area.height; ++y) {
      for (int x = area.left; x < area.left + area.width; ++x) picture.Row(y)[x] = noise.At(x, y);
    }
  }
  return picture;
}

TEST(SymbolLocator, FindsSeparateAreasTheLargestFirst) {
  const auto areas = BusyAreas(Noisy(400, 300, {{40, 40, 60, 60}, {200, 120, 100, 80}}), 4);
  ASSERT_EQ(areas.size(), 2U);
  EXPECT_NEAR(areas[0].left, 200, 4);
  EXPECT_NEAR(areas[0].width, 100, 8);
  EXPECT_NEAR(areas[1].top, 40, 4);
}

TEST(SymbolLocator, FindsAreasFiveTimesAsLongAsWideAndNoLongerOnes) {
  EXPECT_EQ(BusyAreas(Noisy(400, 300, {{40, 40, 200, 40}}), 4).size(), 1U);
  EXPECT_EQ(BusyAreas(Noisy(400, 300, {{40, 40, 40, 200}}), 4).size(), 1U);
  EXPECT_TRUE(BusyAreas(Noisy(400, 300, {{40, 40, 248, 40}}), 4).empty());
}

TEST(SymbolLocator, PassesOverLinesOfTextDotsAndTheWholePicture) {
  EXPECT_TRUE(BusyAreas(Noisy(400, 300, {{40, 40, 300, 20}}), 4).empty());
  EXPECT_TRUE(BusyAreas(Noisy(400, 300, {{40, 40, 8, 8}}), 4).empty());
  EXPECT_TRUE(BusyAreas(Noisy(400, 300, {{0, 0, 400, 300}}), 4).empty());
  EXPECT_TRUE(BusyAreas(GreyPicture::Blank(3, 3), 4).empty());
  EXPECT_TRUE(BusyAreas(GreyPicture::Blank(400, 300), 4).empty());
}

TEST(SymbolLocator, AnswersAtMostItsLimit) {
  std::vector<PictureArea> areas;
  for (int i = 0; i < kAreasMax + 6; ++i)
    areas.push_back({i % 10 * 60 + 8, i / 10 * 60 + 8, 24, 24});
  EXPECT_EQ(BusyAreas(Noisy(620, 500, areas), 4).size(), static_cast<std::size_t>(kAreasMax));
}

TEST(SymbolLocator, TellsWhetherSomethingMayBeASymbol) {
  EXPECT_TRUE(MayShowSymbol(Noisy(400, 300, {{40, 40, 30, 12}})));
  EXPECT_FALSE(MayShowSymbol(Noisy(400, 300, {{40, 40, 10, 3}}))) << "a speck";
  EXPECT_FALSE(MayShowSymbol(GreyPicture::Blank(400, 300)));
  EXPECT_FALSE(MayShowSymbol(GreyPicture::Blank(1, 1)));
  EXPECT_FALSE(MayShowSymbol(GreyPicture{}));
}

TEST(SymbolLocator, SeesModulesThatAreAsLargeAsItsBlocksAndLieAsTheyDo) {
  GreyPicture chess = GreyPicture::Blank(400, 300);
  for (int y = 80; y < 160; ++y) {
    for (int x = 80; x < 160; ++x) chess.Row(y)[x] = (x / 4 + y / 4) % 2 == 0 ? 0 : 255;
  }
  EXPECT_TRUE(MayShowSymbol(chess));
  EXPECT_EQ(BusyAreas(chess, 4).size(), 1U);
}

TEST(SymbolLocator, TellsWhichPartIsBusy) {
  EXPECT_EQ(BusyPart(GreyPicture::Blank(240, 240)), 0);
  EXPECT_EQ(BusyPart(GreyPicture::Blank(5, 5)), 0) << "not one block";
  EXPECT_NEAR(BusyPart(Noisy(240, 240, {{0, 0, 120, 240}})), 0.5, 0.06);
}

TEST(SymbolLocator, TellsAPictureOfOneGrey) {
  EXPECT_TRUE(IsOneGrey(GreyPicture()));
  EXPECT_TRUE(IsOneGrey(GreyPicture::Blank(30, 20, 100)));
  GreyPicture speck = GreyPicture::Blank(30, 20, 100);
  speck.Row(19)[29] = 107;
  EXPECT_TRUE(IsOneGrey(speck));
  speck.Row(19)[29] = 108;
  EXPECT_FALSE(IsOneGrey(speck));
}

}  // namespace
}  // namespace radyab::scanner
