#include "scanner/symbol_harvest.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

Symbol MatrixAt(int left, int top, const std::string& text) {
  Symbol symbol;
  symbol.symbology = Symbology::kDataMatrix;
  symbol.text = text;
  symbol.position = {{{left, top}, {left + 40, top}, {left + 40, top + 40}, {left, top + 40}}};
  return symbol;
}

TEST(SymbolHarvest, PaintsOverWhatItTakesAsThePaperIs) {
  GreyPicture picture = GreyPicture::Blank(200, 100, 190);
  for (int y = 20; y < 60; ++y) std::fill(picture.Row(y) + 20, picture.Row(y) + 60, 10);
  std::fill(picture.Row(40) + 120, picture.Row(40) + 160, 10);
  SymbolHarvest harvest(picture);
  EXPECT_TRUE(harvest.Take(MatrixAt(20, 20, "a")));
  EXPECT_EQ(harvest.rest().At(40, 40), 190);
  EXPECT_EQ(harvest.rest().At(150, 40), 10);
  EXPECT_EQ(harvest.found().symbols.size(), 1U);
}

TEST(SymbolHarvest, TakesTheSameMessageTwiceOnlyAtAnotherPlace) {
  SymbolHarvest harvest(GreyPicture::Blank(200, 100, 0));
  harvest.Take(MatrixAt(20, 20, "a"));
  harvest.Take(MatrixAt(22, 21, "a"));
  EXPECT_EQ(harvest.found().symbols.size(), 1U) << "a remnant";
  harvest.Take(MatrixAt(120, 20, "a"));
  EXPECT_EQ(harvest.found().symbols.size(), 2U);
}

TEST(SymbolHarvest, KnowsWhichPartOfThePictureItTook) {
  SymbolHarvest harvest(GreyPicture::Blank(200, 100, 0));
  EXPECT_EQ(harvest.covered(), 0);
  harvest.Take(MatrixAt(20, 20, "a"));
  EXPECT_NEAR(harvest.covered(), 40.0 * 40 / (200 * 100), 1e-9);
}

TEST(SymbolHarvest, EndsWithASymbolWithoutPlace) {
  SymbolHarvest harvest(GreyPicture::Blank(200, 100, 0));
  Symbol placeless = MatrixAt(0, 0, "a");
  placeless.position = {};
  EXPECT_FALSE(harvest.Take(placeless)) << "painting over would not help";
  ASSERT_EQ(harvest.found().symbols.size(), 1U);
  EXPECT_EQ(harvest.found().symbols[0].position[2], (PixelPoint{199, 99}));
}

TEST(SymbolHarvest, SaysWhenItsListIsFull) {
  SymbolHarvest harvest(GreyPicture::Blank(4000, 60, 0));
  for (int i = 0; i < static_cast<int>(kSymbolsMax); ++i) {
    EXPECT_TRUE(harvest.Take(MatrixAt(i * 60, 5, std::to_string(i))));
  }
  EXPECT_FALSE(harvest.full());
  EXPECT_FALSE(harvest.Take(MatrixAt(64 * 60, 5, "one more")));
  EXPECT_TRUE(harvest.full());
  EXPECT_EQ(harvest.found().symbols.size(), kSymbolsMax);
}

}  // namespace
}  // namespace radyab::scanner
