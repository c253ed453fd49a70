// Where in a picture symbols may lie: areas full of light and dark.
#pragma once

#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/picture_area.h"

namespace radyab::scanner {

// Most areas answered for one picture.
inline constexpr int kAreasMax = 64;

// The separate areas whose blocks of block_side x block_side pixels (4 or more) are busy, that is:
// hold, with the pixels next to them on the right and below, greys at least 64 apart, or touch such
// a block. Areas are at most five times as long as wide (a Data Matrix of 8 x 32 modules is four
// times, lines of text are longer), at least four blocks a side, smaller than nine tenths of the
// picture a side, the largest first, at most kAreasMax.
std::vector<PictureArea> BusyAreas(const GreyPicture& picture, int block_side);

// Which part (0 to 1) of the picture's blocks of 12 x 12 pixels are busy; 0 when there is none.
double BusyPart(const GreyPicture& picture);

// True when all pixels are nearly of one grey, within 8 levels: an empty page, a covered lens.
bool IsOneGrey(const GreyPicture& picture);

// False when nothing in the picture can be a symbol: no area of 20 x 8 pixels or more whose blocks
// of 4 x 4 hold greys at least 32 apart.
bool MayShowSymbol(const GreyPicture& picture);

}  // namespace radyab::scanner
