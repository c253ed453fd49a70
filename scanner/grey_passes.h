// Pictures made from a picture, so that the reader gets a second look at what it missed.
#pragma once

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// All functions: any thread, no state, by OpenCV on the calling thread only. Sizes are in pixels. A
// picture without pixels comes back as it is.

// Keeps OpenCV from starting threads in this process; for programs that measure or limit
// themselves.
void KeepToOneThread();

// `factor` times as wide and as high (at least 1 pixel): smaller by means of areas, larger by cubic
// interpolation. The factor lies above 0 and up to 4.
GreyPicture Resized(const GreyPicture& picture, double factor);
inline GreyPicture HalfSize(const GreyPicture& picture) { return Resized(picture, 0.5); }
inline GreyPicture DoubleSize(const GreyPicture& picture) { return Resized(picture, 2); }

// With a margin of white paper of so many pixels on each side: a symbol cut off at its edge gets
// the quiet zone that readers look for.
GreyPicture WithMargin(const GreyPicture& picture, int margin);

// Black for white: symbols printed light on dark.
GreyPicture Inverted(const GreyPicture& picture);

// Contrast evened out over the picture: histogram equalisation by tile, with limited slope and
// blended between tiles (CLAHE; Zuiderveld, Graphics Gems IV, 1994). 8 x 8 tiles, clip limit 3.
// Pictures less than 32 pixels wide or high come back as they are: a tile needs its histogram.
GreyPicture EvenContrast(const GreyPicture& picture);

// Edges made steeper: the picture plus `strength` times its difference from one blurred by a
// Gaussian of `sigma` pixels (unsharp mask).
GreyPicture Sharpened(const GreyPicture& picture, double sigma = 2, double strength = 1);

// Black where a pixel is darker than its surroundings, a Gaussian window of `side` pixels (odd),
// else white.
GreyPicture BlackAndWhite(const GreyPicture& picture, int side);

// Shadows and slow changes of light taken out: each pixel divided by the paper around it.
GreyPicture WithoutShadows(const GreyPicture& picture);

// Less grain: the mean of 3 x 3 pixels.
GreyPicture Smoothed(const GreyPicture& picture);

}  // namespace radyab::scanner
