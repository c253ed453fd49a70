// A laid-out label as the bytes of a file, and such a file back as dots.
#pragma once

#include <string>
#include <string_view>

#include "scanner/grey_picture.h"
#include "scanner/label_sheet.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Every dot of the label: 0 black, 255 white, nothing between.
GreyPicture PaintSheet(const LabelSheet& sheet);

// PNG of 1 bit a dot, its resolution noted in it.
Outcome<std::string> WriteLabelPng(const LabelSheet& sheet);

// SVG 1.1 in true size (millimetres). Symbols are <rect> elements, one a line, with corners on the
// printer's dots; texts are <text> elements with direction and measured length, so that another
// font does not make them longer.
std::string WriteLabelSvg(const LabelSheet& sheet);

// The symbols of an SVG that WriteLabelSvg wrote, painted at `dots_per_inch`; its texts are left
// out. Fault kLabelUnreadable when it is no such SVG.
Outcome<GreyPicture> PaintLabelSvg(std::string_view svg, int dots_per_inch);

}  // namespace radyab::scanner
