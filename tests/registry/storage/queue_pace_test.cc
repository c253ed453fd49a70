#include "registry/storage/queue_pace.h"

#include "gtest/gtest.h"

namespace radyab::storage {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kGroupBodies = 100;

class QueuePaceTest : public testing::Test {
 protected:
  // A group of `bodies`, each of 1 ms, and 20 ms beside them.
  void Group(int bodies) {
    pace_.GroupBegins(now_);
    now_ += milliseconds(20 + bodies);
    pace_.GroupEnds(now_, static_cast<std::size_t>(bodies), milliseconds(bodies));
  }
  milliseconds WaitBehind(std::size_t ahead) const {
    return std::chrono::duration_cast<milliseconds>(pace_.WaitBehind(ahead, now_));
  }

  QueuePace::Clock::time_point now_{std::chrono::hours(1)};
  QueuePace pace_{kGroupBodies};
};

TEST_F(QueuePaceTest, ForeseesNothingBeforeTheFirstGroup) {
  EXPECT_EQ(WaitBehind(4096), milliseconds(0));
}

TEST_F(QueuePaceTest, ManyBodiesShareTheCostOfAGroup) {
  Group(1);
  EXPECT_EQ(WaitBehind(50), milliseconds(50)) << "as few as these go with the next group";
  EXPECT_EQ(WaitBehind(250), milliseconds(250 + 2 * 20));
}

TEST_F(QueuePaceTest, CountsWhatTheRunningGroupStillTakes) {
  Group(10);
  pace_.GroupBegins(now_);
  EXPECT_EQ(WaitBehind(5), milliseconds(30 + 5));
  now_ += milliseconds(20);
  EXPECT_EQ(WaitBehind(5), milliseconds(10 + 5));
  now_ += milliseconds(980);
  EXPECT_EQ(WaitBehind(5), milliseconds(1000 + 5)) << "it hangs: who knows how long";
}

TEST_F(QueuePaceTest, ForgetsWhatWasLongAgo) {
  pace_.GroupBegins(now_);
  now_ += milliseconds(10'000);
  pace_.GroupEnds(now_, 1, milliseconds(1));
  EXPECT_GT(WaitBehind(kGroupBodies), milliseconds(9'000));
  for (int i = 0; i < 50; ++i) Group(10);
  EXPECT_LE(WaitBehind(kGroupBodies), milliseconds(120));
}

}  // namespace
}  // namespace radyab::storage
