// The modules of a Data Matrix or a QR code, told one by one and drawn anew.
#pragma once

#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/picture_area.h"

namespace radyab::scanner {

// The Data Matrix or QR code that fills `area` of an upright picture, drawn anew with four pixels a
// module and a quiet zone: each in up to three ways, its sides straightened or as they are, its
// modules cleared of what a lens carries over from their neighbours or as they are. Of all sizes
// (Data Matrix ECC 200 by ISO/IEC 16022; QR versions 1 to 14 by ISO/IEC 18004) and of the four ways
// to lie, that one is taken which shows best what every symbol of its size must: the border of a
// Data Matrix, the finder and timing patterns of a QR code. Its modules are sought where these
// patterns turn from light to dark. Empty when none is seen well. What the modules say is not
// looked at: that is the reader's part, which corrects and checks them.
std::vector<GreyPicture> RedrawnMatrix(const GreyPicture& upright, const PictureArea& area);

}  // namespace radyab::scanner
