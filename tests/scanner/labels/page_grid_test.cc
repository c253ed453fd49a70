#include "scanner/labels/page_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

LabelSheet UnitSheet(int dots_per_inch = 203) {
  LabelSheet sheet;
  sheet.dots_per_inch = dots_per_inch;
  sheet.width = static_cast<int>(60 * dots_per_inch / 25.4);
  sheet.height = static_cast<int>(35 * dots_per_inch / 25.4);
  return sheet;
}

TEST(PageGrid, ReadsItsWords) {
  const auto sheet = GridOfWord("a4-3x8", LabelTemplate::kUnit);
  ASSERT_TRUE(sheet.has_value());
  EXPECT_EQ(sheet->LabelsOnPage(), 24u);
  EXPECT_EQ(sheet->page_width, 210);
  const auto one = GridOfWord("label", LabelTemplate::kPallet);
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->LabelsOnPage(), 1u);
  EXPECT_EQ(one->page_height, 148);
  EXPECT_TRUE(GridOfWord("a4-10x40", LabelTemplate::kUnit).has_value());
  for (const char* word : {"", "a4", "a4-", "a4-3", "a4-3x", "a4-x8", "a4-0x8", "a4-11x8",
                           "a4-3x41", "a4-03x8", "a4-3x8x2", "A4-3x8", "a5-3x8", "a4--3x8"}) {
    EXPECT_FALSE(GridOfWord(word, LabelTemplate::kUnit).has_value()) << word;
  }
}

TEST(PageGrid, FillsRowsAndGoesOnToTheNextPage) {
  const PageGrid grid;
  const LabelSheet label = UnitSheet();
  const auto first = PlaceOnPage(grid, label, 0, false);
  const auto second = PlaceOnPage(grid, label, 1, false);
  const auto fourth = PlaceOnPage(grid, label, 3, false);
  const auto next = PlaceOnPage(grid, label, 24, false);
  ASSERT_TRUE(first.ok() && second.ok() && fourth.ok() && next.ok());
  EXPECT_EQ(first->page, 0u);
  EXPECT_EQ(first->x, 40) << "(70 - 60) / 2 mm";
  EXPECT_EQ(first->y, 9) << "(37.125 - 34.9) / 2 mm";
  EXPECT_NEAR(second->x - first->x, 70 * 203 / 25.4, 1);
  EXPECT_EQ(fourth->x, first->x);
  EXPECT_NEAR(fourth->y - first->y, 37.125 * 203 / 25.4, 1);
  EXPECT_EQ(next->page, 1u);
  EXPECT_EQ(next->x, first->x);
}

TEST(PageGrid, FillsFromTheRightForLabelsThatRunSo) {
  const PageGrid grid;
  const LabelSheet label = UnitSheet();
  for (std::size_t column = 0; column < 3; ++column) {
    EXPECT_EQ(PlaceOnPage(grid, label, column, true)->x,
              PlaceOnPage(grid, label, 2 - column, false)->x);
  }
}

TEST(PageGrid, CellsNeverOverlapAndStayOnThePage) {
  for (const int dots_per_inch : {203, 300}) {
    const PageGrid grid;
    const LabelSheet label = UnitSheet(dots_per_inch);
    const int width = static_cast<int>(210 * dots_per_inch / 25.4);
    const int height = static_cast<int>(297 * dots_per_inch / 25.4);
    for (std::size_t i = 0; i < 24; ++i) {
      const auto place = PlaceOnPage(grid, label, i, false);
      ASSERT_TRUE(place.ok());
      EXPECT_GE(place->x, 0);
      EXPECT_GE(place->y, 0);
      EXPECT_LE(place->x + label.width, width);
      EXPECT_LE(place->y + label.height, height);
      for (std::size_t j = 0; j < i; ++j) {
        const auto other = PlaceOnPage(grid, label, j, false);
        EXPECT_TRUE(std::abs(other->x - place->x) >= label.width ||
                    std::abs(other->y - place->y) >= label.height);
      }
    }
  }
}

TEST(PageGrid, RefusesALabelLargerThanACell) {
  PageGrid grid;
  grid.rows = 9;
  const auto place = PlaceOnPage(grid, UnitSheet(), 0, false);
  ASSERT_FALSE(place.ok());
  EXPECT_EQ(place.fault().kind, FaultKind::kBadLabelContent);
  EXPECT_THAT(place.fault().message, HasSubstr("is larger than a cell of the sheet, 70 x 33 mm"));
}

}  // namespace
}  // namespace radyab::scanner
