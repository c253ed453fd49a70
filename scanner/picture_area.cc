#include "scanner/picture_area.h"

#include <algorithm>

namespace radyab::scanner {

GreyPicture CutOut(const GreyPicture& picture, PictureArea* area, int margin) {
  const int left = std::clamp(area->left - margin, 0, picture.width);
  const int top = std::clamp(area->top - margin, 0, picture.height);
  const int right = std::clamp(area->left + area->width + margin, left, picture.width);
  const int bottom = std::clamp(area->top + area->height + margin, top, picture.height);
  *area = {left, top, right - left, bottom - top};
  GreyPicture part = GreyPicture::Blank(area->width, area->height);
  for (int y = top; y < bottom; ++y) {
    const std::uint8_t* row = picture.Row(y);
    std::copy(row + left, row + right, part.Row(y - top));
  }
  return part;
}

}  // namespace radyab::scanner
