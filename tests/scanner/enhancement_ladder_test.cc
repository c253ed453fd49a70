#include "scanner/enhancement_ladder.h"

#include <gtest/gtest.h>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

GreyPicture Sample(Symbology symbology) {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == symbology) return OnPaper(DrawSample(sample), 40);
  }
  return {};
}

std::optional<Symbol> Climb(const GreyPicture& picture, double milliseconds = 1e6) {
  ReadingBudget budget(milliseconds);
  return ReadMadePictures(picture, budget);
}

TEST(EnhancementLadder, ReadsBarsThatLieAskew) {
  for (const int degrees : {30, 45, 120}) {
    const auto symbol = Climb(Turned(Sample(Symbology::kEan13), degrees));
    ASSERT_TRUE(symbol.has_value()) << degrees;
    EXPECT_EQ(symbol->text, "6260100200302");
  }
}

TEST(EnhancementLadder, BelievesBarsOnlyWhenTwoUnlikePassesAgree) {
  const auto symbol = Climb(Sample(Symbology::kCode128));
  ASSERT_TRUE(symbol.has_value());
  EXPECT_NE(symbol->pass, "upright") << "the first pass alone is not believed";
}

// A millisecond passes each time it is looked at.
double TickingClock() {
  static double milliseconds = 0;
  return milliseconds += 1;
}

TEST(EnhancementLadder, TellsBarsThatOneLookAloneShowed) {
  const GreyPicture picture = Sample(Symbology::kCode128);
  int unproven_count = 0;
  for (int milliseconds = 1; milliseconds < 300; ++milliseconds) {
    ReadingBudget budget(milliseconds, TickingClock);
    std::vector<Symbol> unproven;
    const auto symbol = ReadMadePictures(picture, budget, &unproven);
    if (symbol) {
      EXPECT_TRUE(unproven.empty());
      break;
    }
    ASSERT_LE(unproven.size(), 1U);
    if (unproven.empty()) continue;
    ++unproven_count;
    EXPECT_EQ(unproven[0].symbology, Symbology::kCode128);
    EXPECT_EQ(unproven[0].text, Climb(picture)->text);
  }
  EXPECT_GT(unproven_count, 0);
}

TEST(EnhancementLadder, ClimbsNoFurtherThanItsTime) {
  EXPECT_FALSE(Climb(Sample(Symbology::kQrCode), 0).has_value());
  EXPECT_TRUE(Climb(Sample(Symbology::kQrCode)).has_value());
}

TEST(EnhancementLadder, FindsNothingInGrain) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    EXPECT_FALSE(Climb(Grained(GreyPicture::Blank(320, 240, 128), 127, seed))) << "seed " << seed;
  }
}

}  // namespace
}  // namespace radyab::scanner
