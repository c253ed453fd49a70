#include "tests/scanner/camera_frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include "scanner/picture_file.h"
#include "tests/scanner/picture_writers.h"

namespace radyab::scanner {
namespace {

constexpr int kColumns = 10;
constexpr double kTurnedMax = 15;
constexpr double kScale = 0.8;  // of the four pixels a module that DrawSample gives
constexpr double kPaper = 215;

std::string SixteenDigits(int number) {
  char text[17];
  std::snprintf(text, sizeof text, "1042%05d%07d", 17, number);
  return text;
}

SampleSymbol SampleOf(Symbology symbology) {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == symbology) return sample;
  }
  return {};
}

FrameCode CodeOf(Symbology symbology, const std::string& text) {
  SampleSymbol sample = SampleOf(symbology);
  sample.gs1 = false;
  sample.to_encode = text;
  return {text, DrawSample(sample)};
}

double Uniform(std::mt19937& random, double least, double most) {
  return least + (most - least) * static_cast<double>(random()) / 4294967295.0;
}

}  // namespace

FrameCode MatrixCode(int number) { return CodeOf(Symbology::kDataMatrix, SixteenDigits(number)); }

FrameCode LinkCode(int number) {
  return CodeOf(Symbology::kQrCode, "https://radyab.example/c/" + SixteenDigits(number));
}

void LayCode(GreyPicture& frame, const FrameCode& code, double x, double y, double degrees,
             double scale) {
  const double angle = degrees * std::acos(-1.0) / 180;
  const double c = std::cos(angle) / scale;
  const double s = std::sin(angle) / scale;
  const GreyPicture& drawn = code.drawn;
  const double reach = std::hypot(drawn.width, drawn.height) * scale / 2 + 1;
  const int left = std::max(0, static_cast<int>(x - reach));
  const int right = std::min(frame.width - 1, static_cast<int>(x + reach));
  const int top = std::max(0, static_cast<int>(y - reach));
  const int bottom = std::min(frame.height - 1, static_cast<int>(y + reach));
  for (int row = top; row <= bottom; ++row) {
    for (int column = left; column <= right; ++column) {
      // The mean of 2 x 2 places in the drawing, as a pixel of the camera sees an area.
      double sum = 0;
      int inside = 0;
      for (const double dx : {-0.25, 0.25}) {
        for (const double dy : {-0.25, 0.25}) {
          const double u = (column + dx - x) * c + (row + dy - y) * s + drawn.width / 2.0;
          const double v = (row + dy - y) * c - (column + dx - x) * s + drawn.height / 2.0;
          if (u < 0 || v < 0 || u >= drawn.width || v >= drawn.height) continue;
          sum += drawn.At(static_cast<int>(u), static_cast<int>(v));
          ++inside;
        }
      }
      if (inside == 0) continue;
      std::uint8_t& pixel = frame.Row(row)[column];
      // Ink keeps a little light, paper is as bright as around it.
      const double ink = 1 - sum / (255.0 * inside);
      pixel = static_cast<std::uint8_t>(pixel * (1 - 0.85 * ink * inside / 4));
    }
  }
}

GreyPicture EmptyFrame() {
  GreyPicture frame = GreyPicture::Blank(kFrameWidth, kFrameHeight);
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) {
      frame.Row(y)[x] = static_cast<std::uint8_t>(kPaper - 60.0 * x / frame.width);
    }
  }
  return frame;
}

GreyPicture Photographed(const GreyPicture& frame, std::uint32_t seed) {
  const auto bytes = JpegOfGrey(Grained(Softened(frame), 6, seed), 60);
  auto picture = DecodePicture(bytes);
  EXPECT_TRUE(picture.ok());
  return std::move(picture).value();
}

GreyPicture FrameOfCodes(int count, std::uint32_t seed, std::vector<std::string>& texts) {
  std::mt19937 random(seed);
  GreyPicture frame = EmptyFrame();
  const double cell = static_cast<double>(kFrameWidth) / kColumns;
  const double rows = 6;
  for (int i = 0; i < count; ++i) {
    const int number = static_cast<int>(random() % 10'000'000);
    const FrameCode code = i % 2 == 0 ? MatrixCode(number) : LinkCode(number);
    LayCode(frame, code, cell * (i % kColumns + 0.5), kFrameHeight / rows * (i / kColumns + 0.5),
            Uniform(random, -kTurnedMax, kTurnedMax), kScale);
    texts.push_back(code.text);
  }
  return Photographed(frame, seed);
}

Belt::Belt(int code_count, int frame_count, std::uint32_t seed) : seed_(seed) {
  std::mt19937 random(seed);
  for (int i = 0; i < code_count; ++i) {
    const int number = static_cast<int>(random() % 10'000'000);
    codes_.push_back(i % 2 == 0 ? MatrixCode(number) : LinkCode(number));
    degrees_.push_back(Uniform(random, -kTurnedMax, kTurnedMax));
    tops_.push_back(Uniform(random, 150, kFrameHeight - 150));
  }
  gap_pixels_ = kFrameWidth / 3.0;
  pixels_a_frame_ = (code_count * gap_pixels_ + kFrameWidth) / frame_count;
}

double Belt::LeftAt(std::size_t code, int frame) const {
  return kFrameWidth + static_cast<double>(code) * gap_pixels_ - frame * pixels_a_frame_;
}

int Belt::FirstFrame(std::size_t code) const {
  const double width = std::hypot(codes_[code].drawn.width, codes_[code].drawn.height) * kScale;
  int frame = 0;
  while (LeftAt(code, frame) + width > kFrameWidth) ++frame;
  return frame;
}

GreyPicture Belt::Frame(int number) const {
  GreyPicture frame = EmptyFrame();
  for (std::size_t i = 0; i < codes_.size(); ++i) {
    const double width = std::hypot(codes_[i].drawn.width, codes_[i].drawn.height) * kScale;
    const double left = LeftAt(i, number);
    if (left > kFrameWidth || left + width < 0) continue;
    LayCode(frame, codes_[i], left + width / 2, tops_[i], degrees_[i], kScale);
  }
  return Photographed(frame, seed_ + static_cast<std::uint32_t>(number));
}

}  // namespace radyab::scanner
