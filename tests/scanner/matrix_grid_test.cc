#include "scanner/matrix_grid.h"

#include <gtest/gtest.h>

#include <cmath>

#include "scanner/matrix_areas.h"
#include "scanner/zxing_reader.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

constexpr ReadingPlan kPlan = {SymbolSet::kMatrix, Effort::kThorough};

GreyPicture Symbol2x2() {
  SampleSymbol sample{Symbology::kDataMatrix, 71, std::string(60, 'R'), false, "", ""};
  sample.zint_option_2 = 10;  // 32 x 32 modules in four regions, as zint.h numbers them
  return OnPaper(DrawSample(sample), 40);
}

GreyPicture Link() {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == Symbology::kQrCode) return OnPaper(DrawSample(sample), 40);
  }
  return {};
}

// Each row and column moved as paper does that is bent both ways.
GreyPicture Bent(const GreyPicture& picture, double pixels) {
  GreyPicture bent = GreyPicture::Blank(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double u = 2.0 * x / picture.width - 1;
      const double v = 2.0 * y / picture.height - 1;
      const int from_x = x + static_cast<int>(std::lround(pixels * v * v));
      const int from_y = y + static_cast<int>(std::lround(pixels * u * u));
      if (from_x < picture.width && from_y < picture.height)
        bent.Row(y)[x] = picture.At(from_x, from_y);
    }
  }
  return bent;
}

std::string TextOf(const GreyPicture& picture) {
  const PictureArea all = {0, 0, picture.width, picture.height};
  for (const Corners& corners : FindOutlines(picture, all)) {
    const UprightMatrix upright(picture, corners, false, 480);
    for (const GreyPicture& drawn : RedrawnMatrix(upright.picture(), upright.inside())) {
      if (const auto symbol = ReadOneSymbol(drawn, kPlan)) return symbol->text;
    }
  }
  return "";
}

TEST(MatrixGrid, DrawsADataMatrixAnewHoweverItLies) {
  for (const int degrees : {0, 90, 180, 270, 20}) {
    EXPECT_EQ(TextOf(Turned(Symbol2x2(), degrees)), std::string(60, 'R')) << degrees;
  }
}

TEST(MatrixGrid, DrawsBentSymbolsAnewThatAreNotReadAsTheyAre) {
  const GreyPicture matrix = Bent(Symbol2x2(), 10);
  EXPECT_FALSE(ReadOneSymbol(matrix, kPlan)) << "else the test tests nothing";
  EXPECT_EQ(TextOf(matrix), std::string(60, 'R'));
}

TEST(MatrixGrid, DrawsAQrCodeAnewHoweverItLies) {
  for (const int degrees : {0, 90, 180, 270}) {
    EXPECT_EQ(TextOf(Turned(Link(), degrees)), "https://radyab.example/c/1042000017000113");
  }
}

TEST(MatrixGrid, DrawsNothingWhereNoPatternIsSeen) {
  const GreyPicture grain = Grained(GreyPicture::Blank(240, 240, 128), 127, 4);
  EXPECT_TRUE(RedrawnMatrix(grain, {20, 20, 200, 200}).empty());
  EXPECT_TRUE(RedrawnMatrix(GreyPicture::Blank(240, 240), {20, 20, 200, 200}).empty());
}

}  // namespace
}  // namespace radyab::scanner
