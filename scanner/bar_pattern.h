// What a retail symbol of a text must look like, and how well a picture shows it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// The modules of the bars of an EAN-13, EAN-8, UPC-A or UPC-E symbol (its text as in symbol.h,
// without add-on) from its first guard bar to its last, true where dark (ISO/IEC 15420, 5.2);
// nothing for another symbology or for a text that such a symbol cannot hold.
std::optional<std::vector<bool>> RetailModules(Symbology symbology, const std::string& text);

// How well the picture shows what the symbol says where it was read: the correlation of its greys
// along the symbol's middle line with its modules, blurred as the picture may be; 1 is the best.
// Nothing when the symbol is not of those symbologies or too small to tell.
std::optional<double> ShownOf(const GreyPicture& picture, const Symbol& symbol);

}  // namespace radyab::scanner
