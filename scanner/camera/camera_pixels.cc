#include "scanner/camera/camera_pixels.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "scanner/picture_file.h"

namespace radyab::scanner {

Outcome<GreyPicture> GreyOfFrame(const CameraForm& form, std::string_view bytes) {
  if (form.pixels == CameraPixels::kMjpeg) return DecodePicture(bytes);
  const std::size_t pixel_bytes = form.pixels == CameraPixels::kYuyv ? 2 : 1;
  const std::size_t width_bytes = static_cast<std::size_t>(form.width) * pixel_bytes;
  const std::size_t row_bytes = std::max(form.row_bytes, width_bytes);
  // Of NV12 the colours may be missing: they are not wanted.
  const std::size_t wanted = row_bytes * static_cast<std::size_t>(form.height - 1) + width_bytes;
  if (bytes.size() < wanted) {
    return ScanFault{FaultKind::kDamagedPicture, "a frame of " + std::to_string(bytes.size()) +
                                                     " bytes, want " + std::to_string(wanted)};
  }
  GreyPicture picture = GreyPicture::Blank(form.width, form.height);
  for (int y = 0; y < form.height; ++y) {
    const char* const from = bytes.data() + static_cast<std::size_t>(y) * row_bytes;
    std::uint8_t* const to = picture.Row(y);
    if (pixel_bytes == 1) {
      std::memcpy(to, from, width_bytes);
      continue;
    }
    for (int x = 0; x < form.width; ++x) to[x] = static_cast<std::uint8_t>(from[2 * x]);
  }
  return picture;
}

}  // namespace radyab::scanner
