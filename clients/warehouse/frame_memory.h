// What a camera has in view: the same symbol in one frame after another is one scan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace radyab::warehouse {

// A symbol that was seen in none of so many frames is gone: when it comes back it is scanned anew.
// Half a second of a camera with 30 frames a second: readers miss a symbol in a frame or two.
inline constexpr std::int64_t kFramesUntilGone = 15;

// Counts the appearances of symbols in a stream of frames. Two equal labels side by side are two
// scans: while a text is in view it has counted as often as it was ever seen in one frame. Bounded:
// a frame has few symbols, and what is gone is forgotten. For one thread.
class FrameMemory {
 public:
  // The texts of one frame, in the order in which they are to be told, to those of them that are
  // scans. Frames come in order; `frame` only grows.
  std::vector<std::string> NewIn(std::int64_t frame, const std::vector<std::string>& texts);

  std::size_t size() const { return seen_.size(); }

 private:
  struct InView {
    std::int64_t last_frame = 0;
    std::size_t most_at_once = 0;
  };
  std::map<std::string, InView> seen_;
};

}  // namespace radyab::warehouse
