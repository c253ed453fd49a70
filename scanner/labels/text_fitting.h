// Text brought into a room of given size: smaller within a bound, or broken, never clipped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/label_text.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// A paragraph, and which way it runs.
struct Paragraph {
  std::string text;
  bool right_to_left = false;
};

// Room for text; measures in dots.
struct TextRoom {
  int width = 0;
  int height = 0;
  int size_max = 0;  // letter height (em) that is wanted
  int size_min = 0;  // and the smallest that is allowed
};

// What is given up first when a text is too long for its room.
enum class FitOrder : std::uint8_t {
  kBreakFirst,   // names: large letters on several lines
  kShrinkFirst,  // facts: a line each as long as its letters can be made smaller
};

struct FittedLine {
  TextLine line;
  bool right_to_left = false;
};

// Lines of one size, one below the other, together no wider and no higher than the room.
struct FittedText {
  int size = 0;
  std::vector<FittedLine> lines;
};

// kBreakFirst: the largest size at which all of it fits. kShrinkFirst: the largest at which no
// paragraph is broken; when there is none, as before. Fault kBadLabelContent, which names `what`
// and its text: it does not fit even at size_min, or a letter is in no font. Thread rule: any
// thread.
Outcome<FittedText> FitText(const std::vector<Paragraph>& paragraphs, const TextRoom& room,
                            FitOrder order, std::string_view what);

}  // namespace radyab::scanner
