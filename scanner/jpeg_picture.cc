// JPEG by libjpeg-turbo. Its errors arrive by longjmp, so the functions that call it hold nothing
// that would need a destructor.
#include <csetjmp>
#include <cstddef>
#include <cstdio>
// jpeglib.h needs FILE and size_t before it.
#include <jerror.h>
#include <jpeglib.h>

#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

struct JpegErrors {
  jpeg_error_mgr manager;  // first: libjpeg gets a pointer to this member
  std::jmp_buf back;
  bool truncated;
  char message[JMSG_LENGTH_MAX];
};

struct JpegReading {
  jpeg_decompress_struct decoder;
  JpegErrors errors;
  bool inverted_cmyk;
};

[[noreturn]] void LeaveOnError(j_common_ptr codec) {
  auto* errors = reinterpret_cast<JpegErrors*>(codec->err);
  codec->err->format_message(codec, errors->message);
  std::longjmp(errors->back, 1);
}

void NoteWarning(j_common_ptr codec, int level) {
  if (level >= 0) return;
  auto* errors = reinterpret_cast<JpegErrors*>(codec->err);
  if (codec->err->msg_code == JWRN_JPEG_EOF || codec->err->msg_code == JWRN_HIT_MARKER) {
    errors->truncated = true;
  }
}

bool ReadHeader(JpegReading& reading, const unsigned char* bytes, std::size_t size) {
  reading.decoder.err = jpeg_std_error(&reading.errors.manager);
  reading.errors.manager.error_exit = LeaveOnError;
  reading.errors.manager.emit_message = NoteWarning;
  if (setjmp(reading.errors.back) != 0) return false;
  jpeg_create_decompress(&reading.decoder);
  jpeg_mem_src(&reading.decoder, bytes, static_cast<unsigned long>(size));
  jpeg_read_header(&reading.decoder, TRUE);
  const J_COLOR_SPACE stored = reading.decoder.jpeg_color_space;
  const bool four_inks = stored == JCS_CMYK || stored == JCS_YCCK;
  reading.decoder.out_color_space = four_inks ? JCS_CMYK : JCS_GRAYSCALE;
  reading.inverted_cmyk = four_inks && reading.decoder.saw_Adobe_marker;
  return true;
}

// The grey of one row of CMYK. Adobe stores 255 for "no ink".
void PrintInks(const unsigned char* inks, bool inverted, int width, std::uint8_t* row) {
  for (int x = 0; x < width; ++x, inks += 4) {
    unsigned light[4];
    for (int i = 0; i < 4; ++i) light[i] = inverted ? inks[i] : 255u - inks[i];
    row[x] = GreyOfColour(light[0] * light[3] / 255, light[1] * light[3] / 255,
                          light[2] * light[3] / 255);
  }
}

// Fills `pixels` (width x height); `inks` is room for one row of four inks.
bool ReadRows(JpegReading& reading, std::uint8_t* pixels, unsigned char* inks) {
  if (setjmp(reading.errors.back) != 0) return false;
  jpeg_start_decompress(&reading.decoder);
  const auto width = reading.decoder.output_width;
  while (reading.decoder.output_scanline < reading.decoder.output_height) {
    std::uint8_t* row = pixels + static_cast<std::size_t>(reading.decoder.output_scanline) * width;
    JSAMPROW target = reading.decoder.out_color_space == JCS_CMYK ? inks : row;
    if (jpeg_read_scanlines(&reading.decoder, &target, 1) != 1) return false;
    if (target == inks) PrintInks(inks, reading.inverted_cmyk, static_cast<int>(width), row);
  }
  return true;
}

}  // namespace

Outcome<GreyPicture> DecodeJpeg(std::string_view bytes) {
  JpegReading reading{};
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  Outcome<GreyPicture> outcome = ScanFault{};
  if (!ReadHeader(reading, data, bytes.size())) {
    outcome = DamagedPicture("JPEG", reading.errors.message);
  } else if (auto refused =
                 RefuseSize("JPEG", reading.decoder.image_width, reading.decoder.image_height)) {
    outcome = *refused;
  } else {
    GreyPicture picture = GreyPicture::Blank(static_cast<int>(reading.decoder.image_width),
                                             static_cast<int>(reading.decoder.image_height));
    std::vector<unsigned char> inks(static_cast<std::size_t>(picture.width) * 4);
    if (!ReadRows(reading, picture.pixels.data(), inks.data())) {
      outcome = DamagedPicture("JPEG", reading.errors.message);
    } else if (reading.errors.truncated) {
      outcome = DamagedPicture("JPEG", "the file ends too early");
    } else {
      outcome = std::move(picture);
    }
  }
  jpeg_destroy_decompress(&reading.decoder);
  return outcome;
}

}  // namespace radyab::scanner
