// The power is cut at every moment of a run; what the disk may hold then is opened again.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <memory>

#include "gtest/gtest.h"
#include "registry/storage/open_store.h"
#include "tests/crash/crash_image.h"
#include "tests/crash/numbered_rows.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

constexpr std::uint64_t kChanges = 120;

// Many small segments, and folds in several commits at random moments: whatever the store does to
// its files is cut somewhere.
storage::StoreOptions BusyOptions(Random& random) {
  storage::StoreOptions options;
  options.log_segment_bytes = 16 << 10;
  options.fold.age = std::chrono::hours(1);
  options.fold.commit_row_count = 20;
  options.fold.also_when = [seed = random()]() mutable { return Random(seed++)() % 5 == 0; };
  return options;
}

// Makes a store and submits all changes in bursts, each burst without waiting for its answers.
std::vector<FileEvent> RecordRun(Random& random) {
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  FileJournal journal(folder);
  auto store = storage::OpenStore("lmdb:" + folder.string(), BusyOptions(random)).value();
  for (std::uint64_t number = 1; number <= kChanges;) {
    const std::uint64_t burst_end = std::min(kChanges, number + random() % 12);
    for (; number < burst_end; ++number) {
      store->WriteAsync(NumberedChange(number), [&journal, number](const absl::Status& status) {
        EXPECT_TRUE(status.ok()) << status;
        journal.Acknowledge(number);
      });
    }
    EXPECT_TRUE(store->Write(NumberedChange(number)).ok());
    journal.Acknowledge(number++);
  }
  store.reset();
  return journal.events();
}

std::uint64_t AcknowledgedIn(std::span<const FileEvent> events) {
  std::uint64_t last = 0;
  for (const FileEvent& event : events) {
    if (event.kind == FileEvent::kAcknowledge) last = std::max(last, event.offset);
  }
  return last;
}

TEST(PowerCut, LosesNothingAcknowledgedAndKeepsNothingHalf) {
  Random random(storage::TestSeed());
  const auto events = RecordRun(random);
  ASSERT_GT(events.size(), 2 * kChanges / 12);
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  for (std::size_t count = 0; count <= events.size(); ++count) {
    const auto before = std::span(events).first(count);
    for (const auto unsynced : {Unsynced::kLost, Unsynced::kKept, Unsynced::kByChance}) {
      WriteImage(CrashImage(before, {.unsynced = unsynced}, random), folder);
      const std::string wrong =
          WhatIsWrong(OpenAndReadAll(folder), AcknowledgedIn(before), kChanges);
      ASSERT_EQ(wrong, "") << "cut behind event " << count << ", unsynced "
                           << static_cast<int>(unsynced);
    }
  }
}

TEST(PowerCut, StoreGoesOnFromWhatIsLeft) {
  Random random(storage::TestSeed());
  const auto events = RecordRun(random);
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  for (int round = 0; round < 40; ++round) {
    const auto before = std::span(events).first(random() % (events.size() + 1));
    WriteImage(CrashImage(before, {}, random), folder);
    std::uint64_t last = 0;
    {
      auto store = storage::OpenStore("lmdb:" + folder.string()).value();
      last = ReadAll(*store).commit_sequence + 1;
      ASSERT_TRUE(store->Write(NumberedChange(last)).ok());
    }
    ASSERT_EQ(WhatIsWrong(OpenAndReadAll(folder), last, last), "") << "round " << round;
  }
}

// A program ends between a write of the log and its sync, or because that sync failed; the next one
// finds the record in the page cache and shows it. From then on it must be on the disk, though the
// kernel may think that it has nothing left to write.
TEST(PowerCut, WhatWasFoundAfterAKillIsKept) {
  Random random(storage::TestSeed());
  const auto killed = RecordRun(random);
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  int tried_count = 0;
  for (std::size_t count = 1; count <= killed.size(); ++count) {
    const FileEvent& last = killed[count - 1];
    // A record, not the zeros a file is filled with.
    if (last.kind != FileEvent::kWrite || !last.bytes.starts_with("RdyL")) continue;
    std::vector<FileEvent> events(killed.begin(),
                                  killed.begin() + static_cast<std::ptrdiff_t>(count));
    WriteImage(CrashImage(events, {.unsynced = Unsynced::kKept}, random), folder);
    std::uint64_t found = 0;
    {
      FileJournal journal(folder);
      storage::StoreOptions options;
      options.fold.age = std::chrono::hours(1);
      options.fold.at_close = false;
      auto store = storage::OpenStore("lmdb:" + folder.string(), options);
      if (!store.ok()) continue;  // killed before the store was made
      found = ReadAll(**store).commit_sequence;
      store->reset();
      events.pop_back();  // that write never reaches the disk
      const auto later = journal.events();
      events.insert(events.end(), later.begin(), later.end());
    }
    WriteImage(CrashImage(events, {.unsynced = Unsynced::kLost}, random), folder);
    ASSERT_EQ(WhatIsWrong(OpenAndReadAll(folder), found, kChanges), "")
        << "killed behind " << count;
    ++tried_count;
  }
  EXPECT_GT(tried_count, 10);
}

TEST(PowerCut, NobodySeesWhatIsNotYetSynced) {
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  FileJournal journal(folder);
  auto store = storage::OpenStore("lmdb:" + folder.string()).value();
  std::uint64_t number = 0, looked_count = 0;
  journal.BeforeSyncs("log-", [&] {
    EXPECT_EQ(ReadAll(*store).commit_sequence, number - 1);
    ++looked_count;
  });
  for (number = 1; number <= 5; ++number) {
    ASSERT_TRUE(store->Write(NumberedChange(number)).ok());
    EXPECT_EQ(ReadAll(*store).commit_sequence, number);
  }
  EXPECT_EQ(looked_count, 5u);
  journal.BeforeSyncs("", nullptr);
}

// Opens the image in a process of its own, since reading a torn file may kill it.
bool OpensSound(const std::string& folder, std::uint64_t acknowledged) {
  const pid_t child = fork();
  if (child == 0) {
    const bool sound = WhatIsWrong(OpenAndReadAll(folder), acknowledged, kChanges).empty();
    _exit(sound ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The test of the test: were the syncs missing, it would be seen.
TEST(PowerCut, DiskThatDoesNotSyncIsNoticed) {
  Random random(storage::TestSeed());
  const auto events = RecordRun(random);
  storage::TemporaryFolder place;
  const auto folder = place.path() / "data";
  int broken_count = 0;
  for (std::size_t count = events.size() / 2; count < events.size() && broken_count == 0; ++count) {
    const auto before = std::span(events).first(count);
    WriteImage(CrashImage(before, {.syncs_do_nothing = true}, random), folder);
    broken_count += !OpensSound(folder, AcknowledgedIn(before));
  }
  EXPECT_GT(broken_count, 0);
}

}  // namespace
}  // namespace radyab::crash
