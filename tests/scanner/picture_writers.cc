#include "tests/scanner/picture_writers.h"

#include <gif_lib.h>
#include <gtest/gtest.h>
#include <png.h>
#include <tiffio.h>
#include <unistd.h>
#include <webp/encode.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
// jpeglib.h needs FILE and size_t before it.
#include <jpeglib.h>

namespace radyab::scanner {
namespace {

// A file name for libraries that write to files only; the file is taken away by `Taken`.
std::string FreshFile() {
  char name[] = "/tmp/radyab-picture-XXXXXX";
  const int file = ::mkstemp(name);
  EXPECT_GE(file, 0);
  ::close(file);
  return name;
}

std::string Taken(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  ::unlink(name.c_str());
  return bytes;
}

std::string PngOf(int width, int height, std::uint32_t format, const void* pixels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = format;
  png_alloc_size_t size = 0;
  EXPECT_NE(png_image_write_to_memory(&image, nullptr, &size, 0, pixels, 0, nullptr), 0);
  std::string bytes(size, '\0');
  EXPECT_NE(png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0, nullptr), 0);
  bytes.resize(size);
  return bytes;
}

std::string JpegOf(int width, int height, int channels, J_COLOR_SPACE space,
                   const std::uint8_t* pixels, int quality = 95) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&encoder);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &bytes, &size);
  encoder.image_width = static_cast<JDIMENSION>(width);
  encoder.image_height = static_cast<JDIMENSION>(height);
  encoder.input_components = channels;
  encoder.in_color_space = space;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  if (space == JCS_CMYK) encoder.write_Adobe_marker = TRUE;
  jpeg_start_compress(&encoder, TRUE);
  for (int y = 0; y < height; ++y) {
    auto* row = const_cast<JSAMPROW>(pixels + static_cast<std::ptrdiff_t>(y) * width * channels);
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&encoder);
  std::free(bytes);
  return file;
}

std::string TiffOf(int width, int height, int channels, int bits, int photometric,
                   const void* pixels) {
  const std::string name = FreshFile();
  TIFF* file = TIFFOpen(name.c_str(), "w");
  TIFFSetField(file, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(file, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(file, TIFFTAG_PHOTOMETRIC, photometric);
  TIFFSetField(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(file, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  if (photometric == PHOTOMETRIC_RGB && channels == 4) {
    const std::uint16_t kind = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(file, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  const std::size_t stride = static_cast<std::size_t>(width) * channels * bits / 8;
  for (int y = 0; y < height; ++y) {
    const char* row = static_cast<const char*>(pixels) + stride * static_cast<std::size_t>(y);
    EXPECT_EQ(TIFFWriteScanline(file, const_cast<char*>(row), static_cast<std::uint32_t>(y)), 1);
  }
  TIFFClose(file);
  return Taken(name);
}

}  // namespace

std::string PngOfColours(const ColourPicture& picture) {
  return PngOf(picture.width, picture.height, PNG_FORMAT_RGBA, picture.colours.data());
}

std::string PngOf16Bits(int width, int height, const std::vector<std::uint16_t>& levels) {
  // libpng's simplified writer calls 16 bits linear light; the plain writer stores the levels as
  // they are.
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &bytes,
      [](png_structp writer, png_bytep data, png_size_t size) {
        static_cast<std::string*>(png_get_io_ptr(writer))
            ->append(reinterpret_cast<char*>(data), size);
      },
      nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), 16,
               PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  png_set_swap(png);
  for (int y = 0; y < height; ++y) {
    png_write_row(png, reinterpret_cast<png_const_bytep>(levels.data() +
                                                         static_cast<std::ptrdiff_t>(y) * width));
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

std::string JpegOfColours(const ColourPicture& picture) {
  std::vector<std::uint8_t> pixels;
  for (const Colour& colour : picture.colours)
    pixels.insert(pixels.end(), colour.begin(), colour.begin() + 3);
  return JpegOf(picture.width, picture.height, 3, JCS_RGB, pixels.data());
}

std::string JpegOfGrey(const GreyPicture& picture, int quality) {
  return JpegOf(picture.width, picture.height, 1, JCS_GRAYSCALE, picture.pixels.data(), quality);
}

std::string WithOrientation(const std::string& jpeg, int orientation) {
  // One entry of a TIFF directory: tag 0x0112, SHORT, one value.
  std::string exif("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 26);
  exif += static_cast<char>(orientation);
  exif += std::string(7, '\0');
  std::string segment = "\xFF\xE1";
  segment += static_cast<char>((exif.size() + 2) >> 8);
  segment += static_cast<char>((exif.size() + 2) & 255);
  return jpeg.substr(0, 2) + segment + exif + jpeg.substr(2);
}

std::string JpegOfAdobeInks(int width, int height, const std::vector<std::uint8_t>& inks) {
  return JpegOf(width, height, 4, JCS_CMYK, inks.data());
}

std::string WebpOfColours(const ColourPicture& picture) {
  std::uint8_t* bytes = nullptr;
  const std::size_t size = WebPEncodeLosslessRGBA(picture.colours.data()->data(), picture.width,
                                                  picture.height, picture.width * 4, &bytes);
  EXPECT_GT(size, 0U);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return file;
}

std::string WebpAnimation(const ColourPicture& first, const ColourPicture& second) {
  const auto number = [](std::size_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 255);
    return text;
  };
  const auto chunk = [&](const std::string& name, const std::string& body) {
    return name + number(body.size(), 4) + body + std::string(body.size() % 2, '\0');
  };
  const auto size = [&](const ColourPicture& picture) {
    return number(static_cast<std::size_t>(picture.width) - 1, 3) +
           number(static_cast<std::size_t>(picture.height) - 1, 3);
  };
  std::string chunks = chunk("VP8X", std::string("\x12\0\0\0", 4) + size(first)) +
                       chunk("ANIM", std::string(6, '\0'));
  for (const ColourPicture& picture : {first, second}) {
    // Behind the head of a whole WebP file (12 bytes) stand its picture's chunks.
    const std::string still = WebpOfColours(picture).substr(12);
    chunks += chunk("ANMF", std::string(6, '\0') + size(picture) + number(100, 3) +
                                std::string(1, '\0') + still);
  }
  return "RIFF" + number(chunks.size() + 4, 4) + "WEBP" + chunks;
}

std::string TiffOfColours(const ColourPicture& picture) {
  return TiffOf(picture.width, picture.height, 4, 8, PHOTOMETRIC_RGB, picture.colours.data());
}

std::string TiffOf16Bits(int width, int height, const std::vector<std::uint16_t>& levels) {
  return TiffOf(width, height, 1, 16, PHOTOMETRIC_MINISBLACK, levels.data());
}

std::string TiffOfInks(int width, int height, const std::vector<std::uint8_t>& inks) {
  return TiffOf(width, height, 4, 8, PHOTOMETRIC_SEPARATED, inks.data());
}

std::string GifOfNumbers(int width, int height, const std::vector<std::uint8_t>& numbers,
                         const std::vector<Colour>& colours, int left, int top, bool transparent,
                         bool interlaced) {
  const std::string name = FreshFile();
  int error = 0;
  GifFileType* file = EGifOpenFileName(name.c_str(), false, &error);
  ColorMapObject* map = GifMakeMapObject(4, nullptr);
  for (std::size_t i = 0; i < 4 && i < colours.size(); ++i) {
    map->Colors[i] = {colours[i][0], colours[i][1], colours[i][2]};
  }
  EXPECT_EQ(EGifPutScreenDesc(file, width * 2, height * 2, 2, 0, map), GIF_OK);
  if (transparent) {
    GraphicsControlBlock control{};
    control.TransparentColor = 0;
    GifByteType block[4];
    EXPECT_EQ(EGifGCBToExtension(&control, block), 4U);
    EXPECT_EQ(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, block), GIF_OK);
  }
  EXPECT_EQ(EGifPutImageDesc(file, left, top, width, height, interlaced, nullptr), GIF_OK);
  std::vector<int> order;
  for (const auto& [first, step] : {std::pair{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
    for (int y = first; interlaced && y < height; y += step) order.push_back(y);
  }
  for (int y = 0; !interlaced && y < height; ++y) order.push_back(y);
  for (const int y : order) {
    auto* row = const_cast<GifPixelType*>(numbers.data() + static_cast<std::ptrdiff_t>(y) * width);
    EXPECT_EQ(EGifPutLine(file, row, width), GIF_OK);
  }
  GifFreeMapObject(map);
  EXPECT_EQ(EGifCloseFile(file, &error), GIF_OK);
  return Taken(name);
}

}  // namespace radyab::scanner
