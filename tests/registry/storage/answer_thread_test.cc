#include "registry/storage/answer_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>

namespace radyab::storage {
namespace {

constexpr int kAnswers = 1000;

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
  std::promise<void> begun, go_on;
  std::atomic<bool> told = false;
  thread.Tell({{[&](const absl::Status&) {
                  begun.set_value();
                  go_on.get_future().wait();
                  told = true;
                },
                absl::OkStatus()}});
  begun.get_future().wait();
  std::thread waiting([&] {
    thread.WaitUntilTold();
    EXPECT_TRUE(told);
  });
  go_on.set_value();
  waiting.join();
}

// Were they far ahead, changes would be done whose callers hear of it when their deadline is past.
TEST(AnswerThread, LetsNobodyGetAheadByMoreThanWhatItTells) {
  AnswerThread thread;
  std::promise<void> begun, go_on;
  std::atomic<bool> told = false;
  thread.Tell({{[&](const absl::Status&) {
                  begun.set_value();
                  go_on.get_future().wait();
                  told = true;
                },
                absl::OkStatus()}});
  begun.get_future().wait();
  std::thread next([&] {
    thread.Tell({{[](const absl::Status&) {}, absl::OkStatus()}});
    EXPECT_TRUE(told);
  });
  go_on.set_value();
  next.join();
}

}  // namespace
}  // namespace radyab::storage
