#include "registry/storage/unfolded_rows.h"

#include <atomic>
#include <thread>

#include "gtest/gtest.h"
#include "registry/storage/log_record.h"
#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

std::shared_ptr<const RowRun> OneRow(const std::string& key, std::uint64_t sequence) {
  LogRecordBuilder builder;
  builder.Put(key, std::to_string(sequence));
  return builder.Finish(LogId{1}, sequence, {sequence, 1}).rows;
}

FoldLimits NeverFolds() {
  FoldLimits limits;
  limits.row_count = limits.byte_count = kNoRowLimit;
  limits.age = std::chrono::hours(1000);
  return limits;
}

class UnfoldedRowsTest : public testing::Test {
 protected:
  UnfoldedRows& Make(const FoldLimits& limits, RunList replayed = {}) {
    return unfolded_.emplace(limits, std::move(replayed), CommitStamp{});
  }
  void Publish(const std::string& key, std::uint64_t sequence) {
    unfolded_->Publish(OneRow(key, sequence), {sequence, 1});
  }
  std::shared_ptr<const UnfoldedView> View() {
    return unfolded_->Take([] {});
  }
  static std::string Find(const UnfoldedView& view, std::string_view key) {
    const RowView* row = FindInRuns(view.runs, key);
    return row == nullptr ? "none" : std::string(row->value);
  }
  std::optional<UnfoldedRows> unfolded_;
};

TEST_F(UnfoldedRowsTest, ViewStaysAsItWasTaken) {
  Make(NeverFolds());
  Publish("a", 1);
  const auto before = View();
  Publish("a", 2);
  Publish("b", 3);
  EXPECT_EQ(Find(*before, "a"), "1");
  EXPECT_EQ(Find(*before, "b"), "none");
  EXPECT_EQ(before->last.sequence, 1u);
  EXPECT_EQ(Find(*View(), "a"), "2");
  EXPECT_EQ(View()->last.sequence, 3u);
}

TEST_F(UnfoldedRowsTest, SealedRowsStayVisibleUntilTheyAreDropped) {
  FoldLimits limits = NeverFolds();
  limits.row_count = 2;
  Make(limits);
  Publish("a", 1);
  Publish("b", 2);
  const auto sealed = unfolded_->Seal();
  EXPECT_EQ(sealed->last.sequence, 2u);
  Publish("a", 3);
  EXPECT_EQ(Find(*View(), "a"), "3");
  EXPECT_EQ(Find(*View(), "b"), "2");
  EXPECT_EQ(Find(*sealed, "a"), "1") << "what is being folded does not change";
  const auto during = View();
  unfolded_->DropSealed(2);
  EXPECT_EQ(Find(*View(), "a"), "3");
  EXPECT_EQ(Find(*View(), "b"), "none");
  EXPECT_EQ(Find(*during, "b"), "2") << "a reader keeps what it began with";
}

TEST_F(UnfoldedRowsTest, WhatTheLogBroughtBackIsDueAtOnce) {
  Make(NeverFolds(), {OneRow("a", 1)});
  EXPECT_EQ(Find(*unfolded_->Seal(), "a"), "1");
}

TEST_F(UnfoldedRowsTest, IsDueByRowsBytesAgeOrWhenAsked) {
  FoldLimits limits = NeverFolds();
  limits.byte_count = 2 * kLogBlockBytes;
  Make(limits);
  Publish("a", 1);
  Publish("a", 2);  // overwrites the first, whose bytes stay
  EXPECT_EQ(unfolded_->Seal()->last.sequence, 2u);

  limits = NeverFolds();
  limits.age = std::chrono::milliseconds(1);
  Make(limits);
  Publish("a", 1);
  EXPECT_EQ(unfolded_->Seal()->last.sequence, 1u);

  limits = NeverFolds();
  limits.also_when = [] { return true; };
  Make(limits);
  Publish("a", 1);
  EXPECT_EQ(unfolded_->Seal()->last.sequence, 1u);
}

TEST_F(UnfoldedRowsTest, CommitterWaitsWhileBothGenerationsAreFull) {
  FoldLimits limits = NeverFolds();
  limits.row_count = 1;
  Make(limits);
  Publish("a", 1);
  unfolded_->Seal();
  unfolded_->WaitForRoom();  // the open generation is empty
  Publish("b", 2);
  std::atomic<bool> has_room = false;
  std::thread committer([&] {
    unfolded_->WaitForRoom();
    has_room = true;
  });
  EXPECT_FALSE(has_room);
  unfolded_->DropSealed(1);
  EXPECT_FALSE(has_room) << "the next fold has not begun";
  unfolded_->Seal();
  committer.join();
  EXPECT_TRUE(has_room);
}

TEST_F(UnfoldedRowsTest, WaitForFoldEndsOnceAllThatWasPublishedIsDropped) {
  Make(NeverFolds());
  unfolded_->WaitForFold();  // nothing to wait for
  Publish("a", 1);
  std::thread fold([&] {
    const auto sealed = unfolded_->Seal();
    unfolded_->DropSealed(sealed->last.sequence);
  });
  unfolded_->WaitForFold();
  EXPECT_EQ(Find(*View(), "a"), "none");
  fold.join();
}

TEST_F(UnfoldedRowsTest, NobodyWaitsForAFoldThatHasEnded) {
  FoldLimits limits = NeverFolds();
  limits.row_count = 1;
  Make(limits);
  Publish("a", 1);
  unfolded_->EndFolding();
  unfolded_->WaitForRoom();
  unfolded_->WaitForFold();
}

TEST_F(UnfoldedRowsTest, CloseFoldsTheRestOnlyWhenTold) {
  Make(NeverFolds());
  Publish("a", 1);
  unfolded_->Close(false);
  EXPECT_EQ(unfolded_->Seal(), nullptr);

  Make(NeverFolds());
  Publish("a", 1);
  unfolded_->Close(true);
  EXPECT_EQ(unfolded_->Seal()->last.sequence, 1u);
  unfolded_->DropSealed(1);
  EXPECT_EQ(unfolded_->Seal(), nullptr);
}

TEST_F(UnfoldedRowsTest, SizeCountsBothGenerations) {
  FoldLimits limits = NeverFolds();
  limits.row_count = 1;
  Make(limits);
  Publish("abc", 1);
  unfolded_->Seal();
  Publish("d", 2);
  EXPECT_EQ(unfolded_->size().row_count, 2u);
  EXPECT_EQ(unfolded_->size().byte_count, 6u);
}

}  // namespace
}  // namespace radyab::storage
