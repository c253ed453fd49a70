#include "tests/scanner/photo_disturbance.h"

#include <algorithm>
#include <random>

#include "scanner/grey_passes.h"
#include "tests/scanner/picture_writers.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

constexpr double kDegrees = 3;
constexpr int kJpegQuality = 60;
constexpr double kSmaller = 0.7;

GreyPicture OtherBrightness(GreyPicture picture, std::mt19937& random) {
  const double contrast = std::uniform_real_distribution<>(0.6, 0.8)(random);
  const double lighter = std::uniform_real_distribution<>(0, 40)(random);
  for (std::uint8_t& grey : picture.pixels) {
    grey = static_cast<std::uint8_t>(std::clamp(grey * contrast + lighter, 0.0, 255.0));
  }
  return picture;
}

}  // namespace

std::string_view DisturbanceName(Disturbance disturbance) {
  switch (disturbance) {
    case Disturbance::kTurned:
      return "turned";
    case Disturbance::kJpeg:
      return "jpeg";
    case Disturbance::kSmaller:
      return "smaller";
    case Disturbance::kBrightness:
      break;
  }
  return "brightness";
}

std::string DisturbedFile(const GreyPicture& picture, Disturbance disturbance, std::uint32_t seed) {
  std::mt19937 random(seed);
  switch (disturbance) {
    case Disturbance::kTurned:
      return PngBytes(Turned(picture, random() % 2 == 0 ? kDegrees : -kDegrees));
    case Disturbance::kJpeg:
      return JpegOfGrey(picture, kJpegQuality);
    case Disturbance::kSmaller:
      return PngBytes(Resized(picture, kSmaller));
    case Disturbance::kBrightness:
      break;
  }
  return PngBytes(OtherBrightness(picture, random));
}

}  // namespace radyab::scanner
