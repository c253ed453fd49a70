// The modules of a Data Matrix, told one by one and drawn anew.
#pragma once

#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/picture_area.h"

namespace radyab::scanner {

// The Data Matrix that fills `area` of an upright picture, drawn anew with four pixels a module and
// a quiet zone, in up to three ways: its sides straightened or as they are, its modules cleared of
// what a lens carries over from their neighbours or as they are. Of all sizes of ISO/IEC 16022 (ECC
// 200) and of the four ways to lie, that one is taken whose border is best seen: two whole sides,
// two of light and dark in turn. Empty when no border is seen well. What the modules say is not
// looked at: that is the reader's part, which corrects and checks them.
std::vector<GreyPicture> RedrawnDataMatrix(const GreyPicture& upright, const PictureArea& area);

}  // namespace radyab::scanner
