#include "scanner/bar_pattern.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scanner/grey_passes.h"
#include "scanner/zxing_reader.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

// The samples of EAN and UPC, read.
struct ReadSample {
  GreyPicture picture;
  Symbol symbol;
};

std::vector<ReadSample> RetailSamples() {
  std::vector<ReadSample> samples;
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (!IsRetail(sample.symbology)) continue;
    const GreyPicture picture = OnPaper(DrawSample(sample), 40);
    const auto symbol =
        ReadOneSymbol(picture, {SymbolSet::kLinear, Effort::kUpright, Threshold::kLocal, 2});
    EXPECT_TRUE(symbol && symbol->text == sample.text) << sample.text;
    if (symbol) samples.push_back({picture, *symbol});
  }
  EXPECT_EQ(samples.size(), 4U);
  return samples;
}

// The same symbol with two digits of its text changed, so that its check digit stays right.
Symbol Misread(Symbol symbol, std::size_t at) {
  const auto other = [](char digit, int by) {
    return static_cast<char>('0' + (digit - '0' + by) % 10);
  };
  symbol.text[at] = other(symbol.text[at], 1);
  symbol.text[at + 2] = other(symbol.text[at + 2], 9);
  return symbol;
}

// As libzint draws them: an oracle for the modules.
TEST(BarPattern, HasTheModulesThatAreDrawn) {
  for (const auto& [picture, symbol] : RetailSamples()) {
    const auto modules = RetailModules(symbol.symbology, symbol.text);
    ASSERT_TRUE(modules) << symbol.text;
    const int y = picture.height / 3;
    int left = 0;
    while (picture.At(left, y) > 128) ++left;
    for (std::size_t i = 0; i < modules->size(); ++i) {
      const int x = left + static_cast<int>(i) * 4 + 2;
      EXPECT_EQ((*modules)[i], picture.At(x, y) < 128) << symbol.text << ", module " << i;
    }
  }
}

TEST(BarPattern, IsNoneOfTextsThatSuchASymbolCannotHold) {
  EXPECT_FALSE(RetailModules(Symbology::kEan13, ""));
  EXPECT_FALSE(RetailModules(Symbology::kEan13, "626010020030"));
  EXPECT_FALSE(RetailModules(Symbology::kEan13, "62601002003A2"));
  EXPECT_FALSE(RetailModules(Symbology::kEan8, "6260100200302"));
  EXPECT_FALSE(RetailModules(Symbology::kUpcE, "0036000291452"))
      << "does not shrink to eight digits";
  EXPECT_FALSE(RetailModules(Symbology::kUpcE, "0212345000065")) << "not of number system 0 or 1";
  EXPECT_FALSE(RetailModules(Symbology::kUpcE, "6036000291452")) << "no UPC";
  EXPECT_FALSE(RetailModules(Symbology::kCode128, "6260100200302"));
}

TEST(BarPattern, IsShownByThePictureOfTheTextAlone) {
  for (const auto& [picture, symbol] : RetailSamples()) {
    for (const GreyPicture& seen :
         {picture, Softened(Softened(picture)), Resized(picture, 0.5), Grained(picture, 60, 7)}) {
      Symbol placed = symbol;
      for (PixelPoint& p : placed.position)
        p = {p.x * seen.width / picture.width, p.y * seen.height / picture.height};
      const auto shown = ShownOf(seen, placed);
      ASSERT_TRUE(shown) << symbol.text;
      EXPECT_GT(*shown, 0.85) << symbol.text;
      if (symbol.symbology == Symbology::kUpcE) continue;  // a changed one has no eight digits
      for (const std::size_t at : {1U, 3U, 5U}) {
        const auto misread = ShownOf(seen, Misread(placed, at));
        ASSERT_TRUE(misread);
        EXPECT_LT(*misread, 0.8) << symbol.text << " as " << Misread(placed, at).text;
      }
    }
  }
}

TEST(BarPattern, IsShownWhenReadFromTheRightAndWithAnAddOn) {
  for (auto [picture, symbol] : RetailSamples()) {
    std::reverse(picture.pixels.begin(), picture.pixels.end());
    for (PixelPoint& p : symbol.position) p = {picture.width - 1 - p.x, picture.height - 1 - p.y};
    EXPECT_GT(ShownOf(picture, symbol).value_or(0), 0.85) << symbol.text;
    if (symbol.text.size() == 13) symbol.text += "52";
    EXPECT_GT(ShownOf(picture, symbol).value_or(0), 0.85) << symbol.text;
  }
}

TEST(BarPattern, TellsNothingOfWhatIsTooSmallOrHasNoPlace) {
  Symbol symbol = RetailSamples().front().symbol;
  symbol.position = {{{0, 0}, {40, 0}, {40, 5}, {0, 5}}};
  EXPECT_FALSE(ShownOf(GreyPicture::Blank(50, 10), symbol));
  symbol.position = {};
  EXPECT_FALSE(ShownOf(GreyPicture::Blank(50, 10), symbol));
  EXPECT_FALSE(ShownOf(GreyPicture(), symbol));
}

}  // namespace
}  // namespace radyab::scanner
