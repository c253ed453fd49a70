// Pictures made from a picture, so that the reader gets a second look at what it missed.
#pragma once

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// All functions: any thread, no state. Sizes are in pixels.

// Half as wide and half as high (rounded down, at least 1): each pixel the mean of four.
GreyPicture HalfSize(const GreyPicture& picture);

// Twice as wide and twice as high, by cubic interpolation (Catmull-Rom).
GreyPicture DoubleSize(const GreyPicture& picture);

// Black for white: symbols printed light on dark.
GreyPicture Inverted(const GreyPicture& picture);

// Contrast evened out over the picture: histogram equalisation by tile, with limited slope and
// blended between tiles (CLAHE; Zuiderveld, Graphics Gems IV, 1994). 8 x 8 tiles, slope at most 3.
GreyPicture EvenContrast(const GreyPicture& picture);

// Edges made steeper: the picture plus its difference from its 5 x 5 mean.
GreyPicture Sharpened(const GreyPicture& picture);

}  // namespace radyab::scanner
