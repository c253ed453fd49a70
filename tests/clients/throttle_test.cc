#include "clients/cpp/throttle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace radyab::client {
namespace {

// A caller who makes so many calls a second, and a server that serves so many.
class ThrottleTest : public testing::Test {
 protected:
  // Answers how many calls a second were sent in the last of `seconds`.
  int SentPerSecond(int calls_a_second, int served_a_second, int seconds) {
    int sent = 0;
    for (int second = 0; second < seconds; ++second) {
      sent = 0;
      int served = 0;
      for (int call = 0; call < calls_a_second; ++call) {
        now_ += std::chrono::microseconds(1'000'000 / calls_a_second);
        if (!throttle_.Lets(now_, draw_(random_))) continue;
        ++sent;
        // What the server can serve it serves evenly over the second.
        const bool is_served = served * calls_a_second < served_a_second * (call + 1);
        served += is_served ? 1 : 0;
        throttle_.Ended(now_, is_served);
      }
    }
    return sent;
  }

  Throttle throttle_;
  Throttle::Clock::time_point now_{std::chrono::hours(1)};
  std::mt19937_64 random_{1};
  std::uniform_real_distribution<double> draw_{0, 1};
};

TEST_F(ThrottleTest, SendsEverythingThatIsServed) {
  EXPECT_EQ(SentPerSecond(1000, 1000, 10), 1000);
}

TEST_F(ThrottleTest, SendsLittleMoreThanIsServed) {
  const int sent = SentPerSecond(3000, 1000, 20);
  EXPECT_GT(sent, 1000);
  EXPECT_LT(sent, 1400);
}

TEST_F(ThrottleTest, ComesBackWhenTheServerDoes) {
  SentPerSecond(1000, 0, 20);
  EXPECT_LT(SentPerSecond(1000, 0, 1), 50) << "a server that serves nothing is asked now and then";
  EXPECT_EQ(SentPerSecond(1000, 1000, 30), 1000);
}

TEST_F(ThrottleTest, NeverHoldsBackACallerWhoMakesFewCalls) {
  EXPECT_EQ(SentPerSecond(2, 0, 60), 2);
}

}  // namespace
}  // namespace radyab::client
