// Text on labels as letters of a font, for files that hold fonts (PDF).
#pragma once

#include <cairo.h>

#include <string_view>

#include "scanner/label_text.h"

namespace radyab::scanner {

// Shows one line in black, its top left corner at (x, y), in a drawing whose units are dots: on
// paper as wide as BreakText measured it, whatever the resolution.
void ShowText(cairo_t* drawing, std::string_view line, const TextStyle& style, double x, double y);

}  // namespace radyab::scanner
