#include "tests/scanner/symbol_samples.h"

#include <gtest/gtest.h>
#include <png.h>
#include <zint.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

namespace radyab::scanner {

std::vector<SampleSymbol> SampleSymbols() {
  return {
      {Symbology::kAztec, BARCODE_AZTEC, "Radyab 1042000017000113", false, "]z0",
       "Radyab 1042000017000113"},
      {Symbology::kCodabar, BARCODE_CODABAR, "A1042000017B", false, "]F0", "A1042000017B"},
      {Symbology::kCode39, BARCODE_CODE39, "LOT-2026 7", false, "]A0", "LOT-2026 7"},
      {Symbology::kCode93, BARCODE_CODE93, "LOT-2026", false, "]G0", "LOT-2026"},
      {Symbology::kCode128, BARCODE_GS1_128, "[01]06260100200302[10]AB-1[21]77", true, "]C1",
       "010626010020030210AB-1\x1D"
       "2177"},
      {Symbology::kDataBar, BARCODE_DBAR_OMN, "0626010020030", true, "]e0", "0106260100200302"},
      {Symbology::kDataBarExpanded, BARCODE_DBAR_EXP, "[01]06260100200302[10]AB1[21]77", true,
       "]e0",
       "010626010020030210AB1\x1D"
       "2177"},
      {Symbology::kDataMatrix, BARCODE_DATAMATRIX, "[01]06260100200302[10]AB-1[21]77", true, "]d2",
       "010626010020030210AB-1\x1D"
       "2177"},
      {Symbology::kEan8, BARCODE_EANX, "9638507", false, "]E4", "96385074"},
      {Symbology::kEan13, BARCODE_EANX, "626010020030", false, "]E0", "6260100200302"},
      {Symbology::kItf, BARCODE_C25INTER, "06260100200302", false, "]I1", "06260100200302"},
      {Symbology::kMaxiCode, BARCODE_MAXICODE, "RADYAB CONTAINER 7", false, "]U0",
       "RADYAB CONTAINER 7"},
      {Symbology::kMicroQrCode, BARCODE_MICROQR, "RADYAB 7", false, "]Q1", "RADYAB 7"},
      {Symbology::kPdf417, BARCODE_PDF417, "Radyab 1042000017000113", false, "]L2",
       "Radyab 1042000017000113"},
      {Symbology::kQrCode, BARCODE_QRCODE, "https://radyab.example/c/1042000017000113", false,
       "]Q1", "https://radyab.example/c/1042000017000113"},
      {Symbology::kUpcA, BARCODE_UPCA, "03600029145", false, "]E0", "0036000291452"},
      {Symbology::kUpcE, BARCODE_UPCE, "0123450", false, "]E0", "0012000003455"},
  };
}

GreyPicture DrawSample(const SampleSymbol& sample) {
  zint_symbol* symbol = ZBarcode_Create();
  symbol->symbology = sample.zint_symbology;
  symbol->input_mode = sample.gs1 && sample.to_encode.starts_with('[') ? GS1_MODE : UNICODE_MODE;
  if (sample.bytes) symbol->input_mode = DATA_MODE;
  symbol->eci = sample.eci;
  symbol->output_options |= BARCODE_QUIET_ZONES;
  symbol->show_hrt = 0;
  symbol->scale = 2;
  symbol->option_2 = sample.zint_option_2;
  if (sample.zint_symbology == BARCODE_MAXICODE) symbol->option_1 = 4;
  const auto* bytes = reinterpret_cast<const unsigned char*>(sample.to_encode.data());
  GreyPicture picture;
  const int failed =
      ZBarcode_Encode_and_Buffer(symbol, bytes, static_cast<int>(sample.to_encode.size()), 0);
  EXPECT_LT(failed, ZINT_ERROR) << SymbologyName(sample.symbology) << ": " << symbol->errtxt;
  if (failed < ZINT_ERROR) {
    picture = GreyPicture::Blank(symbol->bitmap_width, symbol->bitmap_height);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
      picture.pixels[i] =
          GreyOfColour(symbol->bitmap[3 * i], symbol->bitmap[3 * i + 1], symbol->bitmap[3 * i + 2]);
    }
  }
  ZBarcode_Delete(symbol);
  return picture;
}

namespace {

void Lay(GreyPicture& ground, const GreyPicture& picture, int left, int top) {
  for (int y = 0; y < picture.height; ++y) {
    std::copy(picture.Row(y), picture.Row(y) + picture.width, ground.Row(top + y) + left);
  }
}

// The grey at a place between pixels; white outside.
double GreyBetween(const GreyPicture& picture, double x, double y) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const auto grey = [&picture](int i, int j) {
    return i < 0 || j < 0 || i >= picture.width || j >= picture.height ? 255.0 : picture.At(i, j);
  };
  const double right = x - left;
  const double down = y - top;
  return (grey(left, top) * (1 - right) + grey(left + 1, top) * right) * (1 - down) +
         (grey(left, top + 1) * (1 - right) + grey(left + 1, top + 1) * right) * down;
}

}  // namespace

GreyPicture OnPaper(const GreyPicture& picture, int margin) {
  GreyPicture paper = GreyPicture::Blank(picture.width + 2 * margin, picture.height + 2 * margin);
  Lay(paper, picture, margin, margin);
  return paper;
}

GreyPicture SideBySide(const GreyPicture& left, const GreyPicture& right, int gap) {
  GreyPicture both =
      GreyPicture::Blank(left.width + gap + right.width, std::max(left.height, right.height));
  Lay(both, left, 0, 0);
  Lay(both, right, left.width + gap, 0);
  return both;
}

GreyPicture Turned(const GreyPicture& picture, double degrees) {
  const double angle = degrees * std::acos(-1.0) / 180;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const auto length = [](double a, double b) {
    return static_cast<int>(std::ceil(std::abs(a) + std::abs(b)));
  };
  GreyPicture turned = GreyPicture::Blank(length(picture.width * c, picture.height * s),
                                          length(picture.width * s, picture.height * c));
  for (int y = 0; y < turned.height; ++y) {
    for (int x = 0; x < turned.width; ++x) {
      const double dx = x - (turned.width - 1) / 2.0;
      const double dy = y - (turned.height - 1) / 2.0;
      turned.Row(y)[x] = static_cast<std::uint8_t>(
          std::lround(GreyBetween(picture, dx * c + dy * s + (picture.width - 1) / 2.0,
                                  dy * c - dx * s + (picture.height - 1) / 2.0)));
    }
  }
  return turned;
}

GreyPicture Softened(const GreyPicture& picture) {
  GreyPicture soft = picture;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      int sum = 0;
      int count = 0;
      for (int i = std::max(0, y - 1); i <= std::min(picture.height - 1, y + 1); ++i) {
        for (int j = std::max(0, x - 1); j <= std::min(picture.width - 1, x + 1); ++j, ++count)
          sum += picture.At(j, i);
      }
      soft.Row(y)[x] = static_cast<std::uint8_t>((sum + count / 2) / count);
    }
  }
  return soft;
}

GreyPicture OneBit(const GreyPicture& picture, int threshold) {
  GreyPicture bits = picture;
  for (std::uint8_t& pixel : bits.pixels) pixel = pixel < threshold ? 0 : 255;
  return bits;
}

GreyPicture Grained(const GreyPicture& picture, int strength, std::uint32_t seed) {
  std::mt19937 random(seed);
  GreyPicture grained = picture;
  for (std::uint8_t& pixel : grained.pixels) {
    const int change =
        static_cast<int>(random() % static_cast<unsigned>(2 * strength + 1)) - strength;
    pixel = static_cast<std::uint8_t>(std::clamp(pixel + change, 0, 255));
  }
  return grained;
}

std::string PngBytes(const GreyPicture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  EXPECT_NE(png_image_write_to_memory(&image, nullptr, &size, 0, picture.pixels.data(), 0, nullptr),
            0);
  std::string bytes(size, '\0');
  EXPECT_NE(
      png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr),
      0);
  bytes.resize(size);
  return bytes;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "radyab-scanner-XXXXXX").string();
  path_ = ::mkdtemp(name.data()) != nullptr ? name : "";
  EXPECT_NE(path_, "");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(const std::string& name, std::string_view bytes) const {
  const std::filesystem::path path = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path.string();
}

}  // namespace radyab::scanner
