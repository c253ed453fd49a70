// Deadlines and cancelled calls: honoured until a change begins, and never after.
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

WriteBody PutOne(std::string key) {
  return [key = std::move(key)](WriteTransaction& change) { return change.Put(key, "v"); };
}

TEST_P(StoreConformance, ChangeWhoseDeadlinePassesWhileItWaitsIsNeverBegun) {
  Answers answers;
  std::atomic<int> begun = 0;
  const auto deadline = steady_clock::now() + milliseconds(20);
  {
    HeldCommitter held(store());
    store().WriteAsync(
        [&](WriteTransaction& change) {
          ++begun;
          return change.Put("late", "v");
        },
        answers.Take(0), {.begin_before = deadline});
    store().WriteAsync(PutOne("patient"), answers.Take(1));
    store().WriteAsync(PutOne("in time"), answers.Take(2),
                       {.begin_before = steady_clock::now() + std::chrono::hours(1)});
    std::this_thread::sleep_until(deadline);  // the deadline itself, no guess
  }
  EXPECT_EQ(answers.Wait(3), (std::vector<std::string>{"DEADLINE_PASSED", "", ""}));
  EXPECT_EQ(begun, 0);
  EXPECT_EQ(Keys({}), (std::vector<std::string>{"in time", "patient"}));
}

TEST_P(StoreConformance, ChangeThatBeganInTimeIsCommittedAndAnswered) {
  const auto deadline = steady_clock::now() + milliseconds(20);
  std::atomic<int> runs = 0;
  const auto status = store().Write(
      [&](WriteTransaction& change) {
        ++runs;
        std::this_thread::sleep_until(deadline + milliseconds(1));
        return change.Put("began in time", "v");
      },
      {.begin_before = deadline});
  if (runs == 0) {  // the machine slept: then nothing may be there
    EXPECT_EQ(ReasonText(status), "DEADLINE_PASSED");
    EXPECT_EQ(Keys({}).size(), 0u);
  } else {
    EXPECT_EQ(ReasonText(status), "");
    EXPECT_EQ(Keys({}), std::vector<std::string>{"began in time"});
  }
}

TEST_P(StoreConformance, ChangeThatNobodyWaitsForIsNeverBegun) {
  Answers answers;
  std::atomic<bool> gone = false;
  {
    HeldCommitter held(store());
    store().WriteAsync(PutOne("abandoned"), answers.Take(0),
                       {.is_abandoned = [&] { return gone.load(); }});
    store().WriteAsync(PutOne("wanted"), answers.Take(1), {.is_abandoned = [] { return false; }});
    gone = true;
  }
  EXPECT_EQ(answers.Wait(2), (std::vector<std::string>{"CALL_CANCELLED", ""}));
  EXPECT_EQ(Keys({}), std::vector<std::string>{"wanted"});
}

TEST_P(StoreConformance, QueueTooLongForADeadlineRefusesAtOnceAndSaysWhenToComeAgain) {
  Answers answers;
  {
    HeldCommitter held(store());
    store().WriteAsync(PutOne("first"), answers.Take(0));
    // What runs has lasted so long, and is thought to last as long again.
    const auto lasted = milliseconds(30);
    std::this_thread::sleep_for(lasted);
    const auto refusal = store().CheckQueue(steady_clock::now() + lasted);
    EXPECT_EQ(ReasonText(refusal), "WRITE_QUEUE_FULL");
    EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
    const auto detail = ReasonOf(refusal);
    ASSERT_TRUE(detail.has_value());
    EXPECT_GE(std::stoi(detail->metadata.at(kRetryAfterMsName)), lasted.count());
    store().WriteAsync(PutOne("refused"), answers.Take(1),
                       {.begin_before = steady_clock::now() + lasted});
    EXPECT_TRUE(store().CheckQueue(steady_clock::now() + std::chrono::hours(1)).ok());
    EXPECT_TRUE(store().CheckQueue(steady_clock::time_point::max()).ok());
  }
  EXPECT_EQ(answers.Wait(2), (std::vector<std::string>{"", "WRITE_QUEUE_FULL"}));
  EXPECT_EQ(Keys({}), std::vector<std::string>{"first"});
}

}  // namespace
}  // namespace radyab::storage
