// Which bars are believed because two frames of a stream agree.
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/picture_reading.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Hears the readings of a stream's frames in their order. Bars that a single made-up picture showed
// (PictureReading::unproven) are believed when the frame before said the same, as a believed or an
// unproven symbol: two moments are as unlike as two passes. A frame of the very same bytes is the
// same moment and proves nothing; nor do bars whose own frame reads another text in the same place,
// nor frames between which one could not be read. Not safe for several threads.
class FrameAgreement {
 public:
  // Moves what is believed from `reading.unproven` to its symbols.
  void Hear(PictureReading& reading);

 private:
  std::vector<Symbol> before_;  // what the frame before said, believed or not
  std::int64_t frame_before_ = 0;
  std::uint64_t hash_before_ = 0;
};

}  // namespace radyab::scanner
