// TIFF by libtiff, read from memory; its first page.
#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

struct TiffBytes {
  std::string_view bytes;
  std::uint64_t at = 0;
  std::string message;
};

TiffBytes& Source(thandle_t handle) { return *static_cast<TiffBytes*>(handle); }

tmsize_t ReadBytes(thandle_t handle, void* target, tmsize_t size) {
  TiffBytes& source = Source(handle);
  if (size <= 0 || source.at >= source.bytes.size()) return 0;
  const auto taken =
      std::min<std::uint64_t>(static_cast<std::uint64_t>(size), source.bytes.size() - source.at);
  std::memcpy(target, source.bytes.data() + source.at, taken);
  source.at += taken;
  return static_cast<tmsize_t>(taken);
}

tmsize_t RefuseWrite(thandle_t, void*, tmsize_t) { return 0; }

toff_t Seek(thandle_t handle, toff_t offset, int whence) {
  TiffBytes& source = Source(handle);
  if (whence == SEEK_CUR) offset += source.at;
  if (whence == SEEK_END) offset += source.bytes.size();
  source.at = offset;
  return source.at;
}

int Close(thandle_t) { return 0; }
toff_t Size(thandle_t handle) { return Source(handle).bytes.size(); }

int NoteError(TIFF*, void* user, const char*, const char* format, va_list values) {
  char text[256];
  std::vsnprintf(text, sizeof text, format, values);
  auto& message = static_cast<TiffBytes*>(user)->message;
  if (message.empty()) message = text;
  return 1;  // handled: nothing is printed
}

int SwallowWarning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

TIFF* Open(TiffBytes& source) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (options == nullptr) return nullptr;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, kPicturePixelsMax * 8);
  TIFFOpenOptionsSetErrorHandlerExtR(options, NoteError, &source);
  TIFFOpenOptionsSetWarningHandlerExtR(options, SwallowWarning, nullptr);
  TIFF* file = TIFFClientOpenExt("picture", "rm", &source, ReadBytes, RefuseWrite, Seek, Close,
                                 Size, nullptr, nullptr, options);
  TIFFOpenOptionsFree(options);
  return file;
}

Outcome<GreyPicture> ReadPage(TIFF* file, const TiffBytes& source) {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height);
  if (auto refused = RefuseSize("TIFF", width, height)) return *refused;
  GreyPicture picture = GreyPicture::Blank(static_cast<int>(width), static_cast<int>(height));
  std::vector<std::uint32_t> colours(picture.pixels.size());
  if (TIFFReadRGBAImageOriented(file, width, height, colours.data(), ORIENTATION_TOPLEFT, 1) == 0) {
    return DamagedPicture("TIFF",
                          source.message.empty() ? "its pixels cannot be decoded" : source.message);
  }
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const std::uint32_t colour = colours[i];  // colours are already multiplied by their opacity
    const unsigned grey = GreyOfColour(TIFFGetR(colour), TIFFGetG(colour), TIFFGetB(colour));
    picture.pixels[i] = static_cast<std::uint8_t>(std::min(255u, grey + (255 - TIFFGetA(colour))));
  }
  return picture;
}

}  // namespace

Outcome<GreyPicture> DecodeTiff(std::string_view bytes) {
  TiffBytes source{bytes, 0, {}};
  TIFF* file = Open(source);
  if (file == nullptr) {
    return DamagedPicture("TIFF",
                          source.message.empty() ? "its header cannot be read" : source.message);
  }
  Outcome<GreyPicture> outcome = ReadPage(file, source);
  TIFFClose(file);
  return outcome;
}

}  // namespace radyab::scanner
