// Where bars lie in a picture, at any angle, and the bars set upright.
#pragma once

#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Most areas answered for one picture.
inline constexpr int kBarAreasMax = 6;

// An area where nearly all edges run the same way. Pixels of the picture; the angle is that of the
// reading direction, across the bars, clockwise from the right, in radians, above -pi/2 up to pi/2.
struct BarArea {
  double middle_x = 0;
  double middle_y = 0;
  double angle = 0;
  double length = 0;  // across the bars
  double height = 0;  // along them
};

// The areas of bars, the largest first, at most kBarAreasMax. Found by the structure tensor of the
// grey slopes: an area is a connected piece in whose every neighbourhood one direction outweighs
// all others (Bigun and Granlund, 1987). Areas shorter than 32 or lower than 6 pixels are passed
// over.
std::vector<BarArea> FindBarAreas(const GreyPicture& picture);

// True when most edges of the picture run the same way: it shows bars, not a matrix symbol.
bool OneDirectionPrevails(const GreyPicture& picture);

// How often the first row turns from lighter to darker or back, small changes left out: as often as
// it crosses an edge of a bar, less once.
int TurnCount(const GreyPicture& line);

// The bars of one area set upright, with room for quiet zones at both ends.
class UprightBars {
 public:
  UprightBars(const GreyPicture& picture, const BarArea& area);

  // As they are, made wider where they are small.
  const GreyPicture& picture() const { return picture_; }

  // The mean line between two parts of the height (0 to 1, the first smaller), as a picture of some
  // equal rows: along the bars grain and specks average out.
  GreyPicture MeanLine(double from, double to) const;

  // Of the height at most `count_max` mean lines one below the other, each as high as the others.
  GreyPicture Bands(int count_max) const;

  // A place in picture() as a place in the picture it came from.
  PixelPoint BackAt(const PixelPoint& place) const;

  // The four corners in the picture it came from of what lies between two places along picture(),
  // read from the first to the second: the whole height.
  Quad Corners(double from_x, double to_x) const;

 private:
  PixelPoint Back(double x, double y) const;

  BarArea area_;
  double enlarged_ = 1;
  GreyPicture picture_;
};

}  // namespace radyab::scanner
