// The process is killed while it writes. The page cache survives, so this tries the order of
// answers and commits and the opening after a kill; lost syncs are tried by power_cut_test.cc.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "registry/storage/open_store.h"
#include "tests/crash/crash_image.h"
#include "tests/crash/numbered_rows.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

// Writes changes from `first` on until it is killed; sends the number of each when acknowledged.
[[noreturn]] void WriteUntilKilled(const std::string& folder, std::uint64_t first, int answers) {
  auto store = storage::OpenStore("lmdb:" + folder).value();
  for (std::uint64_t number = first;; ++number) {
    const auto acknowledge = [answers, number](const absl::Status& status) {
      if (!status.ok() || write(answers, &number, sizeof number) != sizeof number) _exit(1);
    };
    if (number % 8 != 0) {
      store->WriteAsync(NumberedChange(number), acknowledge);
    } else {
      acknowledge(store->Write(NumberedChange(number)));
    }
  }
}

TEST(Kill, LosesNothingAcknowledgedInFiftyRounds) {
  Random random(storage::TestSeed());
  storage::TemporaryFolder place;
  const std::string folder = place.path() / "data";
  std::uint64_t last = 0;
  for (int round = 0; round < 50; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      WriteUntilKilled(folder, last + 1, ends[1]);
    }
    close(ends[1]);
    // The kill comes after so many answers: somewhere in a later commit.
    std::uint64_t acknowledged = last, number = 0;
    for (std::uint64_t left = random() % 40; left > 0; --left) {
      ASSERT_EQ(read(ends[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
      acknowledged = number;
    }
    kill(child, SIGKILL);
    while (read(ends[0], &number, sizeof number) == sizeof number) acknowledged = number;
    close(ends[0]);
    waitpid(child, nullptr, 0);
    const Found found = OpenAndReadAll(folder);
    ASSERT_EQ(WhatIsWrong(found, acknowledged, acknowledged + 4096), "") << "round " << round;
    last = found.commit_sequence;
  }
  EXPECT_GT(last, 100u);
}

}  // namespace
}  // namespace radyab::crash
