// A part of a picture.
#pragma once

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// A part of a picture, in pixels.
struct PictureArea {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

// What lies in `*area`, `margin` pixels wider on each side, as far as the picture reaches; `*area`
// becomes what was taken. It has no pixels when it lies outside.
GreyPicture CutOut(const GreyPicture& picture, PictureArea* area, int margin);
// The same without a margin.
inline GreyPicture CutOut(const GreyPicture& picture, PictureArea area) {
  return CutOut(picture, &area, 0);
}

}  // namespace radyab::scanner
