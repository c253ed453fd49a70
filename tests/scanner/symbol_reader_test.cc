#include "scanner/symbol_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "scanner/grey_passes.h"
#include "scanner/picture_file.h"
#include "scanner/symbol_area.h"
#include "tests/scanner/picture_writers.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

SampleSymbol SampleOf(Symbology symbology) {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == symbology) return sample;
  }
  ADD_FAILURE() << "no sample of " << SymbologyName(symbology);
  return {};
}

std::vector<Symbol> SymbolsIn(const GreyPicture& picture) { return ReadSymbols(picture).symbols; }

std::string Said(const std::vector<Symbol>& symbols) {
  std::string said;
  for (const Symbol& symbol : symbols) {
    said += std::string(SymbologyName(symbol.symbology)) + " " + symbol.aim + " \"" + symbol.text +
            "\"; ";
  }
  return said;
}

void ExpectReads(const GreyPicture& picture, const SampleSymbol& sample, std::string_view how) {
  const auto symbols = SymbolsIn(picture);
  ASSERT_EQ(symbols.size(), 1U) << SymbologyName(sample.symbology) << " " << how << ": "
                                << Said(symbols);
  const Symbol& symbol = symbols.front();
  EXPECT_EQ(SymbologyName(symbol.symbology), SymbologyName(sample.symbology)) << how;
  EXPECT_EQ(symbol.text, sample.text) << SymbologyName(sample.symbology) << " " << how;
  EXPECT_EQ(symbol.aim, sample.aim) << SymbologyName(sample.symbology) << " " << how;
  EXPECT_EQ(symbol.raw, sample.text) << SymbologyName(sample.symbology) << " " << how;
  EXPECT_EQ(symbol.gs1, sample.gs1) << SymbologyName(sample.symbology) << " " << how;
}

TEST(SymbolReader, ReadsEverySymbologyWithItsIdentifierAndText) {
  const auto samples = SampleSymbols();
  EXPECT_EQ(samples.size(), static_cast<std::size_t>(kSymbologyCount));
  for (const SampleSymbol& sample : samples) ExpectReads(DrawSample(sample), sample, "as drawn");
}

TEST(SymbolReader, ReadsAfterPrintingTurningBlurringAndGrain) {
  for (const SampleSymbol& sample : SampleSymbols()) {
    // ZXing-cpp reads MaxiCode only as drawn.
    if (sample.symbology == Symbology::kMaxiCode) continue;
    const GreyPicture drawn = OnPaper(DrawSample(sample), 20);
    ExpectReads(OneBit(drawn), sample, "in one bit");
    ExpectReads(Turned(drawn, 90), sample, "turned by 90 degrees");
    ExpectReads(Turned(drawn, 180), sample, "turned by 180 degrees");
    ExpectReads(Softened(drawn), sample, "blurred");
    ExpectReads(Grained(drawn, 40, 7), sample, "grained with seed 7");
  }
}

TEST(SymbolReader, ReadsAPictureHoweverTheCameraWasHeld) {
  // The pixels as the sensor gave them, with the note how to turn them for people's eyes.
  constexpr std::pair<int, int> kTurns[] = {{1, 0}, {3, 180}, {6, 270}, {8, 90}};
  for (const Symbology symbology : {Symbology::kCode128, Symbology::kDataMatrix}) {
    const SampleSymbol sample = SampleOf(symbology);
    for (const auto& [orientation, degrees] : kTurns) {
      const GreyPicture sensed = Turned(OnPaper(DrawSample(sample), 20), degrees);
      const auto picture = DecodePicture(WithOrientation(JpegOfGrey(sensed, 90), orientation));
      ASSERT_TRUE(picture.ok()) << picture.fault().message;
      ExpectReads(*picture, sample, "with orientation " + std::to_string(orientation));
    }
  }
}

TEST(SymbolReader, ReadsSlightlyTurnedSymbols) {
  for (const Symbology symbology : {Symbology::kQrCode, Symbology::kDataMatrix, Symbology::kAztec,
                                    Symbology::kCode128, Symbology::kEan13}) {
    const SampleSymbol sample = SampleOf(symbology);
    ExpectReads(Turned(OnPaper(DrawSample(sample), 20), 7), sample, "turned by 7 degrees");
  }
}

TEST(SymbolReader, ReadsLightOnDark) {
  for (const Symbology symbology :
       {Symbology::kQrCode, Symbology::kDataMatrix, Symbology::kCode128}) {
    const SampleSymbol sample = SampleOf(symbology);
    ExpectReads(Inverted(OnPaper(DrawSample(sample), 20)), sample, "inverted");
  }
}

TEST(SymbolReader, ReadsTheFourCornersOfTheWholeSymbol) {
  const auto symbols = SymbolsIn(OnPaper(DrawSample(SampleOf(Symbology::kEan13)), 50));
  ASSERT_EQ(symbols.size(), 1U);
  const GreyPicture drawn = DrawSample(SampleOf(Symbology::kEan13));
  const Quad& corners = symbols.front().position;
  EXPECT_NEAR(corners[0].y, 50, 4);
  EXPECT_NEAR(corners[2].y, 50 + drawn.height, 24) << "guard bars are longer than the others";
  EXPECT_LT(corners[0].x, corners[1].x);
  EXPECT_NEAR(corners[1].x - corners[0].x, 95 * 4, 8) << "95 modules of 4 pixels";
}

TEST(SymbolReader, FindsTwoIdenticalEan13SideBySide) {
  const SampleSymbol sample = SampleOf(Symbology::kEan13);
  const GreyPicture one = DrawSample(sample);
  const auto symbols = SymbolsIn(SideBySide(one, one, 60));
  ASSERT_EQ(symbols.size(), 2U) << Said(symbols);
  EXPECT_EQ(symbols[0].text, sample.text);
  EXPECT_EQ(symbols[1].text, sample.text);
  EXPECT_FALSE(HoldsMiddle(symbols[0].position, symbols[1].position));
}

TEST(SymbolReader, FindsTwoIdenticalEan13OneAboveTheOther) {
  const GreyPicture one = Turned(DrawSample(SampleOf(Symbology::kEan13)), 90);
  const auto symbols = SymbolsIn(Turned(SideBySide(one, one, 60), 270));
  EXPECT_EQ(symbols.size(), 2U) << Said(symbols);
}

TEST(SymbolReader, FindsUnlikeSymbolsInOnePicture) {
  const GreyPicture bars = OnPaper(DrawSample(SampleOf(Symbology::kCode128)), 30);
  const GreyPicture matrix = OnPaper(DrawSample(SampleOf(Symbology::kDataMatrix)), 30);
  const GreyPicture link = OnPaper(DrawSample(SampleOf(Symbology::kQrCode)), 30);
  const auto symbols = SymbolsIn(SideBySide(SideBySide(bars, matrix, 10), link, 10));
  std::vector<std::string> texts;
  for (const Symbol& symbol : symbols) texts.push_back(symbol.text);
  EXPECT_THAT(texts, testing::UnorderedElementsAre(SampleOf(Symbology::kCode128).text,
                                                   SampleOf(Symbology::kDataMatrix).text,
                                                   SampleOf(Symbology::kQrCode).text));
}

// A margin that shifts modules of four pixels off the blocks in which areas are sought, as in a
// photograph: a block that is one module, neither more nor less, is not busy.
constexpr int kOddMargin = 25;

// `count` Data Matrix symbols in columns of nine, each with a number of its own.
GreyPicture ManySymbols(int count) {
  SampleSymbol sample = SampleOf(Symbology::kDataMatrix);
  sample.gs1 = false;
  GreyPicture columns;
  for (int first = 0; first < count; first += 9) {
    GreyPicture row;
    for (int i = first; i < std::min(count, first + 9); ++i) {
      sample.to_encode = "RADYAB-" + std::to_string(1000 + i);
      row = SideBySide(row, OnPaper(DrawSample(sample), kOddMargin), 0);
    }
    columns = SideBySide(columns, Turned(row, 90), 0);
  }
  return columns;
}

TEST(SymbolReader, ReadsAsManySymbolsAsItSaysAndTellsWhenThereIsOneMore) {
  const auto all = ReadSymbols(ManySymbols(static_cast<int>(kSymbolsMax)));
  EXPECT_EQ(all.symbols.size(), kSymbolsMax) << Said(all.symbols);
  EXPECT_FALSE(all.truncated);
  const auto more = ReadSymbols(ManySymbols(static_cast<int>(kSymbolsMax) + 1));
  EXPECT_EQ(more.symbols.size(), kSymbolsMax);
  EXPECT_TRUE(more.truncated);
}

TEST(SymbolReader, FindsRectangularDataMatrixOffTheMiddle) {
  constexpr int kSizes[] = {26, 27, 28, 29, 30};  // 8 x 32 to 16 x 48, as zint.h numbers them
  for (const int size : kSizes) {
    SampleSymbol sample = SampleOf(Symbology::kDataMatrix);
    sample.to_encode = "AB12";
    sample.gs1 = false;
    sample.zint_option_2 = size;
    // Large, so that the blocks around its edge do not make it look shorter than it is.
    const GreyPicture drawn = OnPaper(DoubleSize(DrawSample(sample)), kOddMargin);
    ASSERT_EQ(SymbolsIn(drawn).size(), 1U) << "size " << size << " in the middle";
    const auto symbols = SymbolsIn(SideBySide(drawn, GreyPicture::Blank(700, 900), 0));
    ASSERT_EQ(symbols.size(), 1U) << "size " << size;
    EXPECT_EQ(symbols.front().text, "AB12") << "size " << size;
  }
}

TEST(SymbolReader, ReadsAFewPixelsAsNothing) {
  EXPECT_TRUE(SymbolsIn(GreyPicture::Blank(1, 1)).empty());
  EXPECT_TRUE(SymbolsIn(GreyPicture::Blank(1, 1, 0)).empty());
  EXPECT_TRUE(SymbolsIn(GreyPicture::Blank(1, 500)).empty());
  EXPECT_TRUE(SymbolsIn(GreyPicture::Blank(500, 1, 0)).empty());
  EXPECT_TRUE(SymbolsIn(GreyPicture{}).empty());
}

TEST(SymbolReader, ReadsNothingInGrain) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    const auto symbols = SymbolsIn(Grained(GreyPicture::Blank(320, 240, 128), 127, seed));
    EXPECT_TRUE(symbols.empty()) << "seed " << seed << ": " << Said(symbols);
  }
}

TEST(SymbolReader, ReadsNothingInBarsThatMeanNothing) {
  // Widths of one to four modules at random, as many as a long symbol has.
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    std::mt19937 random(seed);
    GreyPicture bars = GreyPicture::Blank(420, 120);
    const int module = 1 + static_cast<int>(seed % 3);
    bool dark = true;
    for (int x = 30; x < 380; dark = !dark) {
      const int end = std::min(390, x + module * (1 + static_cast<int>(random() % 4)));
      for (int y = 15; dark && y < 105; ++y) std::fill(bars.Row(y) + x, bars.Row(y) + end, 20);
      x = end;
    }
    const auto symbols = SymbolsIn(seed % 2 == 0 ? Softened(bars) : bars);
    EXPECT_TRUE(symbols.empty()) << "seed " << seed << ": " << Said(symbols);
  }
}

TEST(SymbolReader, KeepsPersianTextOfAQrCode) {
  SampleSymbol sample = SampleOf(Symbology::kQrCode);
  sample.to_encode = "روغن موتور";
  const auto symbols = SymbolsIn(DrawSample(sample));
  ASSERT_EQ(symbols.size(), 1U);
  EXPECT_EQ(symbols.front().text, "روغن موتور");
}

TEST(SymbolReader, WritesBytesThatAreNoTextWithTheirNumbers) {
  SampleSymbol sample = SampleOf(Symbology::kQrCode);
  sample.to_encode = std::string("\x01\x02") + "é";  // libzint stores é as the one byte 0xE9
  const auto symbols = SymbolsIn(DrawSample(sample));
  ASSERT_EQ(symbols.size(), 1U);
  EXPECT_EQ(symbols.front().raw, "\x01\x02\xE9");
  EXPECT_EQ(symbols.front().text, "\x01\x02\\xe9");
}

TEST(SymbolReader, KeepsWhatIsUtf8AmongBytesThatAreNoText) {
  // Aztec with bytes whose character set nobody knows (ECI 899): Persian letters, then a lone byte.
  SampleSymbol sample = SampleOf(Symbology::kAztec);
  sample.eci = 899;
  sample.bytes = true;
  sample.to_encode = "\xD8\xB1\xD9\x88\xA1\xFF";
  const auto symbols = SymbolsIn(DrawSample(sample));
  ASSERT_EQ(symbols.size(), 1U);
  EXPECT_EQ(symbols.front().raw, sample.to_encode);
  EXPECT_EQ(symbols.front().text, "رو\\xa1\\xff");
}

TEST(SymbolReader, ReadsTheAddOnOfAnEan13) {
  SampleSymbol sample = SampleOf(Symbology::kEan13);
  sample.to_encode = "626010020030+51299";
  const auto symbols = SymbolsIn(OnPaper(DrawSample(sample), 20));
  ASSERT_EQ(symbols.size(), 1U) << Said(symbols);
  EXPECT_EQ(symbols.front().text, "626010020030251299");
  EXPECT_EQ(symbols.front().aim, "]E3");
}

TEST(SymbolReader, TakesAMessageOfNulBytesForNone) {
  for (SampleSymbol sample : SampleSymbols()) {
    if (sample.symbology != Symbology::kAztec) continue;
    sample.bytes = true;
    sample.to_encode = std::string(30, '\0') + "abc";
    EXPECT_TRUE(ReadSymbols(OnPaper(DrawSample(sample), 20)).symbols.empty());
    sample.to_encode = std::string(3, '\0') + "abcdefgh";
    EXPECT_EQ(ReadSymbols(OnPaper(DrawSample(sample), 20)).symbols.size(), 1U) << "some are data";
  }
}

}  // namespace
}  // namespace radyab::scanner
