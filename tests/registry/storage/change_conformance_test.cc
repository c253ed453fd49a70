// Conformance: what one change does, and what remains of one that fails.
#include <atomic>
#include <map>

#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

TEST_P(StoreConformance, BodySeesItsOwnWritesAndDeletions) {
  ASSERT_TRUE(Put("a", "old").ok());
  ASSERT_TRUE(Put("b", "old").ok());
  std::optional<std::string> a, b, c;
  std::vector<std::string> keys;
  const auto status = store().Write([&](WriteTransaction& change) {
    change.Put("a", "new").IgnoreError();
    change.Delete("b").IgnoreError();
    change.Put("c", "new").IgnoreError();
    change.Put("d", "new").IgnoreError();
    change.Delete("d").IgnoreError();
    a = GetIn(change, "a"), b = GetIn(change, "b"), c = GetIn(change, "c");
    keys = KeysIn(change, {});
    return change.Delete("never there");
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(a, "new");
  EXPECT_EQ(b, std::nullopt);
  EXPECT_EQ(c, "new");
  EXPECT_EQ(keys, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(Keys({}), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(Get("a"), "new");
}

// Short values live inside a row of the overlay, long ones outside: both must stand.
TEST_P(StoreConformance, ViewsStandToTheEndOfTheBodyWhateverIsWritten) {
  const std::string committed_long(3000, 'c'), written_long(3000, 'w');
  ASSERT_TRUE(Put("short", "c").ok());
  ASSERT_TRUE(Put("long", committed_long).ok());
  const auto status = store().Write([&](WriteTransaction& change) {
    const auto base_short = change.Get("short"), base_long = change.Get("long");
    change.Put("short", "w").IgnoreError();
    change.Put("long", written_long).IgnoreError();
    const auto own_short = change.Get("short"), own_long = change.Get("long");
    for (int i = 0; i < 200; ++i) {
      change.Put("short", std::to_string(i)).IgnoreError();
      change.Put("long", std::string(3000, static_cast<char>(i))).IgnoreError();
      change.Put("row " + std::to_string(i), written_long).IgnoreError();
    }
    change.Delete("short").IgnoreError();
    change.Delete("long").IgnoreError();
    EXPECT_EQ(**base_short, "c");
    EXPECT_EQ(**base_long, committed_long);
    EXPECT_EQ(**own_short, "w");
    EXPECT_EQ(**own_long, written_long);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(StoreConformance, BodyThatFailsChangesNothing) {
  ASSERT_TRUE(Put("a", "old").ok());
  const auto status = store().Write([](WriteTransaction& change) {
    change.Put("a", "new").IgnoreError();
    change.Put("b", "new").IgnoreError();
    return NotFound("items/1042000017000113");
  });
  EXPECT_EQ(ReasonText(status), "NOT_FOUND");
  EXPECT_EQ(Get("a"), "old");
  EXPECT_EQ(Keys({}), std::vector<std::string>{"a"});
}

TEST_P(StoreConformance, ReadReturnsTheStatusOfItsBody) {
  EXPECT_EQ(ReasonText(store().Read([](ReadTransaction&) { return NotFound("items/1"); })),
            "NOT_FOUND");
}

TEST_P(StoreConformance, FailingBodiesChangeNothingForThoseCommittedWithThem) {
  Answers answers;
  std::optional<std::string> of_good, of_failed;
  {
    HeldCommitter held(store());
    store().WriteAsync([](WriteTransaction& change) { return change.Put("good", "1"); },
                       answers.Take(0));
    store().WriteAsync(
        [](WriteTransaction& change) {
          change.Put("failed", "2").IgnoreError();
          change.Delete("good").IgnoreError();
          return NotFound("items/1");
        },
        answers.Take(1));
    store().WriteAsync(
        [&](WriteTransaction& change) {
          of_good = GetIn(change, "good"), of_failed = GetIn(change, "failed");
          return change.Put("good 3", "3");
        },
        answers.Take(2));
    store().WriteAsync(
        [](WriteTransaction& change) { return change.Put(std::string(481, 'k'), ""); },
        answers.Take(3));
    store().WriteAsync([](WriteTransaction& change) { return change.Put("good 5", "5"); },
                       answers.Take(4));
  }
  EXPECT_EQ(answers.Wait(5), (std::vector<std::string>{"", "NOT_FOUND", "", "LIMIT_EXCEEDED", ""}));
  EXPECT_EQ(of_good, "1");
  EXPECT_EQ(of_failed, std::nullopt);
  EXPECT_EQ(Keys({}), (std::vector<std::string>{"good", "good 3", "good 5"}));
  EXPECT_EQ(Get("good"), "1");
}

TEST_P(StoreConformance, BodyMayRunAgainAndItsFirstRunLeavesNothing) {
  options_.run_bodies_twice = true;
  int run_count = 0;
  const auto status = store().Write([&](WriteTransaction& change) {
    ++run_count;
    EXPECT_EQ(GetIn(change, "first run"), std::nullopt);
    return change.Put(run_count == 1 ? "first run" : "second run", "v");
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(run_count, 2);
  EXPECT_EQ(Keys({}), std::vector<std::string>{"second run"});
}

TEST_P(StoreConformance, RefusesBodiesThatWriteTooMuch) {
  const auto status = store().Write([](WriteTransaction& change) {
    for (int i = 0; i < 50'001; ++i) {
      if (auto fault = change.Put("row " + std::to_string(i), ""); !fault.ok()) return fault;
    }
    return absl::OkStatus();
  });
  EXPECT_EQ(ReasonText(status), "LIMIT_EXCEEDED");
  EXPECT_EQ(Keys({}), std::vector<std::string>());
  EXPECT_TRUE(Put("a", "v").ok());
}

TEST_P(StoreConformance, EveryCommittedBodyHasANumberOfItsOwnInCommitOrder) {
  std::vector<std::uint64_t> numbers(20);
  Answers answers;
  {
    HeldCommitter held(store());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      store().WriteAsync(
          [i, &numbers](WriteTransaction& change) {
            numbers[i] = change.commit_sequence();
            // Every fourth fails: its number is taken by the next.
            if (i % 4 == 3) return NotFound("items/1");
            return change.Put("row", std::to_string(i));
          },
          answers.Take(i));
    }
  }
  answers.Wait(numbers.size());
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    EXPECT_EQ(numbers[i], numbers[i - 1] + (i % 4 == 0 ? 0 : 1)) << i;
  }
  std::uint64_t shown = 0;
  ASSERT_TRUE(store()
                  .Read([&](ReadTransaction& snapshot) {
                    shown = snapshot.commit_sequence();
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(shown, numbers[18]);
}

TEST_P(StoreConformance, RecordTimeOnlyGrowsThoughTheClockJumpsBack) {
  std::atomic<std::int64_t> now = 1'000'000;
  options_.clock_us = [&now] { return now.load(); };
  const auto write = [this] {
    std::int64_t time = 0;
    EXPECT_TRUE(store()
                    .Write([&](WriteTransaction& change) {
                      time = change.record_time_us();
                      return change.Put("row", "v");
                    })
                    .ok());
    return time;
  };
  EXPECT_EQ(write(), 1'000'000);
  EXPECT_EQ(write(), 1'000'001);  // the clock stands
  now = 2'000'000;
  EXPECT_EQ(write(), 2'000'000);
  now = -5'000'000;  // and jumps before 1970
  EXPECT_EQ(write(), 2'000'001);
  EXPECT_EQ(write(), 2'000'002);
  Close();
  const bool survives = engine_->survives_closing();
  EXPECT_EQ(write(), survives ? 2'000'003 : 1);
}

TEST_P(StoreConformance, RecordTimesInOneCommitDifferToo) {
  options_.clock_us = [] { return std::int64_t{7}; };
  std::vector<std::int64_t> times(3);
  Answers answers;
  {
    HeldCommitter held(store());
    for (std::size_t i = 0; i < times.size(); ++i) {
      store().WriteAsync(
          [i, &times](WriteTransaction& change) {
            times[i] = change.record_time_us();
            return change.Put("row " + std::to_string(i), "v");
          },
          answers.Take(i));
    }
  }
  answers.Wait(times.size());
  EXPECT_EQ(times, (std::vector<std::int64_t>{7, 8, 9}));
}

}  // namespace
}  // namespace radyab::storage
