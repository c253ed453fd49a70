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
  PassAgreement agreement;
  return ReadMadePictures(picture, budget, agreement);
}

// A millisecond passes each time it is looked at.
double TickingClock() {
  static double milliseconds = 0;
  return milliseconds += 1;
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
  // A clock that ends the climb after the first reading of bars: what it read waits.
  bool waited = false;
  for (int milliseconds = 1; milliseconds < 100 && !waited; ++milliseconds) {
    ReadingBudget budget(milliseconds, TickingClock);
    PassAgreement agreement;
    if (ReadMadePictures(Sample(Symbology::kCode128), budget, agreement)) break;
    waited = !agreement.Waiting().empty();
  }
  EXPECT_TRUE(waited) << "the first pass alone is believed";
}

TEST(EnhancementLadder, BelievesAtOnceWhatThePictureSurelyShows) {
  const auto symbol = Climb(Turned(Sample(Symbology::kEan13), 20));
  ASSERT_TRUE(symbol.has_value());
  EXPECT_EQ(symbol->pass, "upright");
}

TEST(EnhancementLadder, TellsWhereUprightBarsLieAndWhichWayTheyAreRead) {
  const GreyPicture bars = Sample(Symbology::kEan13);
  const auto upright = Climb(bars);
  ASSERT_TRUE(upright.has_value());
  EXPECT_LT(upright->position[0].x, upright->position[1].x);
  EXPECT_NEAR(upright->position[1].x - upright->position[0].x, 95 * 4, 20);
  const auto head_down = Climb(Turned(bars, 180));
  ASSERT_TRUE(head_down.has_value());
  EXPECT_GT(head_down->position[0].x, head_down->position[1].x);
  EXPECT_GT(head_down->position[0].y, head_down->position[3].y);
}

TEST(EnhancementLadder, TellsBarsThatOneLookAloneShowed) {
  const GreyPicture picture = Sample(Symbology::kCode128);
  int unproven_count = 0;
  for (int milliseconds = 1; milliseconds < 300; ++milliseconds) {
    ReadingBudget budget(milliseconds, TickingClock);
    PassAgreement agreement;
    const auto symbol = ReadMadePictures(picture, budget, agreement);
    if (symbol) break;
    const std::vector<Symbol> unproven = agreement.Waiting();
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
