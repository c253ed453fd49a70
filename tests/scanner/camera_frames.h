// Frames as a camera above a belt or a shelf gives them: many codes, askew, out of focus, in JPEG.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scanner/grey_picture.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {

inline constexpr int kFrameWidth = 1920;
inline constexpr int kFrameHeight = 1080;

// A drawn symbol and the text that a reader must say.
struct FrameCode {
  std::string text;
  GreyPicture drawn;
};

// A 16-digit number as a Data Matrix, or a link that ends with it as a QR code.
FrameCode MatrixCode(int number);
FrameCode LinkCode(int number);

// Lays `code` on the frame: its middle at (x, y), turned clockwise by `degrees`, each pixel of the
// drawing `scale` pixels wide. What lies outside the frame is left out.
void LayCode(GreyPicture& frame, const FrameCode& code, double x, double y, double degrees,
             double scale);

// An empty frame of grey paper, brighter on the left than on the right.
GreyPicture EmptyFrame();

// What the camera makes of it: out of focus, grain, JPEG of quality 60 and back.
GreyPicture Photographed(const GreyPicture& frame, std::uint32_t seed);

// A frame of `count` codes (1 to 60), Data Matrix and QR in turn, in rows of ten, each turned by a
// random angle of -15 to 15 degrees; `texts` gets what they say. The same seed gives the same
// frame.
GreyPicture FrameOfCodes(int count, std::uint32_t seed, std::vector<std::string>& texts);

// A belt: `codes` enter one after the other at the right and leave at the left, each in view for
// `view_frames` frames or a little more.
class Belt {
 public:
  Belt(int code_count, int frame_count, std::uint32_t seed);

  GreyPicture Frame(int number) const;
  // The first frame in which the code lies wholly in view.
  int FirstFrame(std::size_t code) const;
  const std::vector<FrameCode>& codes() const { return codes_; }

 private:
  double LeftAt(std::size_t code, int frame) const;

  std::vector<FrameCode> codes_;
  std::vector<double> degrees_;
  std::vector<double> tops_;
  double pixels_a_frame_ = 0;
  double gap_pixels_ = 0;
  std::uint32_t seed_;
};

}  // namespace radyab::scanner
