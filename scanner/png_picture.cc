// PNG by libpng's simplified reader.
#include <png.h>

#include "scanner/picture_formats.h"

namespace radyab::scanner {

Outcome<GreyPicture> DecodePng(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
    return DamagedPicture("PNG", image.message);
  }
  if (auto refused = RefuseSize("PNG", image.width, image.height)) {
    png_image_free(&image);
    return *refused;
  }
  // Without a gamma of its own a 16-bit picture is sRGB like all others, not linear light.
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  image.format = PNG_FORMAT_GRAY;
  GreyPicture picture =
      GreyPicture::Blank(static_cast<int>(image.width), static_cast<int>(image.height));
  const png_color white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, picture.pixels.data(), 0, nullptr) == 0) {
    const ScanFault fault = DamagedPicture("PNG", image.message);
    png_image_free(&image);
    return fault;
  }
  return picture;
}

}  // namespace radyab::scanner
