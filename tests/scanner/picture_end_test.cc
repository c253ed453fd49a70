#include "scanner/picture_end.h"

#include <gtest/gtest.h>

#include "tests/scanner/picture_writers.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using Answer = PictureEnd::Answer;

// Grain makes coded bytes of every value, 0xFF among them.
const GreyPicture& Grain() {
  static const GreyPicture grain = Grained(GreyPicture::Blank(90, 70, 128), 127, 5);
  return grain;
}

std::string Pgm(int width, int height, const std::string& comment = "") {
  return "P5\n" + comment + std::to_string(width) + " " + std::to_string(height) + "\n255\n" +
         std::string(static_cast<std::size_t>(width * height), 'x');
}

// The end must be found as soon as the last byte is there and not before, however the bytes come.
void ExpectEndsItself(const std::string& picture) {
  PictureEnd at_once;
  EXPECT_EQ(at_once.Seek(picture + "P5 and more"), Answer::kFound);
  EXPECT_EQ(at_once.length(), picture.size());
  PictureEnd by_byte;
  for (std::size_t i = 1; i < picture.size(); ++i) {
    ASSERT_EQ(by_byte.Seek(std::string_view(picture).substr(0, i)), Answer::kMoreNeeded)
        << i << " of " << picture.size() << " bytes";
  }
  EXPECT_EQ(by_byte.Seek(picture), Answer::kFound);
  EXPECT_EQ(by_byte.length(), picture.size());
}

TEST(PictureEnd, FindsTheEndOfEachFormat) {
  ExpectEndsItself(Pgm(7, 5));
  ExpectEndsItself(Pgm(7, 5, "# made by hand\n"));
  ExpectEndsItself("P6 3 2 255\n" + std::string(18, '\xFF'));
  ExpectEndsItself("P5 3 2 65535\n" + std::string(12, '\0'));
  ExpectEndsItself("P4 9 3\n" + std::string(6, '\x55'));
  ExpectEndsItself(PngBytes(Grain()));
  ExpectEndsItself(JpegOfGrey(Grain(), 100));
  ExpectEndsItself(JpegOfGrey(Grain(), 30));
}

TEST(PictureEnd, SaysWhatIsNoPicture) {
  for (const std::string& text :
       {std::string("hello"), std::string("P7\n1 1\n"), std::string("P5 x 3 255\n"),
        std::string("P5 0 3 255\n"), std::string("P5 3 3 70000\nx"),
        std::string("P5 99999 3 255\n"), std::string("\xFF\xD8\xFF\xE0\0\x01", 6),
        std::string("\xFF\xD8\xFF\xE0\0\x02xyz", 9), std::string("GI")}) {
    PictureEnd end;
    EXPECT_EQ(end.Seek(text), Answer::kNoPicture) << text;
  }
  PictureEnd endless;
  EXPECT_EQ(endless.Seek("P5 " + std::string(5000, '#')), Answer::kNoPicture)
      << "a head without end";
}

}  // namespace
}  // namespace radyab::scanner
