#include "registry/storage/group_committer.h"

#include <chrono>

#include <map>

#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

absl::Status DiskFault() { return absl::InternalError("lmdb: commit: Input/output error"); }
absl::Status Full() {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kStoreFull, "map full");
}

// Rows in a map; the test says how commits end.
class PlannedEngine : public CommitEngine {
 public:
  absl::StatusOr<std::unique_ptr<GroupTransaction>> BeginGroup() override;
  void Tend() override { tended.Open(); }

  std::map<std::string, std::string, std::less<>> rows;
  std::vector<std::string> put_in_order;  // keys of the last group
  int begin_count = 0, commit_count = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> committed;  // first and last of each group
  absl::Status next_begin, next_put, next_commit;
  Gate tended;
};

class PlannedGroup : public GroupTransaction {
 public:
  explicit PlannedGroup(PlannedEngine& engine) : engine_(engine) { engine_.put_in_order.clear(); }
  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override {
    const auto found = engine_.rows.find(key);
    if (found == engine_.rows.end()) return std::optional<std::string_view>();
    return std::optional<std::string_view>(found->second);
  }
  absl::Status Scan(const KeyRange&, Direction, std::size_t, RowVisitor) override {
    return absl::OkStatus();
  }
  absl::Status Put(std::string_view key, std::string_view value) override {
    fresh_.emplace(key, value);
    engine_.put_in_order.emplace_back(key);
    return engine_.next_put;
  }
  absl::Status Delete(std::string_view) override { return absl::OkStatus(); }
  absl::Status CheckRoom(std::size_t row_count, std::size_t) override {
    return row_count > 1000 ? Full() : absl::OkStatus();
  }
  absl::Status Commit(std::uint64_t first_sequence, const CommitStamp& last) override {
    ++engine_.commit_count;
    engine_.committed.emplace_back(first_sequence, last.sequence);
    absl::Status end = std::exchange(engine_.next_commit, absl::OkStatus());
    if (end.ok()) fresh_.merge(engine_.rows), engine_.rows.swap(fresh_);
    return end;
  }

 private:
  PlannedEngine& engine_;
  std::map<std::string, std::string, std::less<>> fresh_;
};

absl::StatusOr<std::unique_ptr<GroupTransaction>> PlannedEngine::BeginGroup() {
  ++begin_count;
  if (!next_begin.ok()) return next_begin;
  return std::make_unique<PlannedGroup>(*this);
}

class GroupCommitterTest : public testing::Test {
 protected:
  void Start() { committer_.emplace(engine_, CommitStamp{41, 1000}, options_); }
  // Holds the committer, submits `bodies`, lets go and gives their answers.
  std::vector<std::string> SubmitTogether(std::vector<WriteBody> bodies) {
    Answers answers;
    const auto inside = std::make_shared<Gate>(), release = std::make_shared<Gate>();
    committer_->Submit(
        [=](WriteTransaction&) {
          inside->Open();
          release->Wait();
          return absl::OkStatus();
        },
        answers.Take(0));
    inside->Wait();
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      committer_->Submit(std::move(bodies[i]), answers.Take(i + 1));
    }
    release->Open();
    auto reasons = answers.Wait(bodies.size() + 1);
    reasons.erase(reasons.begin());
    return reasons;
  }

  static WriteBody Put(const std::string& key) {
    return [key](WriteTransaction& change) { return change.Put(key, "v"); };
  }
  static absl::Status Fails(WriteTransaction& change) {
    change.Put("failed", "v").IgnoreError();
    return NotFound("items/1");
  }

  StoreOptions options_;
  PlannedEngine engine_;
  std::optional<GroupCommitter> committer_;
};

TEST_F(GroupCommitterTest, CommitsAllThatWaitAtOnceInKeyOrder) {
  Start();
  EXPECT_EQ(SubmitTogether({Put("c"), Put("a"), Fails, Put("b")}),
            (std::vector<std::string>{"", "", "NOT_FOUND", ""}));
  committer_.reset();
  EXPECT_EQ(engine_.commit_count, 1);
  ASSERT_EQ(engine_.put_in_order.size(), 4u);
  EXPECT_EQ(engine_.put_in_order[0].substr(0, 7),
            "\x01"
            "commit");
  engine_.put_in_order.erase(engine_.put_in_order.begin());
  EXPECT_EQ(engine_.put_in_order, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(GroupCommitterTest, GroupsEndAtSoManyBodiesRowsOrBytes) {
  options_.group_body_count_max = 3;
  Start();
  // The holding body is the first of the first group: 3 + 3 + 1.
  SubmitTogether({Put("a"), Put("b"), Put("c"), Put("d"), Put("e"), Put("f")});
  committer_.reset();
  EXPECT_EQ(engine_.commit_count, 3);
  EXPECT_EQ(engine_.rows.size(), 7u);

  options_ = {};
  options_.group_row_count_max = 2;
  engine_.commit_count = 0;
  Start();
  SubmitTogether({Put("g"), Put("h"), Put("i"), Put("j")});
  committer_.reset();
  EXPECT_EQ(engine_.commit_count, 2);

  options_ = {};
  options_.group_byte_count_max = 6;  // each row has two bytes
  engine_.commit_count = 0;
  Start();
  SubmitTogether({Put("k"), Put("l"), Put("m"), Put("n"), Put("o")});
  committer_.reset();
  EXPECT_EQ(engine_.commit_count, 2);
}

TEST_F(GroupCommitterTest, CommitsNothingWhenNobodyWrote) {
  Start();
  EXPECT_EQ(SubmitTogether({Fails, [](WriteTransaction&) { return absl::OkStatus(); }}),
            (std::vector<std::string>{"NOT_FOUND", ""}));
  committer_.reset();
  EXPECT_EQ(engine_.commit_count, 0);
}

TEST_F(GroupCommitterTest, NumbersGoOnFromTheLastCommit) {
  Start();
  CommitStamp seen;
  SubmitTogether({[&](WriteTransaction& change) {
    seen = {change.commit_sequence(), change.record_time_us()};
    return change.Put("a", "v");
  }});
  EXPECT_EQ(seen.sequence, 42u);
  EXPECT_GT(seen.record_time_us, 1000);
}

TEST_F(GroupCommitterTest, FullStoreRefusesTheGroupAndGoesOn) {
  options_.clock_us = [] { return std::int64_t{0}; };
  Start();
  engine_.next_commit = Full();
  EXPECT_EQ(SubmitTogether({Put("a"), Fails}),
            (std::vector<std::string>{"STORE_FULL", "STORE_FULL"}));
  CommitStamp next;
  EXPECT_EQ(SubmitTogether({[&](WriteTransaction& change) {
              next = {change.commit_sequence(), change.record_time_us()};
              return change.Put("b", "v");
            }}),
            std::vector<std::string>{""});
  EXPECT_EQ(next, (CommitStamp{42, 1001})) << "the refused group took no number";
  committer_.reset();
  EXPECT_EQ(engine_.rows.count("a"), 0u);
}

TEST_F(GroupCommitterTest, BodyWithoutRoomIsRefusedAndThoseBesideItAreKept) {
  Start();
  const auto large = [](WriteTransaction& change) {
    for (int i = 0; i < 1001; ++i) change.Put("row " + std::to_string(i), "v").IgnoreError();
    return absl::OkStatus();
  };
  EXPECT_EQ(SubmitTogether({Put("a"), large, Put("b")}),
            (std::vector<std::string>{"", "STORE_FULL", ""}));
  committer_.reset();
  EXPECT_EQ(engine_.rows.size(), 3u);
}

// The three places where an engine can fail; each ends the store for good.
class FailedEngine : public GroupCommitterTest {
 protected:
  void ExpectStopped() {
    int fatal_count = 0;
    options_.on_fatal = [&](const absl::Status& status) {
      ++fatal_count;
      EXPECT_EQ(ReasonText(status), "STORE_FAILED");
    };
    Start();
    const std::vector<WriteBody> bodies = {Put("a"), Fails, Put("b")};
    Answers answers;
    for (std::size_t i = 0; i < bodies.size(); ++i) committer_->Submit(bodies[i], answers.Take(i));
    const auto reasons = answers.Wait(bodies.size());
    EXPECT_EQ(reasons[0], "STORE_FAILED");
    EXPECT_EQ(reasons[2], "STORE_FAILED");
    EXPECT_EQ(ReasonText(committer_->health()), "STORE_FAILED");
    const int begun = engine_.begin_count, committed = engine_.commit_count;
    EXPECT_EQ(SubmitAndWait(Put("later")), "STORE_FAILED");
    committer_.reset();
    EXPECT_EQ(fatal_count, 1);
    EXPECT_EQ(engine_.begin_count, begun) << "nothing is begun after a failure";
    EXPECT_EQ(engine_.commit_count, committed) << "a failed commit is never tried again";
    EXPECT_TRUE(engine_.rows.empty());
  }
  std::string SubmitAndWait(WriteBody body) {
    Answers answers;
    committer_->Submit(std::move(body), answers.Take(0));
    return answers.Wait(1)[0];
  }
};

TEST_F(FailedEngine, StopsTheStoreWhenACommitFails) {
  engine_.next_commit = DiskFault();
  ExpectStopped();
  EXPECT_EQ(engine_.commit_count, 1);
}

TEST_F(FailedEngine, StopsTheStoreWhenAPutFails) {
  engine_.next_put = DiskFault();
  ExpectStopped();
  EXPECT_EQ(engine_.commit_count, 0);
}

TEST_F(FailedEngine, StopsTheStoreWhenNoTransactionBegins) {
  engine_.next_begin = DiskFault();
  ExpectStopped();
}

TEST_F(GroupCommitterTest, AnswersThoseWhoWaitedBehindAFailedCommit) {
  options_.group_body_count_max = 2;
  Start();
  engine_.next_commit = DiskFault();
  // The holding body and "a" are the group that fails, "b" and "c" wait behind it.
  EXPECT_EQ(SubmitTogether({Put("a"), Put("b"), Put("c")}),
            std::vector<std::string>(3, "STORE_FAILED"));
}

TEST_F(GroupCommitterTest, RefusesBodiesWhileItCloses) {
  Start();
  Gate refused;
  GroupCommitter& committer = *committer_;
  // Each answer submits the next body, until closing ends the chain.
  WriteDone next = [&](const absl::Status& status) {
    if (status.ok()) return committer.Submit(Put("a"), next);
    EXPECT_EQ(ReasonText(status), "STORE_CLOSED");
    refused.Open();
  };
  committer.Submit(Put("a"), next);
  committer_.reset();
  refused.Wait();
}

TEST_F(GroupCommitterTest, TendsTheEngineAlsoWhenNothingIsWritten) {
  options_.reader_check_interval = std::chrono::milliseconds(1);
  Start();
  engine_.tended.Wait();
}

}  // namespace
}  // namespace radyab::storage
