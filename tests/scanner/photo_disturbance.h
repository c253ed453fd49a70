// Copies of photographs as another camera might have taken them: what is read only in one exact set
// of pixels is not read in general.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/grey_picture.h"

namespace radyab::scanner {

enum class Disturbance : std::uint8_t {
  kTurned,      // by 3 degrees, either way
  kJpeg,        // JPEG of quality 60
  kSmaller,     // 0.7 times as wide and high
  kBrightness,  // 0.6 to 0.8 of the contrast, up to 40 grey levels lighter
};

inline constexpr std::array kDisturbances = {Disturbance::kTurned, Disturbance::kJpeg,
                                             Disturbance::kSmaller, Disturbance::kBrightness};

// "turned", "jpeg", "smaller", "brightness".
std::string_view DisturbanceName(Disturbance disturbance);

// The file of the disturbed copy: a PNG, or a JPEG for kJpeg. The same seed gives the same bytes.
std::string DisturbedFile(const GreyPicture& picture, Disturbance disturbance, std::uint32_t seed);

}  // namespace radyab::scanner
