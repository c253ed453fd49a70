#include "clients/cpp/throttle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

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
        throttle_.Ended(now_, is_served ? CallEnd::kServed : CallEnd::kNotServed);
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

TEST_F(ThrottleTest, ComesBackWithinSecondsWhenAllThatIsSentIsServed) {
  SentPerSecond(3000, 100, 20);
  EXPECT_GT(SentPerSecond(3000, 3000, 4), 2500);
}

// Calls that are on the way at once, and end together.
class CallWindowTest : public ThrottleTest {
 protected:
  // Sends as many as the window lets go; answers how many.
  std::size_t Fill() {
    std::size_t count = 0;
    while (throttle_.Lets(now_, kNeverHeldByRate)) ++count;
    return count;
  }
  void EndAll(std::size_t count, CallEnd end) {
    now_ += std::chrono::milliseconds(20);
    for (std::size_t i = 0; i < count; ++i) throttle_.Ended(now_, end);
  }

  static constexpr double kNeverHeldByRate = 0.999999;
};

TEST_F(CallWindowTest, DoublesWhileAllIsServed) {
  for (std::size_t wanted : {32, 64, 128}) {
    const std::size_t count = Fill();
    EXPECT_EQ(count, wanted);
    EndAll(count, CallEnd::kServed);
  }
}

TEST_F(CallWindowTest, IsCutOnceForAllThatComesBackUnservedTogether) {
  const std::size_t count = Fill();
  EndAll(count, CallEnd::kNotServed);
  EXPECT_EQ(throttle_.window(), 22U);  // 0.7 of 32
  EndAll(Fill(), CallEnd::kNotServed);
  EXPECT_EQ(throttle_.window(), 22U) << "20 ms later: sent before the cut was known";
}

TEST_F(CallWindowTest, GrowsByOneForAWindowServedAfterACut) {
  EndAll(Fill(), CallEnd::kNotServed);
  const std::size_t cut = throttle_.window();
  for (int i = 0; i < 20; ++i) EndAll(Fill(), CallEnd::kServed);
  EXPECT_GT(throttle_.window(), cut + 15);
  EXPECT_LE(throttle_.window(), cut + 20);
}

TEST_F(CallWindowTest, IsNeverShut) {
  for (int i = 0; i < 100; ++i) {
    now_ += std::chrono::seconds(1);
    const std::size_t count = Fill();
    ASSERT_GE(count, 1U) << i;
    EndAll(count, CallEnd::kNotServed);
  }
  EXPECT_EQ(throttle_.window(), 1U);
}

TEST_F(CallWindowTest, IsNotWidenedByACallerWhoDoesNotFillIt) {
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(throttle_.Lets(now_, kNeverHeldByRate));
    EndAll(1, CallEnd::kServed);
  }
  EXPECT_EQ(throttle_.window(), 32U);
}

TEST_F(CallWindowTest, TakesACallBackThatSaysNothingOfTheServer) {
  for (int i = 0; i < 10; ++i) {
    const std::size_t count = Fill();
    EXPECT_EQ(count, 32U);
    EndAll(count, CallEnd::kUnknown);
  }
}

TEST_F(CallWindowTest, LetsACallWaitForRoom) {
  const auto now = Throttle::Clock::now();
  const auto soon = now + std::chrono::milliseconds(20), late = now + std::chrono::hours(1);
  std::size_t count = 0;
  while (throttle_.LetsBy(soon, kNeverHeldByRate)) ++count;
  EXPECT_EQ(count, 32U);
  EXPECT_GE(Throttle::Clock::now(), soon) << "the last one waited";
  std::atomic<bool> sent = false;
  std::thread waiting([&] { sent = throttle_.LetsBy(late, kNeverHeldByRate); });
  EXPECT_FALSE(sent);
  throttle_.Ended(Throttle::Clock::now(), CallEnd::kUnknown);
  waiting.join();
  EXPECT_TRUE(sent);
}

TEST_F(CallWindowTest, WakesOneForEachPlaceThatBecomesFree) {
  constexpr int kCallers = 200;
  const auto late = Throttle::Clock::now() + std::chrono::hours(1);
  std::atomic<int> sent = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      if (throttle_.LetsBy(late, kNeverHeldByRate)) ++sent;
      throttle_.Ended(Throttle::Clock::now(), CallEnd::kServed);
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(sent, kCallers);
}

}  // namespace
}  // namespace radyab::client
