#include "scanner/labels/text_fitting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

const std::vector<Paragraph> kFacts = {{"Serial: SN000123", false}, {"Lot: L-2026/07", false}};

int HeightOf(const FittedText& text) {
  int height = 0;
  for (const FittedLine& line : text.lines) height += line.line.height;
  return height;
}

TEST(TextFitting, TakesTheWantedSizeWhereThereIsRoom) {
  const auto text = FitText(kFacts, {500, 200, 24, 14}, FitOrder::kShrinkFirst, "the facts");
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->size, 24);
  EXPECT_EQ(text->lines.size(), 2u);
}

TEST(TextFitting, FactsShrinkBeforeTheyBreakAndNamesBreakBeforeTheyShrink) {
  const TextRoom room = {150, 200, 24, 14};
  const auto facts = FitText(kFacts, room, FitOrder::kShrinkFirst, "the facts");
  ASSERT_TRUE(facts.ok());
  EXPECT_LT(facts->size, 24);
  EXPECT_EQ(facts->lines.size(), 2u);
  const auto names = FitText(kFacts, room, FitOrder::kBreakFirst, "the name");
  ASSERT_TRUE(names.ok());
  EXPECT_EQ(names->size, 24);
  EXPECT_GT(names->lines.size(), 2u);
}

TEST(TextFitting, StaysInTheRoomAtEverySizeOfIt) {
  for (int width = 40; width <= 400; width += 40) {
    for (int height = 20; height <= 200; height += 20) {
      const TextRoom room = {width, height, 30, 14};
      const auto text = FitText(kFacts, room, FitOrder::kBreakFirst, "the facts");
      if (!text) continue;
      EXPECT_GE(text->size, 14);
      EXPECT_LE(HeightOf(*text), height);
      std::string all;
      for (const FittedLine& line : text->lines) {
        EXPECT_LE(line.line.width, width);
        all += line.line.text;
      }
      std::erase(all, ' ');
      EXPECT_EQ(all, "Serial:SN000123Lot:L-2026/07") << "no letter is lost";
    }
  }
}

TEST(TextFitting, RefusesWhatDoesNotFitAndNamesIt) {
  const auto text = FitText(kFacts, {60, 20, 24, 14}, FitOrder::kBreakFirst, "the facts");
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.fault().kind, FaultKind::kBadLabelContent);
  EXPECT_THAT(text.fault().message, HasSubstr("the facts \"Serial: SN000123 / Lot: L-2026/07\""));
}

TEST(TextFitting, RefusesALetterThatNoFontHas) {
  const auto text =
      FitText({{"\xF4\x80\x80\x80", false}}, {60, 20, 24, 14}, FitOrder::kBreakFirst, "the name");
  ASSERT_FALSE(text.ok());
  EXPECT_THAT(text.fault().message, HasSubstr("font"));
}

}  // namespace
}  // namespace radyab::scanner
