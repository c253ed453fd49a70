#include "scanner/matrix_areas.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scanner/zxing_reader.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

GreyPicture Sample(Symbology symbology, int margin = 40) {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == symbology) return OnPaper(DrawSample(sample), margin);
  }
  return {};
}

// Distance of the corner nearest to (x, y).
double Nearest(const Corners& corners, double x, double y) {
  double nearest = 1e9;
  for (const Corner& corner : corners)
    nearest = std::min(nearest, std::hypot(corner.x - x, corner.y - y));
  return nearest;
}

TEST(MatrixAreas, FindTheFourCornersOfASymbol) {
  const GreyPicture picture = Sample(Symbology::kAztec, 20);
  const auto outlines = FindOutlines(picture, {0, 0, picture.width, picture.height});
  ASSERT_EQ(outlines.size(), 1U);
  const double far = picture.width - 20;
  for (const auto& [x, y] : {std::pair(20.0, 20.0), {far, 20.0}, {far, far}, {20.0, far}}) {
    EXPECT_LT(Nearest(outlines[0], x, y), 14) << x << "," << y << ": quiet zones are no symbol";
  }
}

TEST(MatrixAreas, FindNoneInBlankOrTinyAreas) {
  const GreyPicture blank = GreyPicture::Blank(200, 200);
  EXPECT_TRUE(FindOutlines(blank, {0, 0, 200, 200}).empty());
  EXPECT_TRUE(FindOutlines(blank, {0, 0, 5, 5}).empty());
}

TEST(UprightMatrix, SetsATurnedSymbolUpright) {
  const GreyPicture turned = Turned(Sample(Symbology::kDataMatrix, 10), 31);
  const auto outlines = FindOutlines(turned, {0, 0, turned.width, turned.height});
  ASSERT_EQ(outlines.size(), 1U);
  const UprightMatrix upright(turned, outlines[0], true, 320);
  EXPECT_EQ(upright.picture().width, upright.picture().height);
  const auto symbol = ReadOneSymbol(upright.picture(), {SymbolSet::kDataMatrix, Effort::kThorough});
  ASSERT_TRUE(symbol.has_value());
  EXPECT_TRUE(symbol->text.starts_with("0106260100200302"));
  EXPECT_GE(upright.inside().left, 8) << "a quiet zone";
}

}  // namespace
}  // namespace radyab::scanner
