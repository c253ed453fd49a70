#include "scanner/picture_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <utility>

#include "tests/scanner/picture_writers.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Colour kRed = {255, 0, 0, 255};
constexpr Colour kHalfBlack = {0, 0, 0, 128};
constexpr Colour kClear = {0, 0, 0, 0};
constexpr Colour kWhite = {255, 255, 255, 255};
const ColourPicture kFour = {2, 2, {kRed, kHalfBlack, kClear, kWhite}};

GreyPicture Decoded(const std::string& bytes) {
  const auto picture = DecodePicture(bytes);
  EXPECT_TRUE(picture.ok()) << (picture.ok() ? "" : picture.fault().message);
  return picture.ok() ? *picture : GreyPicture{};
}

FaultKind FaultOf(std::string_view bytes) {
  const auto picture = DecodePicture(bytes);
  EXPECT_FALSE(picture.ok());
  return picture.ok() ? FaultKind::kWorkerDied : picture.fault().kind;
}

// A sixteenth more or less: formats round and compress.
void ExpectGreys(const GreyPicture& picture, const std::vector<int>& wanted, int tolerance = 2) {
  ASSERT_EQ(picture.pixels.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i)
    EXPECT_NEAR(picture.pixels[i], wanted[i], tolerance) << "pixel " << i;
}

TEST(PictureFile, LaysTransparencyOverWhite) {
  ExpectGreys(Decoded(WebpOfColours(kFour)), {76, 127, 255, 255});
  ExpectGreys(Decoded(TiffOfColours(kFour)), {76, 127, 255, 255});
  // libpng mixes light, not its codes: half black over white is lighter, red as bright as it looks.
  const GreyPicture png = Decoded(PngOfColours(kFour));
  ASSERT_EQ(png.pixels.size(), 4U);
  EXPECT_NEAR(png.pixels[1], 187, 3);
  EXPECT_THAT(std::vector<int>(png.pixels.begin() + 2, png.pixels.end()), ElementsAre(255, 255));
}

TEST(PictureFile, TurnsSixteenBitsIntoEight) {
  const std::vector<std::uint16_t> levels = {0, 0x4000, 0x8000, 0xFFFF};
  ExpectGreys(Decoded(PngOf16Bits(4, 1, levels)), {0, 64, 128, 255});
  ExpectGreys(Decoded(TiffOf16Bits(4, 1, levels)), {0, 64, 128, 255});
}

TEST(PictureFile, PrintsFourInks) {
  const std::vector<std::uint8_t> none_black_cyan = {0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0};
  ExpectGreys(Decoded(TiffOfInks(3, 1, none_black_cyan)), {255, 0, 179});
  std::vector<std::uint8_t> adobe;
  for (int i = 0; i < 16; ++i) adobe.insert(adobe.end(), {255, 255, 255, 255});
  ExpectGreys(Decoded(JpegOfAdobeInks(4, 4, adobe)), std::vector<int>(16, 255));
  std::vector<std::uint8_t> black;
  for (int i = 0; i < 16; ++i) black.insert(black.end(), {255, 255, 255, 0});
  ExpectGreys(Decoded(JpegOfAdobeInks(4, 4, black)), std::vector<int>(16, 0));
}

TEST(PictureFile, ReadsColourJpegAsGrey) {
  const ColourPicture red = {8, 8, std::vector<Colour>(64, kRed)};
  ExpectGreys(Decoded(JpegOfColours(red)), std::vector<int>(64, 76), 3);
}

TEST(PictureFile, LaysTheFirstFrameOfAGifOnItsScreen) {
  const std::vector<Colour> colours = {{0, 0, 0, 0}, kRed, {0, 0, 0, 0}, kWhite};
  const std::vector<std::uint8_t> numbers = {0, 1, 2, 3};
  const auto laid = [&](bool transparent) {
    return Decoded(GifOfNumbers(2, 2, numbers, colours, 1, 2, transparent, false));
  };
  const GreyPicture opaque = laid(false);
  ASSERT_EQ(opaque.width, 4);
  ASSERT_EQ(opaque.height, 4);
  EXPECT_EQ(opaque.At(0, 0), 255);
  EXPECT_EQ(opaque.At(1, 2), 0);
  EXPECT_EQ(opaque.At(2, 2), 76);
  EXPECT_EQ(opaque.At(1, 3), 0);
  EXPECT_EQ(laid(true).At(1, 2), 255);
}

TEST(PictureFile, TakesTheFirstFrameOfAnAnimatedWebp) {
  ColourPicture white = kFour;
  white.colours.assign(kFour.colours.size(), Colour{255, 255, 255, 255});
  ExpectGreys(Decoded(WebpAnimation(kFour, white)), {76, 127, 255, 255});
}

TEST(PictureFile, ReadsInterlacedRowsInOrder) {
  std::vector<std::uint8_t> numbers;
  for (int y = 0; y < 13; ++y) numbers.insert(numbers.end(), 3, static_cast<std::uint8_t>(y % 4));
  const std::vector<Colour> colours = {
      {0, 0, 0, 0}, {80, 80, 80, 0}, {160, 160, 160, 0}, {240, 240, 240, 0}};
  const GreyPicture picture = Decoded(GifOfNumbers(3, 13, numbers, colours, 0, 0, false, true));
  for (int y = 0; y < 13; ++y) EXPECT_EQ(picture.At(1, y), y % 4 * 80) << "row " << y;
}

TEST(PictureFile, ReadsThePlainFormats) {
  ExpectGreys(Decoded("P5\n# a comment\n3 1\n255\n" + std::string("\x00\x80\xFF", 3)),
              {0, 128, 255}, 0);
  ExpectGreys(Decoded("P5 2 1 65535\n" + std::string("\x80\x00\xFF\xFF", 4)), {127, 255}, 1);
  ExpectGreys(Decoded("P6 1 1 255\n" + std::string("\xFF\x00\x00", 3)), {76}, 0);
  ExpectGreys(Decoded("P4 9 1\n" + std::string("\x80\x80", 2)),
              {0, 255, 255, 255, 255, 255, 255, 255, 0}, 0);
  std::string bmp("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x02\0\0\0\x01\0\x18\0", 30);
  bmp += std::string(24, '\0') + std::string("\0\0\xFF\0\xFF\xFF\xFF\0", 8);
  ExpectGreys(Decoded(bmp), {255, 76}, 0);  // stored from the bottom up
}

std::string LittleEndian(std::uint32_t number, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>(number >> (8 * i) & 255));
  return text;
}

// A BMP of 2 x 1 pixels; `tables` are masks and palette behind its header of 40 bytes.
std::string Bmp(unsigned bits, unsigned packing, unsigned colours_used, const std::string& tables,
                const std::string& pixels) {
  const auto data = static_cast<std::uint32_t>(54 + tables.size());
  return "BM" + LittleEndian(0, 8) + LittleEndian(data, 4) + LittleEndian(40, 4) +
         LittleEndian(2, 4) + LittleEndian(1, 4) + LittleEndian(1, 2) + LittleEndian(bits, 2) +
         LittleEndian(packing, 4) + LittleEndian(0, 12) + LittleEndian(colours_used, 4) +
         LittleEndian(0, 4) + tables + pixels;
}

TEST(PictureFile, ReadsABmpWithFewColours) {
  const std::string two_colours("\x40\x40\x40\0\xF0\xF0\xF0\0", 8);
  ExpectGreys(Decoded(Bmp(8, 0, 2, two_colours, std::string("\1\0\0\0", 4))), {240, 64}, 0);
  ExpectGreys(Decoded(Bmp(1, 0, 0, two_colours, std::string("\x40\0\0\0", 4))), {64, 240}, 0);
  const std::string third = Bmp(8, 0, 2, two_colours, std::string("\2\0\0\0", 4));
  EXPECT_EQ(FaultOf(third), FaultKind::kDamagedPicture) << "there is no third colour";
}

TEST(PictureFile, ReadsABmpWithTheUsualMasksOnly) {
  const std::string usual =
      LittleEndian(0xFF0000, 4) + LittleEndian(0xFF00, 4) + LittleEndian(0xFF, 4);
  const std::string swapped =
      LittleEndian(0xFF, 4) + LittleEndian(0xFF00, 4) + LittleEndian(0xFF0000, 4);
  const std::string red_white("\0\0\xFF\0\xFF\xFF\xFF\0", 8);
  ExpectGreys(Decoded(Bmp(32, 3, 0, usual, red_white)), {76, 255}, 0);
  EXPECT_EQ(FaultOf(Bmp(32, 3, 0, swapped, red_white)), FaultKind::kUnreadForm);
}

TEST(PictureFile, DoesNotCallABmpOfAnotherFormDamaged) {
  for (const auto& [bits, packing] : std::initializer_list<std::pair<unsigned, unsigned>>{
           {4, 0}, {16, 0}, {8, 1}, {4, 2}, {16, 3}, {24, 3}, {32, 4}}) {
    const auto picture = DecodePicture(Bmp(bits, packing, 0, std::string(1024, '\0'), "12345678"));
    ASSERT_FALSE(picture.ok()) << bits << " bits, packing " << packing;
    EXPECT_EQ(picture.fault().kind, FaultKind::kUnreadForm) << picture.fault().message;
    EXPECT_THAT(picture.fault().message, testing::Not(HasSubstr("damaged")));
  }
}

TEST(PictureFile, ReadsOnePixel) {
  const ColourPicture one = {1, 1, {kWhite}};
  for (const std::string& bytes :
       {PngOfColours(one), JpegOfColours(one), WebpOfColours(one), TiffOfColours(one)}) {
    ExpectGreys(Decoded(bytes), {255});
  }
}

TEST(PictureFile, SaysThatAFileIsNoPicture) {
  EXPECT_EQ(FaultOf(""), FaultKind::kEmptyFile);
  EXPECT_EQ(FaultOf("a text about barcodes"), FaultKind::kNotAPicture);
  EXPECT_EQ(FaultOf(std::string(1000, '\0')), FaultKind::kNotAPicture);
  EXPECT_EQ(FaultOf("%PDF-1.7"), FaultKind::kUnreadForm) << "read as a file, page by page";
  EXPECT_EQ(FaultOf("P5"), FaultKind::kNotAPicture);
}

// One file of every format.
std::vector<std::string> EveryFormat() {
  std::mt19937 random(1);
  ColourPicture noise = {24, 24, {}};
  std::vector<std::uint8_t> numbers;
  for (int i = 0; i < 24 * 24; ++i) {
    const auto grey = static_cast<std::uint8_t>(random() % 256);
    noise.colours.push_back({grey, grey, grey, 255});
    numbers.push_back(grey % 4);
  }
  const std::vector<Colour> colours(4, kRed);
  std::string bmp("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x04\0\0\0\x04\0\0\0\x01\0\x18\0", 30);
  bmp += std::string(24, '\0') + std::string(48, '\x10');
  return {PngOfColours(noise),
          JpegOfColours(noise),
          WebpOfColours(noise),
          TiffOfColours(noise),
          GifOfNumbers(24, 24, numbers, colours, 0, 0, false, false),
          bmp,
          "P5 24 24 255\n" + std::string(576, 'x')};
}

TEST(PictureFile, SaysThatATruncatedFileIsDamaged) {
  for (const std::string& whole : EveryFormat()) {
    ASSERT_TRUE(DecodePicture(whole).ok()) << whole.substr(0, 4);
    for (const std::size_t size : {whole.size() / 3, whole.size() / 2, whole.size() * 9 / 10}) {
      const auto cut = DecodePicture(std::string_view(whole).substr(0, size));
      ASSERT_FALSE(cut.ok()) << whole.substr(0, 4) << " cut to " << size << " of " << whole.size();
      EXPECT_EQ(cut.fault().kind, FaultKind::kDamagedPicture) << cut.fault().message;
      EXPECT_THAT(cut.fault().message, HasSubstr("damaged"));
    }
  }
}

TEST(PictureFile, SurvivesFlippedBytes) {
  const auto formats = EveryFormat();
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    for (std::string bytes : formats) {
      for (int i = 0; i < 4; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
      const auto picture = DecodePicture(bytes);
      if (!picture.ok()) continue;
      EXPECT_EQ(picture->pixels.size(), static_cast<std::size_t>(picture->width) * picture->height)
          << "seed " << seed;
    }
  }
}

TEST(PictureFile, RefusesHugePicturesBeforeTakingMemory) {
  const std::string pnm = "P5 32000 32000 255\n";
  const auto refused = DecodePicture(pnm);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().kind, FaultKind::kTooLarge);
  EXPECT_THAT(refused.fault().message, HasSubstr("32000 x 32000"));
  EXPECT_EQ(FaultOf("P5 40000 1 255\n"), FaultKind::kTooLarge);
  EXPECT_EQ(FaultOf("P5 99999999 99999999 255\n"), FaultKind::kTooLarge);
  const std::string huge = PngBytes(GreyPicture::Blank(kPictureSideMax + 1, 1));
  EXPECT_EQ(FaultOf(huge), FaultKind::kTooLarge);
}

TEST(PictureFile, TakesThePictureAtTheLimitAndRefusesOneMore) {
  const std::string at_limit = PngBytes(GreyPicture::Blank(8000, 8000));
  EXPECT_EQ(Decoded(at_limit).width, 8000);
  EXPECT_EQ(FaultOf(PngBytes(GreyPicture::Blank(8000, 8001))), FaultKind::kTooLarge);
}

}  // namespace
}  // namespace radyab::scanner
