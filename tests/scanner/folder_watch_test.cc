#include "scanner/folder_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
namespace fs = std::filesystem;

class FolderWatchTest : public testing::Test {
 protected:
  FolderWatchTest() {
    folder_.Write("before.png", "x");
    auto opened = FolderWatch::Open(folder_.path());
    EXPECT_TRUE(opened.ok());
    if (opened) watch_ = std::move(opened).value();
  }

  // The names of what became whole by now.
  std::vector<std::string> Names() {
    std::vector<std::string> names;
    const auto files = watch_->Next(std::chrono::milliseconds(0));
    EXPECT_TRUE(files.ok());
    if (files) {
      for (const std::string& file : *files) names.push_back(fs::path(file).filename().string());
    }
    return names;
  }

  const TemporaryFolder folder_;
  std::unique_ptr<FolderWatch> watch_;
};

TEST_F(FolderWatchTest, TellsEachWholePictureOnceInTheOrderInWhichTheyBecameWhole) {
  EXPECT_THAT(Names(), IsEmpty());
  folder_.Write("b.png", "1");
  folder_.Write("a.JPG", "2");
  EXPECT_THAT(Names(), ElementsAre("b.png", "a.JPG"));
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(FolderWatchTest, WaitsForTheWriterToCloseTheFile) {
  std::ofstream writer(folder_.path() + "/slow.png");
  writer << "half" << std::flush;
  EXPECT_THAT(Names(), IsEmpty());
  writer << " and half";
  writer.close();
  EXPECT_THAT(Names(), ElementsAre("slow.png"));
}

TEST_F(FolderWatchTest, TakesWhatIsMovedInAndWhatIsWrittenAnew) {
  const TemporaryFolder elsewhere;
  fs::rename(elsewhere.Write("x", "moved"), folder_.path() + "/moved.png");
  EXPECT_THAT(Names(), ElementsAre("moved.png"));
  folder_.Write("moved.png", "longer than before");
  EXPECT_THAT(Names(), ElementsAre("moved.png"));
  std::ofstream(folder_.path() + "/moved.png", std::ios::app).close();
  EXPECT_THAT(Names(), IsEmpty()) << "opened and closed, nothing written";
}

TEST_F(FolderWatchTest, PassesOverWhatIsNoPictureAndWhatHasNoBytes) {
  folder_.Write("notes.txt", "x");
  folder_.Write(".hidden.png", "x");
  folder_.Write("empty.png", "");
  folder_.Write("below/deep.png", "x");
  EXPECT_THAT(Names(), IsEmpty());
  folder_.Write("empty.png", "now there are some");
  EXPECT_THAT(Names(), ElementsAre("empty.png"));
}

TEST_F(FolderWatchTest, TellsAgainAndAgainThatTheFolderIsGone) {
  folder_.Write("last.png", "x");
  fs::rename(folder_.path(), folder_.path() + "-gone");
  EXPECT_FALSE(watch_->Next(std::chrono::milliseconds(0)).ok());
  const auto end = watch_->Next(std::chrono::milliseconds(0));
  fs::rename(folder_.path() + "-gone", folder_.path());
  ASSERT_FALSE(end.ok());
  EXPECT_EQ(end.fault().kind, FaultKind::kFileUnreadable);
}

TEST(FolderWatch, SaysWhichFolderCannotBeWatched) {
  const auto missing = FolderWatch::Open("/nowhere/at/all");
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.fault().message, testing::HasSubstr("/nowhere/at/all"));
  const TemporaryFolder folder;
  EXPECT_FALSE(FolderWatch::Open(folder.Write("file.png", "x")).ok()) << "a file is no folder";
}

TEST(FolderWatch, ListsTheFolderWhenTheKernelsQueueRanOver) {
  const TemporaryFolder folder;
  const auto watch = FolderWatch::Open(folder.path());
  ASSERT_TRUE(watch.ok());
  std::size_t queue = 0;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> queue;
  ASSERT_GT(queue, 0U);
  ASSERT_LE(queue, 20'000U) << "the test would take long";
  // Names that are passed over fill the queue; the picture comes when it is full.
  for (std::size_t i = 0; i <= queue; ++i) {
    std::ofstream(folder.path() + "/" + std::to_string(i % 2) + ".txt").close();
  }
  folder.Write("late.png", "x");
  const auto files = (*watch)->Next(std::chrono::milliseconds(0));
  ASSERT_TRUE(files.ok());
  EXPECT_THAT(*files, ElementsAre(folder.path() + "/late.png"));
}

}  // namespace
}  // namespace radyab::scanner
