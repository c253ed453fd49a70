// What the embedded engine counts and measures of itself.
#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "registry/storage/lmdb_store.h"
#include "registry/storage/store_upkeep.h"
#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

class Figures : public testing::Test {
 protected:
  Figures() {
    options_.fold.age = std::chrono::hours(1);
    options_.fold.also_when = [] { return true; };  // after every commit
    options_.on_slow_fold = [this](const SlowFold& fold) { told_.push_back(fold); };
  }
  void Open() { store_ = OpenLmdbStore(folder_.path() / "data", options_).value(); }
  void Put(int row_count) {
    const auto status = store_->Write([&](WriteTransaction& change) {
      for (int row = 0; row < row_count; ++row) {
        if (auto put = change.Put("row " + std::to_string(row), "v"); !put.ok()) return put;
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  StoreFigures Seen() { return UpkeepOf(*store_)->Figures().value(); }
  StoreFigures SeenAfterFold(std::uint64_t count) {
    while (Seen().fold_count < count) std::this_thread::yield();
    return Seen();
  }

  StoreOptions options_;
  std::vector<SlowFold> told_;  // to be read once the store is closed
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;  // last: closes before what it tells
};

TEST_F(Figures, TellHowLongTheLastFoldTookAndTheLongest) {
  Open();
  EXPECT_EQ(Seen().last_fold_ms, 0u);
  EXPECT_EQ(Seen().longest_fold_ms, 0u);
  Put(20'000);
  const StoreFigures first = SeenAfterFold(1);
  EXPECT_GE(first.last_fold_ms, 1u);
  EXPECT_EQ(first.longest_fold_ms, first.last_fold_ms);
  Put(1);
  const StoreFigures second = SeenAfterFold(2);
  EXPECT_GE(second.last_fold_ms, 1u);
  EXPECT_EQ(second.longest_fold_ms, std::max(first.last_fold_ms, second.last_fold_ms));
}

TEST_F(Figures, ASlowFoldIsToldWithItsTimeAndItsRows) {
  options_.fold.slow_after = std::chrono::milliseconds(0);
  Open();
  Put(3);
  const StoreFigures figures = SeenAfterFold(1);
  store_.reset();
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].row_count, 3u);
  EXPECT_EQ(told_[0].took.count(), static_cast<std::int64_t>(figures.last_fold_ms));
}

TEST_F(Figures, AFoldWithinItsTimeIsNotTold) {
  options_.fold.slow_after = std::chrono::hours(1);
  Open();
  Put(3);
  SeenAfterFold(1);
  store_.reset();
  EXPECT_TRUE(told_.empty());
}

TEST_F(Figures, CountChangesThatWereDroppedLateAndThoseThatNobodyWaitedForApart) {
  Open();
  const auto nothing = [](WriteTransaction&) { return absl::OkStatus(); };
  Answers answers;
  {
    HeldCommitter held(*store_);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
    store_->WriteAsync(nothing, answers.Take(0), {.begin_before = deadline});
    store_->WriteAsync(nothing, answers.Take(1), {.is_abandoned = [] { return true; }});
    store_->WriteAsync(nothing, answers.Take(2), {.is_abandoned = [] { return true; }});
    store_->WriteAsync(nothing, answers.Take(3));
    std::this_thread::sleep_until(deadline);  // the deadline itself, no guess
  }
  EXPECT_EQ(answers.Wait(4),
            (std::vector<std::string>{"DEADLINE_PASSED", "CALL_CANCELLED", "CALL_CANCELLED", ""}));
  EXPECT_EQ(Seen().late_body_count, 1u);
  EXPECT_EQ(Seen().abandoned_body_count, 2u);
}

}  // namespace
}  // namespace radyab::storage
