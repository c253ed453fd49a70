#include "coding/element_views.h"

#include <gtest/gtest.h>

namespace radyab::coding {
namespace {

TEST(ElementViews, PointIntoTheirText) {
  const std::string text =
      "\x1D"
      "010952123454321310ABC\x1D"
      "21X";
  ElementViews views;
  ASSERT_FALSE(ReadElementViews(text, 2026, views));
  ASSERT_EQ(views.size(), 3u);
  const ElementView* lot = views.Find(NumberOfAi("10"));
  ASSERT_NE(lot, nullptr);
  EXPECT_EQ(lot->ai(), "10");
  EXPECT_EQ(lot->value(), "ABC");
  EXPECT_EQ(lot->at, 17u);
  EXPECT_EQ(lot->entry, FindAi("10"));
  EXPECT_EQ(lot->value().data(), text.data() + 19);
  EXPECT_EQ(views.Find(NumberOfAi("17")), nullptr);
}

TEST(ElementViews, LeaveOutWhatComesAgainAlike) {
  ElementViews views;
  ASSERT_FALSE(
      ReadElementViews("10A\x1D"
                       "10B\x1D"
                       "10A",
                       2026, views));
  EXPECT_EQ(views.size(), 2u);
}

TEST(ElementViews, HaveABound) {
  std::string text;
  for (std::size_t i = 0; i < kElementsMax; ++i) text += "91" + std::to_string(i) + "\x1D";
  ElementViews most;
  EXPECT_FALSE(ReadElementViews(text, 2026, most));
  EXPECT_EQ(most.size(), kElementsMax);
  ElementViews views;
  const auto refusal = ReadElementViews(text + "91X", 2026, views);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, RefusalReason::kTooLong);
  ElementViews none;
  EXPECT_TRUE(ReadElementViews(std::string(kElementTextBytesMax + 1, '9'), 2026, none));
}

}  // namespace
}  // namespace radyab::coding
