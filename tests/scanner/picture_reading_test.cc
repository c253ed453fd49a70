#include "scanner/picture_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

Symbol ASymbol() {
  Symbol symbol;
  symbol.symbology = Symbology::kDataMatrix;
  symbol.aim = "]d2";
  symbol.text =
      "010626010020030210A\x1D"
      "21\"7\"";
  symbol.raw = symbol.text;
  symbol.gs1 = true;
  symbol.position = {{{1, 2}, {30, 2}, {30, 31}, {1, 31}}};
  symbol.pass = "plain";
  return symbol;
}

TEST(PictureReading, WritesOneGoldenLine) {
  const PictureReading reading = {"shelf/a b.png", {ASymbol()}, std::nullopt, 3.14159};
  EXPECT_EQ(ReadingJson(reading),
            R"({"file":"shelf/a b.png","symbols":[{"symbology":"DataMatrix","aim":"]d2",)"
            R"("text":"010626010020030210A\u001d21\"7\"",)"
            R"("raw_hex":"303130363236303130303230303330323130411d3231223722","gs1":true,)"
            R"("position":[[1,2],[30,2],[30,31],[1,31]],"pass":"plain"}],"ms":3.14})");
}

TEST(PictureReading, SaysWhichPageOrFrameItIs) {
  PictureReading reading = {"a.pdf", {}, std::nullopt, 1};
  reading.page = 3;
  EXPECT_EQ(ReadingJson(reading), R"({"file":"a.pdf","page":3,"symbols":[],"ms":1.0})");
  reading = {"-", {}, std::nullopt, 1};
  reading.frame = 17;
  EXPECT_EQ(ReadingJson(reading), R"({"file":"-","frame":17,"symbols":[],"ms":1.0})");
}

TEST(PictureReading, WritesAFaultInsteadOfSymbols) {
  const PictureReading reading = {
      "x.png", {}, ScanFault{FaultKind::kEmptyFile, "the file has no bytes"}, 0};
  EXPECT_EQ(ReadingJson(reading), R"({"file":"x.png","symbols":[],"error":"the file has no bytes",)"
                                  R"("error_kind":"EMPTY_FILE","ms":0.0})");
}

TEST(PictureReading, WritesNoSymbolsAsAnEmptyList) {
  EXPECT_EQ(ReadingJson({"x.png", {}, std::nullopt, 12.5}),
            R"({"file":"x.png","symbols":[],"ms":12.5})");
}

TEST(PictureReading, SaysWhenSymbolsAreLeftOutOrAmbiguous) {
  Symbol symbol = ASymbol();
  symbol.ambiguous = true;
  const std::string json = ReadingJson({"x.png", {symbol}, std::nullopt, 1, true});
  EXPECT_THAT(json, testing::HasSubstr(R"("gs1":true,"ambiguous":true,"position")"));
  EXPECT_THAT(json, testing::HasSubstr(R"(],"truncated":true,"ms":1.0})"));
}

TEST(PictureReading, WritesAPathThatIsNoUtf8) {
  EXPECT_EQ(ReadingJson({"\xFF.png", {}, std::nullopt, 1}),
            "{\"file\":\"\uFFFD.png\",\"symbols\":[],\"ms\":1.0}");
}

TEST(PictureReading, GivesSymbolsBackAsTheyWere) {
  Symbol second = ASymbol();
  second.symbology = Symbology::kMicroQrCode;
  second.text = "روغن";
  second.raw = std::string("\0\x80\xFF", 3);
  second.gs1 = false;
  second.pass = "even";
  second.ambiguous = true;
  const std::vector<Symbol> symbols = {ASymbol(), second};
  for (const bool truncated : {false, true}) {
    const auto back = ParseSymbolsJson(SymbolsJson({symbols, truncated, 7, 1.5, {second}}));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->page_count, 7);
    EXPECT_EQ(back->processor_milliseconds, 1.5);
    EXPECT_EQ(back->symbols, symbols);
    EXPECT_EQ(back->unproven, std::vector<Symbol>{second});
    EXPECT_EQ(back->truncated, truncated);
  }
}

TEST(PictureReading, RefusesWhatIsNoListOfSymbols) {
  const std::string good = SymbolsJson({{ASymbol()}, false});
  ASSERT_TRUE(ParseSymbolsJson(good).has_value());
  const auto broken = [&good](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("[1]"), good.substr(1),
        std::string(R"({"symbols":[1],"truncated":false})"), broken("\"truncated\"", "\"cut\""),
        broken("\"truncated\":false", "\"truncated\":0"), broken("DataMatrix", "Matrix"),
        broken("\"gs1\":true", "\"gs1\":1"), broken("[1,2]", "[1]"), broken("[1,2]", "[1,2.5]"),
        broken("raw_hex\":\"30", "raw_hex\":\"3g"), broken("raw_hex\":\"30", "raw_hex\":\"3"),
        broken("\"pass\"", "\"path\""), broken("\"pages\":0", "\"pages\":0.5"),
        broken("\"cpu_ms\"", "\"cpu\"")}) {
    EXPECT_FALSE(ParseSymbolsJson(bad)) << bad;
  }
}

TEST(Symbol, NamesEverySymbologyOnce) {
  for (int i = 0; i < kSymbologyCount; ++i) {
    const auto symbology = static_cast<Symbology>(i);
    EXPECT_EQ(SymbologyOfName(SymbologyName(symbology)), symbology);
  }
  EXPECT_FALSE(SymbologyOfName("qrcode"));
  EXPECT_FALSE(SymbologyOfName(""));
}

}  // namespace
}  // namespace radyab::scanner
