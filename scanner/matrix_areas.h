// Matrix symbols seen askew, set upright.
#pragma once

#include <array>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/picture_area.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// A place between pixels.
struct Corner {
  double x = 0;
  double y = 0;
};
// Around the area: the two ends of each side follow one another.
using Corners = std::array<Corner, 4>;

// The smallest four-sided figure around the dark modules within `area` of the picture, whose sides
// lie along edges of their convex hull; nothing when there is no dark piece worth the name. Of an
// area with other things in it, the largest piece counts.
std::vector<Corners> FindOutlines(const GreyPicture& picture, const PictureArea& area);

// What lies within four corners, drawn as if seen from straight above, with a white margin.
class UprightMatrix {
 public:
  // `squared` stretches it to a square, else the sides keep their measured proportion. Small
  // symbols are enlarged; no side becomes longer than `side_max` pixels and a margin.
  UprightMatrix(const GreyPicture& picture, const Corners& corners, bool squared, int side_max);
  const GreyPicture& picture() const { return picture_; }
  // Where in picture() the symbol lies.
  const PictureArea& inside() const { return inside_; }
  // The corners in the picture it came from.
  Quad Outline() const;

 private:
  Corners corners_;
  PictureArea inside_;
  GreyPicture picture_;
};

}  // namespace radyab::scanner
