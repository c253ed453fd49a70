#include "registry/storage/answer_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>

namespace radyab::storage {
namespace {

constexpr int kAnswers = 1000;

// An answer that takes as long as the test wants.
class SlowAnswer {
 public:
  WriteAnswer Answer() {
    return {[this](const absl::Status&) {
              begun_.set_value();
              go_on_.get_future().wait();
              told_ = true;
            },
            absl::OkStatus()};
  }
  void WaitUntilBegun() { begun_.get_future().wait(); }
  void GoOn() { go_on_.set_value(); }
  bool told() const { return told_; }

 private:
  std::promise<void> begun_, go_on_;
  std::atomic<bool> told_ = false;
};

TEST(AnswerThread, TellsEveryAnswerOnceAndInOrder) {
  std::vector<int> told;
  {
    AnswerThread thread;
    for (int group = 0; group < kAnswers; group += 10) {
      std::vector<WriteAnswer> answers;
      for (int i = group; i < group + 10; ++i) {
        answers.push_back({[&told, i](const absl::Status& status) {
                             EXPECT_EQ(status.message(), std::to_string(i));
                             told.push_back(i);
                           },
                           absl::AbortedError(std::to_string(i))});
      }
      thread.Tell(std::move(answers));
    }
  }  // what is left is told before it goes
  ASSERT_EQ(told.size(), std::size_t{kAnswers});
  for (int i = 0; i < kAnswers; ++i) EXPECT_EQ(told[i], i);
}

TEST(AnswerThread, TellsOnAThreadOfItsOwn) {
  AnswerThread thread;
  std::promise<std::thread::id> told_by;
  thread.Tell({{[&](const absl::Status&) { told_by.set_value(std::this_thread::get_id()); },
                absl::OkStatus()}});
  EXPECT_NE(told_by.get_future().get(), std::this_thread::get_id());
}

TEST(AnswerThread, WaitsUntilWhatItIsTellingIsTold) {
  AnswerThread thread;
  SlowAnswer slow;
  thread.Tell({slow.Answer()});
  slow.WaitUntilBegun();
  auto waiting = std::async(std::launch::async, [&] {
    thread.WaitUntilTold();
    return slow.told();
  });
  EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  slow.GoOn();
  EXPECT_TRUE(waiting.get());
}

// Were they far ahead, changes would be done whose callers hear of it when their deadline is past.
TEST(AnswerThread, LetsNobodyGetAheadByMoreThanWhatItTells) {
  AnswerThread thread;
  SlowAnswer slow;
  thread.Tell({slow.Answer()});
  slow.WaitUntilBegun();
  auto next = std::async(std::launch::async, [&] {
    thread.Tell({{[](const absl::Status&) {}, absl::OkStatus()}});
    return slow.told();
  });
  EXPECT_EQ(next.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  slow.GoOn();
  EXPECT_TRUE(next.get());
}

}  // namespace
}  // namespace radyab::storage
