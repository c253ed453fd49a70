#include "scanner/picture_area.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

TEST(PictureArea, IsCutOutAsFarAsThePictureReaches) {
  PictureArea area = {2, 50, 30, 48};
  const GreyPicture part = CutOut(GreyPicture::Blank(100, 100), &area, 8);
  EXPECT_EQ(area.left, 0);
  EXPECT_EQ(area.top, 42);
  EXPECT_EQ(part.width, 40);
  EXPECT_EQ(part.height, 58);
}

TEST(PictureArea, OutsideThePictureHasNoPixels) {
  for (PictureArea area : {PictureArea{200, 10, 20, 20}, PictureArea{10, -50, 20, 20}}) {
    EXPECT_TRUE(CutOut(GreyPicture::Blank(100, 100), &area, 4).pixels.empty());
  }
}

}  // namespace
}  // namespace radyab::scanner
