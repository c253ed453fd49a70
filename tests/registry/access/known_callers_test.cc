#include "registry/access/known_callers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace radyab::access {
namespace {

Caller CallerWith(std::uint64_t key_id) {
  Caller caller;
  caller.key_id = key_id;
  return caller;
}

TEST(KnownCallers, KnowsWhatWasReadLast) {
  KnownCallers known;
  EXPECT_FALSE(known.Find("rk_a"));
  known.Keep("rk_a", CallerWith(1), 5);
  known.Keep("rk_b", CallerWith(2), 5);
  ASSERT_TRUE(known.Find("rk_a"));
  EXPECT_EQ(known.Find("rk_a")->key_id, 1u);
  EXPECT_EQ(known.Find("rk_b")->key_id, 2u);
  EXPECT_FALSE(known.Find("rk_")) << "a part of a secret";
}

TEST(KnownCallers, KnowsNobodyFromBeforeAChangeOfKeys) {
  KnownCallers known;
  known.Keep("rk_a", CallerWith(1), 5);
  known.KeysChangeIn(6);
  EXPECT_FALSE(known.Find("rk_a"));
  known.Keep("rk_a", CallerWith(2), 6);
  ASSERT_TRUE(known.Find("rk_a")) << "read from a snapshot that holds the change";
  EXPECT_EQ(known.Find("rk_a")->key_id, 2u);
}

TEST(KnownCallers, AReaderWhoseSnapshotIsOlderThanTheChangeTeachesNothing) {
  KnownCallers known;
  known.KeysChangeIn(6);
  known.Keep("rk_a", CallerWith(1), 5);
  EXPECT_FALSE(known.Find("rk_a"));
}

TEST(KnownCallers, AnEarlierNumberTakesNoChangeBack) {
  KnownCallers known;
  known.KeysChangeIn(9);
  known.KeysChangeIn(4);
  known.Keep("rk_a", CallerWith(1), 7);
  EXPECT_FALSE(known.Find("rk_a"));
}

TEST(KnownCallers, ForgetsRatherThanGrow) {
  KnownCallers known;
  for (std::size_t i = 0; i < KnownCallers::kCountMax; ++i) {
    known.Keep("rk_" + std::to_string(i), CallerWith(i), 1);
  }
  EXPECT_TRUE(known.Find("rk_0"));
  known.Keep("rk_new", CallerWith(1), 1);
  EXPECT_FALSE(known.Find("rk_0"));
  EXPECT_TRUE(known.Find("rk_new"));
}

// Under TSan a race would be told; here a reader must never see a bearer of before the change once
// it was told.
TEST(KnownCallers, AChangeIsSeenByEveryThreadAtOnce) {
  KnownCallers known;
  std::atomic<std::uint64_t> changed = 0;
  std::atomic<bool> wrong = false, ended = false;
  std::thread reader([&] {
    while (!ended) {
      const std::uint64_t at_least = changed.load();
      const auto found = known.Find("rk_a");
      if (found && found->key_id < at_least) wrong = true;
    }
  });
  for (std::uint64_t sequence = 1; sequence < 20'000; ++sequence) {
    known.KeysChangeIn(sequence);
    changed = sequence;
    known.Keep("rk_a", CallerWith(sequence), sequence);
  }
  ended = true;
  reader.join();
  EXPECT_FALSE(wrong);
}

}  // namespace
}  // namespace radyab::access
