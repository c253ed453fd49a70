#include "scanner/decode_worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "scanner/decode_protocol.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

// A worker that fails on command (faulty_decode_main.cc), and what it logged.
class FaultyWorker : public testing::Test {
 protected:
  FaultyWorker()
      : worker_({RADYAB_FAULTY_DECODE, 20'000, 10'000,
                 [this](auto line) { log_.emplace_back(line); }}) {}

  void ExpectStillReads() {
    const auto symbols = worker_.ReadFrame(good_);
    ASSERT_TRUE(symbols.ok()) << symbols.fault().message;
    ASSERT_EQ(symbols->symbols.size(), 1U);
    EXPECT_EQ(symbols->symbols.front().text, SampleSymbols().front().text);
  }

  const GreyPicture good_ = DrawSample(SampleSymbols().front());
  std::vector<std::string> log_;
  DecodeWorker worker_;
};

TEST_F(FaultyWorker, AnAbortCostsOneFrameAndIsToldWithItsHash) {
  ExpectStillReads();
  const GreyPicture bad = GreyPicture::Blank(6, 6, 77);
  const auto outcome = worker_.ReadFrame(bad);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.fault().kind, FaultKind::kWorkerDied);
  EXPECT_THAT(outcome.fault().message, HasSubstr("signal 6"));
  ExpectStillReads();
  EXPECT_EQ(worker_.counts().died, 1);
  EXPECT_EQ(worker_.counts().started, 2);
  EXPECT_EQ(worker_.counts().answered, 2);
  ASSERT_EQ(log_.size(), 1U);
  EXPECT_THAT(log_[0], HasSubstr(BytesHash(std::string(36, '\x4D'))));
}

TEST_F(FaultyWorker, AnAbortOverAFileIsToldWithTheHashOfItsBytes) {
  const TemporaryFolder folder;
  const std::string bytes = PngBytes(GreyPicture::Blank(6, 6));
  const auto outcome = worker_.ReadFile(folder.Write("bad.png", bytes));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.fault().kind, FaultKind::kWorkerDied);
  ASSERT_EQ(log_.size(), 1U);
  EXPECT_THAT(log_[0], HasSubstr(BytesHash(bytes)));
}

TEST_F(FaultyWorker, ManyAbortsEachCostOneFrame) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(worker_.ReadFrame(GreyPicture::Blank(6, 3)).ok());
    ExpectStillReads();
  }
  EXPECT_EQ(worker_.counts().died, 10);
  EXPECT_EQ(worker_.counts().started, 11);
}

TEST_F(FaultyWorker, MemoryThatRunsOutIsAFaultAndNoDeath) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  // Sanitizers reserve address space without end, so the worker has no limit under them.
  EXPECT_EQ(worker_.counts().died, 0);
#else
  const auto outcome = worker_.ReadFrame(GreyPicture::Blank(8, 8));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.fault().kind, FaultKind::kOutOfMemory);
  EXPECT_EQ(worker_.counts().died, 0);
  ExpectStillReads();
  EXPECT_EQ(worker_.counts().started, 1);
#endif
}

TEST_F(FaultyWorker, AnExitOrNonsenseIsADeath) {
  for (const int width : {9, 10}) {
    const auto outcome = worker_.ReadFrame(GreyPicture::Blank(width, 5));
    ASSERT_FALSE(outcome.ok()) << width;
    EXPECT_EQ(outcome.fault().kind, FaultKind::kWorkerDied) << width;
    ExpectStillReads();
  }
  EXPECT_EQ(worker_.counts().died, 2);
}

TEST(DecodeWorker, AHangingWorkerIsEndedAfterItsTime) {
  DecodeWorker worker({RADYAB_FAULTY_DECODE, 300, 10'000, [](auto) {}});
  ASSERT_TRUE(worker.ReadFrame(GreyPicture::Blank(20, 20)).ok());
  const auto outcome = worker.ReadFrame(GreyPicture::Blank(7, 7));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.fault().kind, FaultKind::kWorkerTimedOut);
  EXPECT_THAT(outcome.fault().message, HasSubstr("300 ms"));
  EXPECT_EQ(worker.process_id(), 0);
  EXPECT_TRUE(worker.ReadFrame(GreyPicture::Blank(20, 20)).ok());
  EXPECT_EQ(worker.counts().timed_out, 1);
  EXPECT_EQ(worker.counts().died, 0);
}

TEST(DecodeWorker, AHangingWorkerEndsByItsOwnAlarm) {
  // A parent that was killed can end nobody: here it waits for longer than the worker allows
  // itself.
  ASSERT_EQ(::setenv("RADYAB_FAULTY_SECONDS", "1", 1), 0);
  DecodeWorker worker({RADYAB_FAULTY_DECODE, 20'000, 10'000, [](auto) {}});
  const auto outcome = worker.ReadFrame(GreyPicture::Blank(7, 7));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.fault().kind, FaultKind::kWorkerDied);
  EXPECT_THAT(outcome.fault().message, HasSubstr("signal 14"));
  EXPECT_TRUE(worker.ReadFrame(GreyPicture::Blank(20, 20)).ok()) << "the alarm is off again";
  ASSERT_EQ(::unsetenv("RADYAB_FAULTY_SECONDS"), 0);
}

TEST(DecodeWorker, WaitsForAnAnswerNoLongerThanTheWorkerLives) {
  EXPECT_LT(kAnswerMillisecondsMax, static_cast<int>(kAnswerSecondsMax) * 1000);
  EXPECT_LE(DecodeWorkerOptions().answer_milliseconds_max, kAnswerMillisecondsMax);
}

TEST(DecodeWorker, MayBeAskedByWhoeverHearsOfALoss) {
  DecodeWorker* asked = nullptr;
  std::int64_t died = 0;
  DecodeWorker worker(
      {RADYAB_FAULTY_DECODE, 20'000, 10'000, [&](auto) { died = asked->counts().died; }});
  asked = &worker;
  EXPECT_FALSE(worker.ReadFrame(GreyPicture::Blank(6, 6)).ok());
  EXPECT_EQ(died, 1);
}

TEST(DecodeWorker, TakesARelativePathFromTheFolderWhereItIsAsked) {
  const TemporaryFolder folder;
  folder.Write("here.png", PngBytes(DrawSample(SampleSymbols().front())));
  DecodeWorker worker;
  ASSERT_TRUE(worker.ReadFrame(GreyPicture::Blank(20, 20)).ok()) << "it runs already";
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const auto symbols = worker.ReadFile("here.png");
  std::filesystem::current_path(before);
  ASSERT_TRUE(symbols.ok()) << symbols.fault().message;
  EXPECT_EQ(symbols->symbols.size(), 1U);
}

TEST(DecodeWorker, AWorkerLostBetweenTwoFramesCostsNone) {
  std::vector<std::string> log;
  DecodeWorker worker({"", 20'000, 10'000, [&log](auto line) { log.emplace_back(line); }});
  const GreyPicture picture = DrawSample(SampleSymbols().back());
  ASSERT_TRUE(worker.ReadFrame(picture).ok());
  ASSERT_GT(worker.process_id(), 0);
  ASSERT_EQ(::kill(worker.process_id(), SIGABRT), 0);
  // The next request may still find the process dying: then that frame is lost, and told so.
  siginfo_t ended;
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(worker.process_id()), &ended, WEXITED | WNOWAIT), 0);
  const auto outcome = worker.ReadFrame(picture);
  ASSERT_TRUE(outcome.ok()) << outcome.fault().message;
  EXPECT_EQ(worker.counts().died, 1);
  EXPECT_EQ(worker.counts().started, 2);
  ASSERT_EQ(log.size(), 1U);
  EXPECT_THAT(log[0], ContainsRegex("signal 6.*between two frames"));
}

TEST(DecodeWorker, ReadsAFileWithSeparatorsAndFlagUnharmed) {
  const TemporaryFolder folder;
  DecodeWorker worker;
  for (const SampleSymbol& sample : SampleSymbols()) {
    const auto symbols = worker.ReadFile(folder.Write("sample.png", PngBytes(DrawSample(sample))));
    ASSERT_TRUE(symbols.ok()) << symbols.fault().message;
    ASSERT_EQ(symbols->symbols.size(), 1U) << SymbologyName(sample.symbology);
    EXPECT_EQ(symbols->symbols.front().text, sample.text);
    EXPECT_EQ(symbols->symbols.front().raw, sample.text);
    EXPECT_EQ(symbols->symbols.front().aim, sample.aim);
    EXPECT_EQ(symbols->symbols.front().gs1, sample.gs1);
  }
  EXPECT_EQ(worker.counts().started, 1);
}

TEST(DecodeWorker, ServesManyThreads) {
  DecodeWorker worker;
  const GreyPicture picture = DrawSample(SampleSymbols().front());
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&worker, &picture] {
      for (int turn = 0; turn < 5; ++turn) {
        const auto symbols = worker.ReadFrame(picture);
        ASSERT_TRUE(symbols.ok());
        EXPECT_EQ(symbols->symbols.size(), 1U);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(worker.counts().answered, 20);
  EXPECT_EQ(worker.counts().started, 1);
}

TEST(DecodeWorker, SaysWhyAPictureCannotBeRead) {
  const TemporaryFolder folder;
  DecodeWorker worker;
  const auto fault_of = [&worker](const std::string& path) {
    const auto outcome = worker.ReadFile(path);
    EXPECT_FALSE(outcome.ok()) << path;
    return outcome.ok() ? ScanFault{} : outcome.fault();
  };
  EXPECT_EQ(fault_of(folder.path() + "/absent.png").kind, FaultKind::kFileUnreadable);
  EXPECT_EQ(fault_of(folder.path()).kind, FaultKind::kFileUnreadable);
  EXPECT_EQ(fault_of("").kind, FaultKind::kFileUnreadable);
  EXPECT_EQ(fault_of(std::string("a\0b", 3)).kind, FaultKind::kFileUnreadable);
  EXPECT_EQ(fault_of(std::string(5000, 'a')).kind, FaultKind::kFileUnreadable);
  EXPECT_EQ(fault_of(folder.Write("zero.png", "")).kind, FaultKind::kEmptyFile);
  EXPECT_EQ(fault_of(folder.Write("text.png", "this is no picture")).kind, FaultKind::kNotAPicture);
  const std::string whole = PngBytes(DrawSample(SampleSymbols().front()));
  EXPECT_EQ(fault_of(folder.Write("cut.png", whole.substr(0, whole.size() / 2))).kind,
            FaultKind::kDamagedPicture);
  EXPECT_EQ(worker.counts().died, 0);
}

TEST(DecodeWorker, RefusesAFrameWhoseSizeIsNoSize) {
  DecodeWorker worker;
  EXPECT_EQ(worker.ReadFrame(GreyPicture{}).fault().kind, FaultKind::kTooLarge);
  EXPECT_EQ(worker.ReadFrame({10, 10, {0, 0}}).fault().kind, FaultKind::kTooLarge);
  EXPECT_EQ(worker.ReadFrame({kPictureSideMax + 1, 1, {}}).fault().kind, FaultKind::kTooLarge);
}

TEST(DecodeWorker, SaysWhenThereIsNoWorkerProgram) {
  const TemporaryFolder folder;
  DecodeWorker absent({folder.path() + "/nothing"});
  const auto fault = absent.ReadFrame(GreyPicture::Blank(9, 9)).fault();
  EXPECT_EQ(fault.kind, FaultKind::kWorkerMissing);
  EXPECT_THAT(fault.message, HasSubstr("/nothing"));
  DecodeWorker another({"/bin/true"});
  EXPECT_EQ(another.ReadFrame(GreyPicture::Blank(9, 9)).fault().kind, FaultKind::kWorkerMissing);
  EXPECT_EQ(another.counts().started, 0);
}

TEST(DecodeWorker, TakesItsProgramFromTheEnvironment) {
  ASSERT_EQ(::setenv("RADYAB_DECODE", "/does/not/exist", 1), 0);
  DecodeWorker worker;
  const auto outcome = worker.ReadFrame(GreyPicture::Blank(9, 9));
  ASSERT_EQ(::unsetenv("RADYAB_DECODE"), 0);
  ASSERT_FALSE(outcome.ok());
  EXPECT_THAT(outcome.fault().message, HasSubstr("/does/not/exist"));
  EXPECT_TRUE(worker.ReadFrame(GreyPicture::Blank(9, 9)).ok());
}

TEST(DecodeWorker, ReadsAnExpectedSymbolAsItReadsAnyOther) {
  DecodeWorker worker;
  for (const SampleSymbol& sample : SampleSymbols()) {
    const GreyPicture picture = OnPaper(DrawSample(sample), 20);
    const auto expected = worker.ReadExpected(picture, sample.symbology);
    ASSERT_TRUE(expected.ok()) << expected.fault().message;
    ASSERT_EQ(expected->symbols.size(), 1U) << sample.text;
    EXPECT_EQ(expected->symbols[0].text, sample.text);
    EXPECT_EQ(expected->symbols[0].gs1, sample.gs1);
    EXPECT_EQ(expected->symbols[0].aim, sample.aim);
  }
}

TEST(DecodeWorker, TellsWhatIsThereInsteadOfTheExpectedSymbol) {
  DecodeWorker worker;
  const SampleSymbol sample = SampleSymbols()[0];
  const GreyPicture picture = OnPaper(DrawSample(sample), 20);
  const auto other = worker.ReadExpected(picture, Symbology::kCode128);
  ASSERT_TRUE(other.ok());
  ASSERT_EQ(other->symbols.size(), 1U);
  EXPECT_EQ(other->symbols[0].symbology, sample.symbology);
  const auto nothing = worker.ReadExpected(GreyPicture::Blank(90, 90), Symbology::kQrCode);
  ASSERT_TRUE(nothing.ok());
  EXPECT_TRUE(nothing->symbols.empty());
  const auto unknown = worker.ReadExpected(picture, static_cast<Symbology>(kSymbologyCount));
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.fault().kind, FaultKind::kDamagedPicture);
}

}  // namespace
}  // namespace radyab::scanner
