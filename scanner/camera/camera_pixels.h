// The bytes of a camera's frame to grey pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Forms of a frame that we read.
enum class CameraPixels : std::uint8_t {
  kGrey,   // a byte a pixel
  kNv12,   // a byte of brightness a pixel, then the colours
  kYuyv,   // brightness and colour in turn
  kMjpeg,  // a JPEG file a frame
};

// What the driver sends.
struct CameraForm {
  CameraPixels pixels = CameraPixels::kGrey;
  int width = 0;
  int height = 0;
  std::size_t row_bytes = 0;   // from one row to the next; kMjpeg has none
  double frames_a_second = 0;  // 0 when the driver does not tell
};

// The grey pixels of one frame. Faults: kDamagedPicture (fewer bytes than the form needs; a JPEG
// that is none), those of DecodePicture.
Outcome<GreyPicture> GreyOfFrame(const CameraForm& form, std::string_view bytes);

}  // namespace radyab::scanner
