// Where a symbol lies in its picture, and how to take it out so that the next one is found.
#pragma once

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// The whole area of a symbol made of bars, of which the reader reports only the lines that it read:
// from the line through the middle of `lines` it walks across the bars as long as the bars stay the
// same. At most the picture's size. The corners keep their order.
Quad WholeBars(const GreyPicture& picture, const Quad& lines);

// The middle of the four corners, between pixels.
struct QuadMiddle {
  double x = 0;
  double y = 0;
};
QuadMiddle MiddleOf(const Quad& quad);

// `quad` with every corner `factor` times as far from the middle.
Quad Grown(const Quad& quad, double factor);

// True when the four corners span no area (some readers report none).
bool IsFlat(const Quad& quad);

// Moves each corner into the picture.
Quad Inside(const GreyPicture& picture, const Quad& quad);

// How bright the paper is along the outline of the quad: three quarters of what lies there is at
// most so bright. What is outside the picture does not count; white when all is.
std::uint8_t PaperAround(const GreyPicture& picture, const Quad& quad);

// Paints the quad (four corners in order around it) with `grey`.
void Paint(GreyPicture& picture, const Quad& quad, std::uint8_t grey);

// True when the middle of `inner` lies in `outer`.
bool HoldsMiddle(const Quad& outer, const Quad& inner);

}  // namespace radyab::scanner
