// Where in a picture symbols may lie: areas full of light and dark.
#pragma once

#include <vector>

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// A part of a picture, in pixels.
struct PictureArea {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

// Most areas answered for one picture.
inline constexpr int kAreasMax = 64;

// The separate areas whose blocks of block_side x block_side pixels (4 or more) are busy, that is:
// hold greys at least 64 apart, or touch such a block. Areas are about as wide as high (at most 3 :
// 1), at least four blocks a side, smaller than nine tenths of the picture a side, the largest
// first, at most kAreasMax.
std::vector<PictureArea> BusyAreas(const GreyPicture& picture, int block_side);

// The part of `picture` in `area`, `margin` pixels wider on each side, as far as it lies in the
// picture;
// `*area` becomes what was taken.
GreyPicture CutOut(const GreyPicture& picture, PictureArea* area, int margin);

}  // namespace radyab::scanner
