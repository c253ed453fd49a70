#include "scanner/grey_passes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

GreyPicture Sharp(const GreyPicture& picture) { return Sharpened(picture); }

// Stripes of two greys, four pixels wide.
GreyPicture Stripes(int width, int height, std::uint8_t dark, std::uint8_t bright) {
  GreyPicture stripes = GreyPicture::Blank(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) stripes.Row(y)[x] = x / 4 % 2 == 0 ? dark : bright;
  }
  return stripes;
}

TEST(GreyPasses, KeepAFlatPictureFlat) {
  const GreyPicture flat = GreyPicture::Blank(65, 43, 90);
  for (const auto& pass : {DoubleSize, HalfSize, Sharp, Smoothed}) {
    const GreyPicture made = pass(flat);
    EXPECT_TRUE(
        std::all_of(made.pixels.begin(), made.pixels.end(), [](auto grey) { return grey == 90; }));
  }
  EXPECT_EQ(Inverted(flat), GreyPicture::Blank(65, 43, 165));
}

TEST(GreyPasses, HalveAndDoubleSizes) {
  EXPECT_EQ(HalfSize(GreyPicture::Blank(65, 43)).width, 32);
  EXPECT_EQ(HalfSize(GreyPicture::Blank(65, 43)).height, 21);
  EXPECT_EQ(DoubleSize(GreyPicture::Blank(65, 43)).height, 86);
  EXPECT_EQ(HalfSize(DoubleSize(GreyPicture::Blank(20, 10, 33))), GreyPicture::Blank(20, 10, 33));
}

TEST(GreyPasses, TakePicturesOfOnePixel) {
  const GreyPicture one = GreyPicture::Blank(1, 1, 7);
  for (const auto& pass : {DoubleSize, HalfSize, Sharp, Smoothed, EvenContrast, WithoutShadows}) {
    EXPECT_EQ(pass(one).At(0, 0), 7);
  }
}

TEST(GreyPasses, EvenContrastSetsWhatIsBrighterFurtherApart) {
  const GreyPicture even = EvenContrast(Stripes(128, 64, 100, 130));
  for (int y = 0; y < 64; ++y) {
    for (int x = 4; x < 128; x += 8) {
      EXPECT_GT(even.At(x, y) - even.At(x - 4, y), 30) << "at " << x << "," << y;
    }
  }
}

TEST(GreyPasses, SharpenedEdgesAreSteeper) {
  GreyPicture edge = GreyPicture::Blank(20, 20, 100);
  for (int y = 0; y < 20; ++y) std::fill(edge.Row(y) + 10, edge.Row(y) + 20, 150);
  const GreyPicture sharp = Sharpened(edge);
  EXPECT_LT(sharp.At(9, 10), 100);
  EXPECT_GT(sharp.At(10, 10), 150);
  EXPECT_EQ(sharp.At(2, 10), 100);
}

TEST(GreyPasses, GiveAnEmptyPictureBack) {
  for (const auto& pass : {DoubleSize, HalfSize, Sharp, Smoothed, EvenContrast, WithoutShadows}) {
    EXPECT_EQ(pass(GreyPicture{}), GreyPicture{});
  }
}

TEST(GreyPasses, SetAMarginOfWhiteAround) {
  const GreyPicture wide = WithMargin(GreyPicture::Blank(3, 2, 40), 5);
  EXPECT_EQ(wide.width, 13);
  EXPECT_EQ(wide.height, 12);
  EXPECT_EQ(wide.At(4, 5), 255);
  EXPECT_EQ(wide.At(5, 5), 40);
}

TEST(GreyPasses, TakeOutAShadowAndKeepTheBars) {
  GreyPicture shaded = Stripes(256, 64, 60, 220);
  for (int y = 0; y < 64; ++y) {
    for (int x = 128; x < 256; ++x) {
      shaded.Row(y)[x] = static_cast<std::uint8_t>(shaded.At(x, y) * 2 / 5);
    }
  }
  const GreyPicture lit = WithoutShadows(shaded);
  for (const int x : {46, 206}) {
    EXPECT_GT(lit.At(x, 32), 235) << "paper at " << x;
    EXPECT_LT(lit.At(x - 4, 32), 110) << "bar at " << x - 4;
  }
}

TEST(GreyPasses, TellBlackFromWhiteByWhatLiesAround) {
  GreyPicture slope = GreyPicture::Blank(256, 64);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 256; ++x)
      slope.Row(y)[x] = static_cast<std::uint8_t>(x / 2 + (x / 4 % 2 == 0 ? 0 : 60));
  }
  const GreyPicture two = BlackAndWhite(slope, 61);
  for (int x = 34; x < 220; x += 8) {
    EXPECT_EQ(two.At(x, 32), 0) << x;
    EXPECT_EQ(two.At(x + 4, 32), 255) << x;
  }
}

}  // namespace
}  // namespace radyab::scanner
