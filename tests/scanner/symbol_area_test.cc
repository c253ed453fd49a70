#include "scanner/symbol_area.h"

#include <gtest/gtest.h>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

// Bars of uneven width between two rows, each row shifted to the right by `slant` pixels a row.
GreyPicture Bars(int top, int bottom, double slant) {
  GreyPicture picture = GreyPicture::Blank(300, 200);
  for (int y = top; y < bottom; ++y) {
    const int shift = static_cast<int>((y - top) * slant);
    for (int i = 0; i < 150; ++i) {
      const bool dark = (i * i / 7 + i / 3) % 5 < 2;
      if (dark) picture.Row(y)[40 + i + shift] = 20;
    }
  }
  return picture;
}

TEST(SymbolArea, FollowsBarsToTheirEnds) {
  const Quad whole = WholeBars(Bars(50, 150, 0), {{{40, 100}, {190, 100}, {190, 101}, {40, 101}}});
  EXPECT_NEAR(whole[0].y, 50, 1);
  EXPECT_NEAR(whole[2].y, 149, 1);
  EXPECT_NEAR(whole[0].x, 40, 1);
}

TEST(SymbolArea, FollowsSlantedBars) {
  const Quad whole =
      WholeBars(Bars(50, 150, 0.4), {{{60, 100}, {210, 100}, {210, 101}, {60, 101}}});
  EXPECT_NEAR(whole[0].y, 50, 2);
  EXPECT_NEAR(whole[3].y, 149, 2);
  EXPECT_NEAR(whole[0].x, 40, 4);
  EXPECT_NEAR(whole[3].x, 80, 4);
}

TEST(SymbolArea, LeavesLinesWithoutContrastAsTheyAre) {
  const Quad lines = {{{40, 100}, {190, 100}, {190, 101}, {40, 101}}};
  const Quad whole = WholeBars(GreyPicture::Blank(300, 200), lines);
  EXPECT_NEAR(whole[0].y, 100, 1);
  EXPECT_NEAR(whole[2].y, 100, 1);
}

TEST(SymbolArea, PaintsInsideOnly) {
  GreyPicture picture = GreyPicture::Blank(10, 10, 0);
  Paint(picture, {{{-5, 2}, {4, 2}, {4, 5}, {-5, 5}}}, 255);
  EXPECT_EQ(picture.At(0, 3), 255);
  EXPECT_EQ(picture.At(4, 5), 255);
  EXPECT_EQ(picture.At(5, 3), 0);
  EXPECT_EQ(picture.At(2, 1), 0);
}

TEST(SymbolArea, KnowsFlatAndHoldingQuads) {
  const Quad square = {{{0, 0}, {9, 0}, {9, 9}, {0, 9}}};
  EXPECT_FALSE(IsFlat(square));
  EXPECT_TRUE(IsFlat({{{0, 0}, {9, 0}, {9, 0}, {0, 0}}}));
  EXPECT_TRUE(HoldsMiddle(square, {{{4, 4}, {6, 4}, {6, 6}, {4, 6}}}));
  EXPECT_FALSE(HoldsMiddle(square, {{{14, 4}, {16, 4}, {16, 6}, {14, 6}}}));
}

TEST(SymbolArea, TakesThePaperFromTheOutline) {
  GreyPicture picture = GreyPicture::Blank(100, 100, 180);
  for (int y = 30; y < 70; ++y) std::fill(picture.Row(y) + 30, picture.Row(y) + 70, 5);
  EXPECT_EQ(PaperAround(picture, {{{20, 20}, {80, 20}, {80, 80}, {20, 80}}}), 180);
  std::fill(picture.Row(20), picture.Row(20) + 100, 0);
  EXPECT_EQ(PaperAround(picture, {{{20, 20}, {80, 20}, {80, 80}, {20, 80}}}), 180)
      << "a black line along one side is not the paper";
  EXPECT_EQ(PaperAround(picture, {{{-9, -9}, {-5, -9}, {-5, -5}, {-9, -5}}}), 255);
}

}  // namespace
}  // namespace radyab::scanner
