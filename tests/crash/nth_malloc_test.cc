// Memory ends: the n-th allocation of a script of fifty changes finds none, for every n. Either a
// change is refused with a reason or the process says so and ends; nothing acknowledged is lost,
// nothing is half.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>

#include "gtest/gtest.h"
#include "registry/reason.h"
#include "registry/storage/open_store.h"
#include "tests/crash/crash_image.h"
#include "tests/crash/memory_calls.h"
#include "tests/crash/numbered_rows.h"
#include "tests/crash/script_options.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::crash {
namespace {

constexpr std::uint64_t kChanges = 50;
constexpr unsigned kScriptSecondsMax = 60;  // a script that hangs is killed
constexpr std::uint64_t kSampleCount = 80;  // of ./dev test

// How the process that ran the script ended.
enum End { kWentOn = 0, kEndedWithWords = 4, kRefusedWithoutReason = 5, kNeverCame = 6 };

// Sends the number of every change that was answered OK to `answers`.
[[noreturn]] void RunScript(const std::string& folder, std::uint64_t n, int answers) {
  alarm(kScriptSecondsMax);
  std::set_new_handler([] { _exit(kEndedWithWords); });  // what radyabd does, with words
  FailNthAllocation(n);
  bool told = true;
  {
    auto store = storage::OpenStore("lmdb:" + folder, ScriptOptions());
    absl::Status status = store.status();
    for (std::uint64_t number = 1; number <= kChanges && status.ok(); ++number) {
      status = (*store)->Write(NumberedChange(number));
      if (status.ok() && write(answers, &number, sizeof number) != sizeof number) _exit(1);
    }
    told = status.ok() || ReasonOf(status).has_value();
  }
  if (!told) _exit(kRefusedWithoutReason);
  _exit(allocation_has_failed() ? kWentOn : kNeverCame);
}

struct Ran {
  int end = 0;                     // an End, or 128 and a signal
  std::uint64_t acknowledged = 0;  // the last change that was answered OK
};

Ran RunInAProcess(const std::string& folder, std::uint64_t n) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    RunScript(folder, n, ends[1]);
  }
  close(ends[1]);
  Ran ran;
  std::uint64_t number = 0;
  while (read(ends[0], &number, sizeof number) == sizeof number) ran.acknowledged = number;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  ran.end = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

// So many allocations the whole script makes, within one.
std::uint64_t CountAllocations(const std::filesystem::path& place) {
  std::uint64_t low = 1, high = 1;
  const auto came = [&](std::uint64_t n) {
    const auto folder = place / "count";
    std::filesystem::remove_all(folder);
    return RunInAProcess(folder, n).end != kNeverCame;
  };
  while (came(high)) high *= 2;
  for (low = high / 2; high - low > 1;) {
    const std::uint64_t middle = low + (high - low) / 2;
    (came(middle) ? low : high) = middle;
  }
  return low;
}

TEST(NthAllocation, LosesNothingAcknowledged) {
  Random random(storage::TestSeed());
  storage::TemporaryFolder place;
  const std::uint64_t count = CountAllocations(place.path());
  ASSERT_GT(count, kChanges);
  const bool thorough = std::getenv("RADYAB_THOROUGH") != nullptr;
  const std::uint64_t step = thorough ? 1 : std::max<std::uint64_t>(1, count / kSampleCount);
  std::map<int, int> ends;
  const auto folder = place.path() / "data";
  for (std::uint64_t n = 1 + random() % step; n <= count; n += step) {
    std::filesystem::remove_all(folder);
    const Ran ran = RunInAProcess(folder, n);
    ++ends[ran.end];
    ASSERT_TRUE(ran.end == kWentOn || ran.end == kEndedWithWords || ran.end == kNeverCame ||
                ran.end == 128 + SIGABRT)
        << "allocation " << n << " of " << count << " ended it with " << ran.end;
    ASSERT_EQ(WhatIsWrong(OpenAndReadAll(folder), ran.acknowledged, kChanges), "")
        << "allocation " << n << " of " << count;
  }
  std::printf("%llu allocations; ended with words %d, went on or refused %d, aborted %d\n",
              static_cast<unsigned long long>(count), ends[kEndedWithWords], ends[kWentOn],
              ends[128 + SIGABRT]);
  EXPECT_GT(ends[kEndedWithWords], 0);
}

}  // namespace
}  // namespace radyab::crash
