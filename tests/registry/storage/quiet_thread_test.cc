#include "registry/storage/quiet_thread.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <atomic>

#include <pthread.h>

namespace radyab::storage {
namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;

void WaitFor(const std::atomic<int>& count, int wanted) {
  while (count < wanted) std::this_thread::yield();
}

TEST(QuietThread, GoesOnRoundByRoundUntilItIsEnded) {
  std::atomic<int> rounds = 0;
  QuietThread thread("rounds", nanoseconds(0), [&] {
    ++rounds;
    return std::optional(nanoseconds(0));
  });
  WaitFor(rounds, 3);
  thread.End();
  const int at_the_end = rounds;
  std::this_thread::yield();
  EXPECT_EQ(rounds, at_the_end);
  thread.End();  // once more is nothing
}

TEST(QuietThread, RestsBeforeTheFirstRoundAndIsWokenToEnd) {
  std::atomic<int> rounds = 0;
  {
    const QuietThread thread("rest", hours(1), [&] {
      ++rounds;
      return std::optional(nanoseconds(0));
    });
  }
  EXPECT_EQ(rounds, 0);
}

TEST(QuietThread, RestsAsLongAsARoundWants) {
  std::atomic<int> rounds = 0;
  {
    const QuietThread thread("rest", nanoseconds(0), [&]() -> std::optional<nanoseconds> {
      ++rounds;
      return hours(1);
    });
    WaitFor(rounds, 1);
  }
  EXPECT_EQ(rounds, 1);
}

TEST(QuietThread, BeginsNoRoundBehindOneThatGaveUp) {
  std::atomic<int> rounds = 0;
  QuietThread thread("gives-up", nanoseconds(0), [&]() -> std::optional<nanoseconds> {
    return ++rounds < 2 ? std::optional(nanoseconds(0)) : std::nullopt;
  });
  WaitFor(rounds, 2);
  thread.End();
  EXPECT_EQ(rounds, 2);
}

TEST(QuietThread, HasItsNameAndIsOfLowerPriority) {
  std::array<char, 16> name = {};
  int niceness = 0;
  std::atomic<int> rounds = 0;
  {
    const QuietThread thread("audit-sealer", nanoseconds(0), [&]() -> std::optional<nanoseconds> {
      pthread_getname_np(pthread_self(), name.data(), name.size());
      niceness = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
      ++rounds;
      return std::nullopt;
    });
    WaitFor(rounds, 1);
  }
  EXPECT_STREQ(name.data(), "audit-sealer");
  EXPECT_GE(niceness, 10);
}

}  // namespace
}  // namespace radyab::storage
