// A picture as the reader wants it: 8 bits of grey a pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace radyab::scanner {

// Largest picture taken, in pixels (a 64-megapixel camera). More is refused before memory is asked
// for.
inline constexpr std::int64_t kPicturePixelsMax = 64'000'000;
// Longest side, in pixels.
inline constexpr int kPictureSideMax = 32'767;

// Grey pixels row by row without padding, 0 black and 255 white. pixels.size() == width * height.
struct GreyPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  static GreyPicture Blank(int width, int height, std::uint8_t grey = 255) {
    return {width, height,
            std::vector<std::uint8_t>(
                static_cast<std::size_t>(width) * static_cast<std::size_t>(height), grey)};
  }
  std::uint8_t* Row(int y) { return pixels.data() + static_cast<std::size_t>(y) * width; }
  const std::uint8_t* Row(int y) const {
    return pixels.data() + static_cast<std::size_t>(y) * width;
  }
  std::uint8_t At(int x, int y) const { return Row(y)[x]; }
  friend bool operator==(const GreyPicture&, const GreyPicture&) = default;
};

// Grey of a colour by the weights of ITU-R BT.601, rounded.
inline std::uint8_t GreyOfColour(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint8_t>((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

// `grey` with opacity `alpha` (0..255) laid over white paper.
inline std::uint8_t OverWhite(unsigned grey, unsigned alpha) {
  return static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}

}  // namespace radyab::scanner
