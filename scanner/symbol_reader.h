// All symbols of one picture: the passes of the reader, what is believed, and several symbols.
#pragma once

#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Most symbols reported for one picture.
inline constexpr int kSymbolsMax = 32;

// Reads `picture`. It is tried as it is first; when nothing is found, pictures made from it follow
// (contrast evened, doubled, halved, sharpened, inverted), each bounded in size. After a symbol is
// found its area is painted over and the picture is tried again, so that several are found,
// identical ones too.
//
// What is believed: a matrix symbol corrects and checks itself and is taken from any pass. A symbol
// made of bars is taken from the picture as it is when three of its lines say the same; when only a
// made-up picture (or two lines) show it, two unlike passes must agree, since wrong texts with a
// right check digit do arise there. Thread rule: any thread; untrusted pictures belong into
// radyab-decode.
std::vector<Symbol> ReadSymbols(const GreyPicture& picture);

}  // namespace radyab::scanner
