// Text on labels: measured, broken into lines and drawn, Persian and Arabic letters joined. By
// Pango and Cairo; label_text.cc is the only file that names Pango's types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

inline constexpr std::string_view kLabelFontFamily = "DejaVu Sans";

// How a text is set.
struct TextStyle {
  int size = 16;  // letter height (em), dots
  bool right_to_left = false;
};

// One line of a broken text, as long and as high as it is drawn.
struct TextLine {
  std::string text;
  int width = 0;
  int height = 0;
  int baseline = 0;
};

// Breaks `text` at words (a longer word at letters) into lines of at most `width` dots. Fault
// kBadLabelContent: no installed font has one of its letters.
// Thread rule: any thread.
Outcome<std::vector<TextLine>> BreakText(std::string_view text, const TextStyle& style, int width);

// Draws one line in black, its top left corner at (x, y). What lies outside of the picture is not
// drawn.
void DrawText(GreyPicture& picture, std::string_view line, const TextStyle& style, int x, int y);

}  // namespace radyab::scanner
