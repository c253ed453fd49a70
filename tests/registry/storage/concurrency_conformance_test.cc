// Conformance: many at once.
#include <atomic>
#include <set>
#include <thread>

#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

absl::Status Increment(WriteTransaction& change, std::string_view key) {
  const int count = std::stoi(GetIn(change, key).value_or("0"));
  return change.Put(key, std::to_string(count + 1));
}

template <class Body>
void OnThreads(int thread_count, Body body) {
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(thread_count));
  for (int i = 0; i < thread_count; ++i) threads.emplace_back(body, i);
  for (auto& thread : threads) thread.join();
}

TEST_P(StoreConformance, LongReaderSeesNothingOfLaterWrites) {
  const std::string large(3000, 'o');
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(Put("row " + std::to_string(i), large).ok());
  const auto status = store().Read([&](ReadTransaction& snapshot) {
    const auto keys = KeysIn(snapshot, {});
    const auto sequence = snapshot.commit_sequence();
    const auto view = snapshot.Get("row 7");
    // Far more commits than pages stay unused: a snapshot that is not kept would be overwritten.
    for (int i = 0; i < 100; ++i) {
      EXPECT_TRUE(store()
                      .Write([&](WriteTransaction& change) {
                        change.Put("new " + std::to_string(i), large).IgnoreError();
                        change.Put("row 7", "new").IgnoreError();
                        return change.Delete("row " + std::to_string(i % 50));
                      })
                      .ok());
    }
    EXPECT_EQ(KeysIn(snapshot, {}), keys);
    EXPECT_EQ(snapshot.commit_sequence(), sequence);
    EXPECT_EQ(GetIn(snapshot, "row 7"), large);
    EXPECT_EQ(**view, large);
    EXPECT_EQ(GetIn(snapshot, "new 1"), std::nullopt);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Keys({"new", "nex"}).size(), 100u);
  EXPECT_EQ(Keys({"row", "rox"}), std::vector<std::string>{"row 7"});
}

TEST_P(StoreConformance, RacingWritersLoseNoIncrement) {
  constexpr int kThreads = 8, kEach = 60;
  store();
  OnThreads(kThreads, [this](int) {
    for (int i = 0; i < kEach; ++i) {
      EXPECT_TRUE(
          store_->Write([](WriteTransaction& change) { return Increment(change, "n"); }).ok());
    }
  });
  EXPECT_EQ(Get("n"), std::to_string(kThreads * kEach));
}

TEST_P(StoreConformance, OneOfManyWhoWantTheSameKeyGetsIt) {
  std::atomic<int> winners = 0;
  store();
  OnThreads(8, [&](int) {
    for (int i = 0; i < 20; ++i) {
      const std::string key = "name " + std::to_string(i);
      const auto status = store_->Write([&](WriteTransaction& change) {
        if (GetIn(change, key).has_value()) {
          return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists, "taken");
        }
        return change.Put(key, "v");
      });
      winners += status.ok();
    }
  });
  EXPECT_EQ(winners, 20);
}

// Money moves between accounts; whoever looks, sees the same sum.
TEST_P(StoreConformance, ReadersBesideWritersSeeWholeCommitsOnly) {
  constexpr int kAccounts = 10, kMoves = 150;
  for (int i = 0; i < kAccounts; ++i) ASSERT_TRUE(Put("a" + std::to_string(i), "100").ok());
  std::atomic<bool> over = false;
  std::thread mover([&] {
    for (int i = 0; i < kMoves; ++i) {
      const std::string from = "a" + std::to_string(i % kAccounts);
      const std::string to = "a" + std::to_string((i * 7 + 1) % kAccounts);
      EXPECT_TRUE(store_
                      ->Write([&](WriteTransaction& change) {
                        const int give = std::stoi(*GetIn(change, from)) - 1;
                        change.Put(from, std::to_string(give)).IgnoreError();
                        const int take = std::stoi(*GetIn(change, to)) + 1;
                        return change.Put(to, std::to_string(take));
                      })
                      .ok());
    }
    over = true;
  });
  std::uint64_t last_sequence = 0;
  while (!over) {
    EXPECT_TRUE(store_
                    ->Read([&](ReadTransaction& snapshot) {
                      int sum = 0;
                      EXPECT_LE(last_sequence, snapshot.commit_sequence());
                      last_sequence = snapshot.commit_sequence();
                      return snapshot.Scan({"a", "b"}, Direction::kForward, kNoRowLimit,
                                           [&](std::string_view key, std::string_view value) {
                                             sum += std::stoi(std::string(value));
                                             EXPECT_TRUE(key != "a9" || sum == kAccounts * 100);
                                             return true;
                                           });
                    })
                    .ok());
  }
  mover.join();
}

// Every commit writes its own number: whoever reads finds the number of his snapshot, however the
// rows wander from one part of the store to another meanwhile.
TEST_P(StoreConformance, RowsAndNumberOfASnapshotBelongTogether) {
  constexpr int kCommits = 400;
  ASSERT_TRUE(Put("n", "1").ok());
  std::atomic<bool> over = false;
  OnThreads(7, [&](int thread) {
    if (thread == 0) {
      for (int i = 0; i < kCommits; ++i) {
        EXPECT_TRUE(store_
                        ->Write([](WriteTransaction& change) {
                          return change.Put("n", std::to_string(change.commit_sequence()));
                        })
                        .ok());
      }
      over = true;
    }
    while (!over) {
      EXPECT_TRUE(store_
                      ->Read([](ReadTransaction& snapshot) {
                        EXPECT_EQ(GetIn(snapshot, "n"), std::to_string(snapshot.commit_sequence()));
                        return absl::OkStatus();
                      })
                      .ok());
    }
  });
}

TEST_P(StoreConformance, FullQueueRefusesAtOnceOnTheCallingThread) {
  options_.queue_length_max = 4;
  Answers answers;
  const auto put = [](std::size_t i) {
    return [i](WriteTransaction& change) { return change.Put("row " + std::to_string(i), "v"); };
  };
  {
    HeldCommitter held(store());
    for (std::size_t i = 0; i < 4; ++i) store().WriteAsync(put(i), answers.Take(i));
    std::thread::id answered_on;
    std::string reason;
    store().WriteAsync(put(4), [&](const absl::Status& status) {
      answered_on = std::this_thread::get_id();
      reason = ReasonText(status);
      EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
    });
    EXPECT_EQ(answered_on, std::this_thread::get_id());
    EXPECT_EQ(reason, "WRITE_QUEUE_FULL");
    EXPECT_EQ(ReasonText(store().Write(put(5))), "WRITE_QUEUE_FULL");
  }
  EXPECT_EQ(answers.Wait(4), std::vector<std::string>(4));
  EXPECT_EQ(Keys({}).size(), 4u);
  EXPECT_TRUE(Put("next", "v").ok());
}

TEST_P(StoreConformance, ClosingCommitsAndAnswersWhatWaits) {
  Answers answers;
  {
    HeldCommitter held(store());
    for (std::size_t i = 0; i < 300; ++i) {
      store().WriteAsync(
          [i](WriteTransaction& change) { return change.Put("row " + std::to_string(i), "v"); },
          answers.Take(i));
    }
  }
  Close();
  EXPECT_EQ(answers.Wait(300), std::vector<std::string>(300));
  if (engine_->survives_closing()) {
    EXPECT_EQ(Keys({}).size(), 300u);
  }
}

TEST_P(StoreConformance, RefusesBodiesThatWouldPassTheSoftLimit) {
  options_.file_bytes_max = 1 << 20;
  const std::string value(4096, 'v');
  absl::Status status;
  int row_count = 0;
  for (; row_count < 300 && status.ok(); ++row_count) {
    status = Put("row " + std::to_string(row_count), value);
  }
  EXPECT_EQ(ReasonText(status), "STORE_FULL");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(row_count, 64);  // a good part of the limit was used
  EXPECT_EQ(Keys({}).size(), static_cast<std::size_t>(row_count - 1));
  EXPECT_EQ(Get("row 1"), value);
}

}  // namespace
}  // namespace radyab::storage
