#include "scanner/frame_agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "scanner/decode_workers.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Symbol Bars(const std::string& text, int left = 0) {
  Symbol symbol;
  symbol.symbology = Symbology::kEan13;
  symbol.text = text;
  symbol.pass = "even";
  symbol.position = {{{left, 0}, {left + 90, 0}, {left + 90, 40}, {left, 40}}};
  return symbol;
}

PictureReading Frame(std::int64_t number, std::vector<Symbol> unproven,
                     std::vector<Symbol> symbols = {}) {
  PictureReading reading;
  reading.frame = number;
  reading.content_hash = static_cast<std::uint64_t>(number);
  reading.unproven = std::move(unproven);
  reading.symbols = std::move(symbols);
  return reading;
}

// The texts that are believed of each frame.
std::vector<std::vector<std::string>> Believed(std::vector<PictureReading> readings) {
  FrameAgreement agreement;
  std::vector<std::vector<std::string>> believed;
  for (PictureReading& reading : readings) {
    agreement.Hear(reading);
    believed.emplace_back();
    for (const Symbol& symbol : reading.symbols) believed.back().push_back(symbol.text);
  }
  return believed;
}

TEST(FrameAgreement, BelievesBarsOfWhichTwoFramesSayTheSame) {
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), Frame(2, {Bars("1", 30)}), Frame(3, {Bars("1")})}),
              ElementsAre(IsEmpty(), ElementsAre("1"), ElementsAre("1")));
}

TEST(FrameAgreement, TakesABelievedSymbolOfTheFrameBeforeForAgreement) {
  EXPECT_THAT(Believed({Frame(1, {}, {Bars("1")}), Frame(2, {Bars("1")})}),
              ElementsAre(ElementsAre("1"), ElementsAre("1")));
}

TEST(FrameAgreement, DoesNotBelieveAnotherTextOrAnotherSymbology) {
  Symbol other = Bars("1");
  other.symbology = Symbology::kItf;
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), Frame(2, {Bars("2")}), Frame(3, {other}),
                        Frame(4, {Bars("1")})}),
              ElementsAre(IsEmpty(), IsEmpty(), IsEmpty(), IsEmpty()));
}

TEST(FrameAgreement, WantsFramesThatFollowOneAnother) {
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), Frame(2, {}), Frame(3, {Bars("1")})}),
              ElementsAre(IsEmpty(), IsEmpty(), IsEmpty()));
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), Frame(3, {Bars("1")})}),
              ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(FrameAgreement, TakesFramesOfTheSameBytesForOne) {
  PictureReading still = Frame(2, {Bars("1")});
  still.content_hash = 1;
  PictureReading still_3 = Frame(3, {Bars("1")});
  still_3.content_hash = 1;
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), still, still_3, Frame(4, {Bars("1")})}),
              ElementsAre(IsEmpty(), IsEmpty(), IsEmpty(), ElementsAre("1")));
}

TEST(FrameAgreement, DoesNotBelieveAPlaceThatReadsInTwoWays) {
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), Frame(2, {Bars("1"), Bars("2", 50)})}),
              ElementsAre(IsEmpty(), IsEmpty()));
  EXPECT_THAT(Believed({Frame(1, {Bars("1")}), Frame(2, {Bars("1"), Bars("2", 500)})}),
              ElementsAre(IsEmpty(), ElementsAre("1")));
}

// An EAN-13 as a poor camera sees it, out of focus.
GreyPicture BlurredBars(int blurs) {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology != Symbology::kEan13) continue;
    GreyPicture picture = OnPaper(DrawSample(sample), 30);
    for (int i = 0; i < blurs; ++i) picture = Softened(picture);
    return picture;
  }
  return {};
}

TEST(FrameAgreement, ReadsNoWrongTextInAStreamOfBlurredFrames) {
  std::string text;
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == Symbology::kEan13) text = sample.text;
  }
  DecodeWorkers workers(1);
  int frame_count = 0;
  int read_count = 0;
  for (const int blurs : {2, 5, 8, 11, 14, 17}) {
    const GreyPicture blurred = BlurredBars(blurs);
    std::uint32_t seed = 0;
    workers.ReadFrames(
        "camera",
        [&]() -> std::optional<GreyPicture> {
          if (++seed > 6) return std::nullopt;
          // Full of grain, each frame with its own.
          return Grained(blurred, 40, seed + 100U * static_cast<std::uint32_t>(blurs));
        },
        [&](const PictureReading& reading) {
          ++frame_count;
          EXPECT_FALSE(reading.fault);
          for (const Symbol& symbol : reading.symbols) {
            ++read_count;
            EXPECT_EQ(symbol.text, text) << blurs << " blurs, frame " << reading.frame;
          }
          return true;
        });
  }
  EXPECT_EQ(frame_count, 36);
  EXPECT_GE(read_count, 12);
}

TEST(FrameAgreement, ReadsNothingInStripesThatAreNoCode) {
  constexpr std::uint32_t kSeed = 20261127;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::vector<std::uint8_t> stripes(320);
  for (std::size_t x = 0; x < stripes.size();) {
    const std::uint8_t grey = random() % 2 == 0 ? 60 : 200;
    for (std::uint32_t wide = 2 + random() % 7; wide > 0 && x < stripes.size(); --wide) {
      stripes[x++] = grey;
    }
  }
  GreyPicture fence = GreyPicture::Blank(320, 200);
  for (int y = 40; y < 160; ++y) std::copy(stripes.begin(), stripes.end(), fence.Row(y));
  DecodeWorkers workers(1);
  std::uint32_t frame = 0;
  const std::size_t count = workers.ReadFrames(
      "camera",
      [&]() -> std::optional<GreyPicture> {
        if (++frame > 12) return std::nullopt;
        return Grained(frame % 2 == 0 ? Softened(fence) : fence, 50, kSeed + frame);
      },
      [](const PictureReading& reading) {
        EXPECT_TRUE(reading.symbols.empty()) << reading.symbols[0].text;
        return true;
      });
  EXPECT_EQ(count, 12U);
}

}  // namespace
}  // namespace radyab::scanner
