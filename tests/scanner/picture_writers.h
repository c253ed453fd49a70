// Small picture files of every format that we read, written by the formats' own libraries.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// Red, green, blue, opacity.
using Colour = std::array<std::uint8_t, 4>;

// A picture in colours, row by row.
struct ColourPicture {
  int width = 0;
  int height = 0;
  std::vector<Colour> colours;
};

std::string PngOfColours(const ColourPicture& picture);
// Grey in 16 bits: levels 0..65535.
std::string PngOf16Bits(int width, int height, const std::vector<std::uint16_t>& levels);
std::string JpegOfColours(const ColourPicture& picture);
std::string JpegOfGrey(const GreyPicture& picture, int quality);
// The same JPEG with an Exif segment that says how to turn the picture (1 to 8; CIPA
// DC-008, 4.6.4).
std::string WithOrientation(const std::string& jpeg, int orientation);
// Cyan, magenta, yellow, black as Adobe stores them: 255 is no ink.
std::string JpegOfAdobeInks(int width, int height, const std::vector<std::uint8_t>& inks);
std::string WebpOfColours(const ColourPicture& picture);
// An animation whose first frame is `picture`, as the container's chunks say (RIFF, VP8X, ANIM,
// ANMF).
std::string WebpAnimation(const ColourPicture& first, const ColourPicture& second);
std::string TiffOfColours(const ColourPicture& picture);
std::string TiffOf16Bits(int width, int height, const std::vector<std::uint16_t>& levels);
// Inks as in JpegOfAdobeInks but 0 is no ink.
std::string TiffOfInks(int width, int height, const std::vector<std::uint8_t>& inks);
// A frame at (left, top) of a screen of twice its size; colour 0 is transparent when `transparent`.
std::string GifOfNumbers(int width, int height, const std::vector<std::uint8_t>& numbers,
                         const std::vector<Colour>& colours, int left, int top, bool transparent,
                         bool interlaced);

}  // namespace radyab::scanner
