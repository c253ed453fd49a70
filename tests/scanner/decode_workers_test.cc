#include "scanner/decode_workers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/scanner/pdf_writer.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

// Pictures that a worker answers, and pictures over which it aborts (faulty_decode_main.cc).
std::string Answered() { return PngBytes(GreyPicture::Blank(20, 20)); }
std::string Aborting() { return PngBytes(GreyPicture::Blank(6, 6)); }

TEST(DecodeWorkers, TellInOrderWhoeverWasFaster) {
  const TemporaryFolder folder;
  std::vector<std::string> files;
  // Every third is large, so that the others are ready before it.
  const std::string large = PngBytes(Grained(GreyPicture::Blank(300, 300), 10, 1));
  const std::string small = PngBytes(GreyPicture::Blank(20, 20));
  for (int i = 0; i < 60; ++i) {
    files.push_back(folder.Write(std::to_string(i) + ".png", i % 3 == 0 ? large : small));
  }
  DecodeWorkers workers(3);
  std::vector<std::string> told;
  const std::size_t count = workers.ReadInOrder(files, [&](const PictureReading& reading) {
    EXPECT_FALSE(reading.fault) << reading.file;
    told.push_back(reading.file);
    return true;
  });
  EXPECT_EQ(count, files.size());
  EXPECT_EQ(told, files);
}

TEST(DecodeWorkers, LoseOnlyThePicturesOverWhichTheyAbort) {
  const TemporaryFolder folder;
  std::vector<std::string> files;
  for (int i = 0; i < 40; ++i) {
    files.push_back(folder.Write(std::to_string(i) + ".png", i % 4 == 1 ? Aborting() : Answered()));
  }
  DecodeWorkers workers(2, {RADYAB_FAULTY_DECODE, 20'000, 10'000, [](auto) {}});
  int at = 0;
  workers.ReadInOrder(files, [&](const PictureReading& reading) {
    EXPECT_EQ(reading.fault.has_value(), at++ % 4 == 1) << reading.file;
    return true;
  });
  EXPECT_EQ(at, 40);
  EXPECT_EQ(workers.counts().died, 10);
  EXPECT_EQ(workers.counts().answered, 30);
}

TEST(DecodeWorkers, ReadNoFurtherAheadThanTheyMayAndStopWhenToldTo) {
  const TemporaryFolder folder;
  const std::vector<std::string> files(500, folder.Write("a.png", Answered()));
  DecodeWorkers workers(2);
  const auto ahead_max = static_cast<std::int64_t>(2 * kReadingsAheadMax);
  DecodeWorker another;
  int calls = 0;
  const std::size_t count = workers.ReadInOrder(files, [&](const PictureReading&) {
    if (++calls == 1) {
      while (workers.counts().answered < ahead_max) std::this_thread::yield();
      // Meanwhile they could read on, if nothing held them back.
      for (int i = 0; i < 100; ++i) EXPECT_TRUE(another.ReadFrame(GreyPicture::Blank(20, 20)).ok());
      EXPECT_LE(workers.counts().answered, ahead_max + 1);
    }
    return calls < 3;
  });
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(calls, 3);
}

TEST(DecodeWorkers, ReadAStreamInOrderAndGoOnAfterADamagedFrame) {
  const std::string good = PngBytes(OnPaper(DrawSample(SampleSymbols()[0]), 20));
  std::vector<std::string> frames(9, good);
  frames[4] = good.substr(0, good.size() / 2);
  std::size_t at = 0;
  DecodeWorkers workers(2);
  std::vector<std::int64_t> numbers;
  workers.ReadStream(
      "-",
      [&]() -> std::optional<std::string> {
        if (at == frames.size()) return std::nullopt;
        return frames[at++];
      },
      [&](const PictureReading& reading) {
        numbers.push_back(reading.frame);
        EXPECT_EQ(reading.file, "-");
        EXPECT_EQ(reading.fault.has_value(), reading.frame == 5);
        EXPECT_EQ(reading.symbols.size(), reading.frame == 5 ? 0U : 1U) << reading.frame;
        return true;
      });
  EXPECT_THAT(numbers, testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST(DecodeWorkers, ReadEachPageOfAPdf) {
  const TemporaryFolder folder;
  const auto page = [](std::size_t sample) {
    return PaperPicture{OnPaper(DrawSample(SampleSymbols()[sample]), 40), 0.36};
  };
  const std::string file = folder.Write("a.pdf", PdfOfPictures({page(14), page(7), page(9)}));
  DecodeWorkers workers(1);
  std::vector<std::string> texts;
  workers.ReadInOrder({file}, [&](const PictureReading& reading) {
    EXPECT_FALSE(reading.fault) << reading.fault->message;
    EXPECT_EQ(reading.page, static_cast<int>(texts.size()) + 1);
    texts.push_back(reading.symbols.empty() ? "" : reading.symbols[0].text);
    return true;
  });
  EXPECT_THAT(texts, testing::ElementsAre(SampleSymbols()[14].text, SampleSymbols()[7].text,
                                          SampleSymbols()[9].text));
}

TEST(DecodeWorkers, EndAPdfBombAndGoOn) {
  const TemporaryFolder folder;
  // Some kilobytes that become gigabytes of drawing.
  const std::string strokes = "0 0 m 500 700 l 9 9 l 480 3 l S ";
  std::string content;
  while (content.size() < (1 << 16)) content += strokes;
  const std::string bomb = folder.Write("bomb.pdf", PdfOfContent(595, 842, content, 4000));
  const std::string good = folder.Write("good.png", Answered());
  DecodeWorkers workers(1, {"", 1'500, 10'000, [](auto) {}});
  std::vector<std::string> kinds;
  workers.ReadInOrder({bomb, good}, [&](const PictureReading& reading) {
    kinds.push_back(reading.fault ? std::string(FaultKindName(reading.fault->kind)) : "");
    return true;
  });
  EXPECT_THAT(kinds, testing::ElementsAre("WORKER_TIMED_OUT", ""));
}

}  // namespace
}  // namespace radyab::scanner
