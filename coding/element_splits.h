// Element strings whose separators were lost on the way: all ways to part them again.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "coding/element.h"

namespace radyab::coding {

inline constexpr std::size_t kSplitTextBytesMax = 256;  // longer texts are not parted again
inline constexpr std::size_t kSplitsMax = 8;

// One way to part the text. Every value is right and no rule of standing together is broken.
struct ElementSplit {
  std::vector<Element> elements;
  std::size_t lost = 0;   // places where a separator must have been and is not
  std::size_t typed = 0;  // places where "029" or "0029" stands for it: Alt+029 typed as text
  bool common = true;     // all AIs are everyday ones (key, lot, serial, dates, counts, weights)
};

// All ways in which the text reads as elements when a separator may be missing behind any value, or
// be typed as "029"; GS in the text is one always. A text that needs no help is a way, too, with
// lost = typed = 0. Likeliest first: fewer lost separators, everyday AIs before rare ones. At most
// kSplitsMax; none for longer texts.
std::vector<ElementSplit> SplitElements(std::string_view text, int current_year);

// True when an element may stand inside the value, so that parting it again is worth a try: some
// tail of it begins with an AI and is long enough.
bool MayHoldElement(std::string_view value);

}  // namespace radyab::coding
