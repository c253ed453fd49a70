#include "scanner/labels/pdf_drawing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

std::vector<PointBox> Boxes(std::string_view drawing) {
  const auto boxes = BlackBoxesOf(drawing);
  EXPECT_TRUE(boxes.ok()) << boxes.fault().message;
  return boxes.ok() ? *boxes : std::vector<PointBox>{};
}

std::string FaultOf(std::string_view drawing) {
  const auto boxes = BlackBoxesOf(drawing);
  if (boxes.ok()) return "no fault";
  EXPECT_EQ(boxes.fault().kind, FaultKind::kLabelUnreadable);
  return boxes.fault().message;
}

TEST(PdfDrawing, ReadsRectanglesAndPathsThatAreRectangles) {
  const auto boxes = Boxes("0 g 1 2 3 4 re f\n10 10 m 10 20 l 30 20 l 30 10 l h 5 5 1 1 re f*");
  ASSERT_EQ(boxes.size(), 3u);
  EXPECT_EQ(boxes[0].left, 1);
  EXPECT_EQ(boxes[0].top, 6);
  EXPECT_EQ(boxes[1].right, 30);
  EXPECT_EQ(boxes[1].bottom, 10);
}

TEST(PdfDrawing, FollowsSavedStatesAndTransformations) {
  const auto boxes = Boxes("q 1 0 0 -1 0 100 cm q 2 0 0 2 10 10 cm 1 1 2 3 re f Q 1 1 2 3 re f Q");
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_EQ(boxes[0].left, 12);
  EXPECT_EQ(boxes[0].top, 88);
  EXPECT_EQ(boxes[0].bottom, 82);
  EXPECT_EQ(boxes[1].left, 1);
  EXPECT_EQ(boxes[1].top, 99);
}

TEST(PdfDrawing, PassesOverTextsAndClips) {
  const auto boxes =
      Boxes("0 0 9 9 re W n BT /f-0-0 1 Tf [(a\\)b(c)re) 3 <00f1>]TJ 1 1 1 1 re f ET 1 1 1 1 re f");
  EXPECT_EQ(boxes.size(), 1u);
}

TEST(PdfDrawing, RefusesWhatCouldCoverOrBendASymbol) {
  EXPECT_THAT(FaultOf("1 1 1 rg 0 0 9 9 re f"), HasSubstr("colour"));
  EXPECT_THAT(FaultOf("0 0 m 9 0 l 9 9 l h f"), HasSubstr("3 corners"));
  EXPECT_THAT(FaultOf("0 0 m 9 1 l 9 9 l 0 8 l h f"), HasSubstr("upright"));
  EXPECT_THAT(FaultOf("0 0 m 1 1 2 2 3 3 c f"), HasSubstr("curve"));
  EXPECT_THAT(FaultOf("0 0 9 9 re S"), HasSubstr("S"));
  EXPECT_THAT(FaultOf("/x5 Do"), HasSubstr("Do"));
  EXPECT_THAT(FaultOf("Q"), HasSubstr("saved"));
  EXPECT_THAT(FaultOf("1 2 3 re f"), HasSubstr("re"));
}

TEST(PdfDrawing, EndsOnTextsThatAreNeverClosed) {
  EXPECT_TRUE(Boxes("BT (never closed").empty());
  EXPECT_TRUE(Boxes("BT <00").empty());
  EXPECT_TRUE(Boxes("").empty());
}

TEST(PdfDrawing, ReadsNumbers) {
  double numbers[3] = {};
  EXPECT_TRUE(ReadNumbers(" 0 -1.5 210.25 ]", numbers));
  EXPECT_EQ(numbers[1], -1.5);
  EXPECT_EQ(numbers[2], 210.25);
  EXPECT_FALSE(ReadNumbers("1 2", numbers));
  EXPECT_FALSE(ReadNumbers("1 2 x", numbers));
}

}  // namespace
}  // namespace radyab::scanner
