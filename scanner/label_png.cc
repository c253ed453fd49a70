// Labels as dots and as PNG. libpng reports errors by longjmp, so the function that calls it holds
// nothing that would need a destructor.
#include <png.h>

#include <cmath>
#include <csetjmp>

#include "scanner/label_files.h"
#include "scanner/label_text.h"

namespace radyab::scanner {
namespace {

constexpr double kMetresPerInch = 0.0254;

void AppendBytes(png_structp png, png_bytep bytes, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))
      ->append(reinterpret_cast<const char*>(bytes), size);
}

void FlushNothing(png_structp) {}

// Writes `rows` (packed bits, 1 white) of `height` rows of `stride` bytes; false on an error of
// libpng.
bool WriteBits(png_structp png, png_infop info, const LabelSheet& sheet, const std::uint8_t* rows,
               std::size_t stride) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_IHDR(png, info, static_cast<png_uint_32>(sheet.width),
               static_cast<png_uint_32>(sheet.height), 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  const auto dots_per_metre =
      static_cast<png_uint_32>(std::lround(sheet.dots_per_inch / kMetresPerInch));
  png_set_pHYs(png, info, dots_per_metre, dots_per_metre, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  for (int y = 0; y < sheet.height; ++y)
    png_write_row(png, rows + static_cast<std::size_t>(y) * stride);
  png_write_end(png, info);
  return true;
}

}  // namespace

GreyPicture PaintSheet(const LabelSheet& sheet) {
  GreyPicture picture = GreyPicture::Blank(sheet.width, sheet.height);
  for (const SheetSymbol& symbol : sheet.symbols) {
    for (const BlackBox& box : symbol.boxes) {
      for (int y = box.y; y < box.y + box.height; ++y) {
        for (int x = box.x; x < box.x + box.width; ++x) picture.Row(y)[x] = 0;
      }
    }
  }
  for (const SheetText& text : sheet.texts) {
    DrawText(picture, text.text, {text.size, text.right_to_left}, text.x, text.y);
  }
  return picture;
}

Outcome<std::string> WriteLabelPng(const LabelSheet& sheet) {
  const GreyPicture picture = PaintSheet(sheet);
  const std::size_t stride = (static_cast<std::size_t>(picture.width) + 7) / 8;
  std::vector<std::uint8_t> rows(stride * static_cast<std::size_t>(picture.height), 0);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      if (picture.At(x, y) == 0) continue;
      rows[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8] |=
          static_cast<std::uint8_t>(0x80 >> (x % 8));
    }
  }
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  if (info == nullptr) {
    png_destroy_write_struct(&png, nullptr);
    return ScanFault{FaultKind::kOutOfMemory, "no memory to write a PNG"};
  }
  png_set_write_fn(png, &bytes, AppendBytes, FlushNothing);
  const bool written = WriteBits(png, info, sheet, rows.data(), stride);
  png_destroy_write_struct(&png, &info);
  if (!written)
    return ScanFault{FaultKind::kBadLabelContent, "libpng cannot write a label of this size"};
  return bytes;
}

}  // namespace radyab::scanner
