#include "tests/crash/crash_image.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "gtest/gtest.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

using Files = std::map<std::string, std::string>;

Files Image(const std::vector<FileEvent>& events, Unsynced unsynced, std::uint64_t seed = 1) {
  Random random(seed);
  return CrashImage(events, {.unsynced = unsynced}, random);
}

// What a program does to files is journalled as it did it.
TEST(FileJournal, NotesWhatIsDoneBelowItsFolder) {
  storage::TemporaryFolder place;
  const auto path = place.path() / "data";
  std::filesystem::create_directory(path);
  FileJournal journal(path);
  const int file = open((path / "a").c_str(), O_RDWR | O_CREAT, 0600);
  ASSERT_EQ(write(file, "one", 3), 3);
  ASSERT_EQ(write(file, "two", 3), 3);
  ASSERT_EQ(pwrite(file, "T", 1, 3), 1);
  ASSERT_EQ(fdatasync(file), 0);
  close(file);
  const int direct = open((path / "a").c_str(), O_RDWR | O_DSYNC);
  ASSERT_EQ(pwrite(direct, "O", 1, 0), 1);
  close(direct);
  ASSERT_EQ(rename((path / "a").c_str(), (path / "b").c_str()), 0);
  storage::WriteWholeFile(place.path() / "elsewhere", "text");
  EXPECT_EQ(storage::ReadWholeFile(path / "b"), "OneTwo");

  const auto events = journal.events();
  ASSERT_EQ(events.size(), 6u);
  EXPECT_EQ(events[1].offset, 3u);
  EXPECT_EQ(events[1].bytes, "two");
  EXPECT_EQ(events[3].kind, FileEvent::kSync);
  EXPECT_FALSE(events[2].synced);
  EXPECT_TRUE(events[4].synced);
  EXPECT_EQ(events[5].other, "b");
  EXPECT_EQ(Image(events, Unsynced::kKept), (Files{{"b", "OneTwo"}}));
  EXPECT_EQ(Image(events, Unsynced::kLost), Files()) << "the folder was not synced";
}

TEST(CrashImage, KeepsWhatWasSyncedAndLosesTheRest) {
  std::vector<FileEvent> events = {{FileEvent::kWrite, "a", "", 0, "one"},
                                   {FileEvent::kSync, "a"},
                                   {FileEvent::kSync, ""},
                                   {FileEvent::kWrite, "a", "", 3, "two"}};
  EXPECT_EQ(Image(events, Unsynced::kLost), (Files{{"a", "one"}}));
  EXPECT_EQ(Image(events, Unsynced::kKept), (Files{{"a", "onetwo"}}));
}

TEST(CrashImage, TearsUnsyncedWritesAtSectors) {
  const std::vector<FileEvent> events = {{FileEvent::kWrite, "a", "", 0, std::string(2048, 'o')},
                                         {FileEvent::kSync, "a"},
                                         {FileEvent::kSync, ""},
                                         {FileEvent::kWrite, "a", "", 0, std::string(2048, 'n')}};
  int torn_count = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::string bytes = Image(events, Unsynced::kByChance, seed).at("a");
    for (std::size_t i = 0; i < 2048; ++i) ASSERT_EQ(bytes[i], bytes[i / 512 * 512]);
    torn_count += bytes.find('o') != std::string::npos && bytes.find('n') != std::string::npos;
  }
  EXPECT_GT(torn_count, 0);
}

TEST(CrashImage, SyncOfTheFolderKeepsNames) {
  std::vector<FileEvent> events = {{FileEvent::kWrite, "a.new", "", 0, "text"},
                                   {FileEvent::kSync, "a.new"},
                                   {FileEvent::kRename, "a.new", "a"}};
  EXPECT_EQ(Image(events, Unsynced::kLost), Files());
  events.push_back({FileEvent::kSync, ""});
  EXPECT_EQ(Image(events, Unsynced::kLost), (Files{{"a", "text"}}));
  events.push_back({FileEvent::kUnlink, "a"});
  EXPECT_EQ(Image(events, Unsynced::kLost), (Files{{"a", "text"}}));
  EXPECT_EQ(Image(events, Unsynced::kKept), Files());
}

}  // namespace
}  // namespace radyab::crash
