#include "coding/permutation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

KeyedPermutation::Key CountingKey() {
  KeyedPermutation::Key key;
  std::iota(key.begin(), key.end(), std::uint8_t{0});
  return key;
}

KeyedPermutation::Key RandomKey(SeededRandom& random) {
  KeyedPermutation::Key key;
  for (auto& byte : key) byte = static_cast<std::uint8_t>(random.Below(256));
  return key;
}

TEST(SerialPermutation, KeepsItsGoldenVectors) {
  // Worked out apart with Python's hmac module. If these change, stored codes are issued again.
  const SerialPermutation permutation(CountingKey());
  EXPECT_EQ(permutation.Apply(Kind::kParty, 0, 0), 15630909u);
  EXPECT_EQ(permutation.Apply(Kind::kParty, 0, 1), 24355053u);
  EXPECT_EQ(permutation.Apply(Kind::kParty, 17, 42), 45649456u);
  EXPECT_EQ(permutation.Apply(Kind::kCase, 505, 7), 92217196u);
  EXPECT_EQ(permutation.Apply(Kind::kCase, 99999, 99'999'999), 5891692u);
}

TEST(KeyedPermutation, KeepsItsGoldenVectorOfASmallDomain) {
  const KeyedPermutation permutation(CountingKey(), 10);
  std::vector<std::uint64_t> permuted;
  for (std::uint64_t value = 0; value < 10; ++value)
    permuted.push_back(permutation.Apply(5, value));
  EXPECT_EQ(permuted, (std::vector<std::uint64_t>{6, 0, 1, 8, 4, 7, 9, 2, 3, 5}));
}

TEST(KeyedPermutation, IsABijectionOnWholeDomains) {
  SeededRandom random;
  // Squares need no walk; the others walk, 17 the most (its network has 25 values); 10,000 is our
  // shape in small.
  for (const std::uint64_t domain : {4, 5, 17, 100, 1000, 1023, 10'000}) {
    const KeyedPermutation permutation(RandomKey(random), domain);
    for (const std::uint64_t tweak : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
      std::vector<bool> taken(domain, false);
      for (std::uint64_t value = 0; value < domain; ++value) {
        const std::uint64_t permuted = permutation.Apply(tweak, value);
        ASSERT_LT(permuted, domain);
        ASSERT_FALSE(taken[permuted]) << domain << ": " << value << " falls on a taken place";
        taken[permuted] = true;
        ASSERT_EQ(permutation.Invert(tweak, permuted), value);
      }
    }
  }
}

TEST(SerialPermutation, InvertsOverTheFullDomain) {
  SeededRandom random;
  const SerialPermutation permutation(RandomKey(random));
  std::set<std::uint32_t> permuted_serials;
  std::set<std::uint32_t> serials{0, 1, kSerialMax};
  while (serials.size() < 20'000) {
    serials.insert(static_cast<std::uint32_t>(random.Below(kSerialMax + 1ull)));
  }
  for (const std::uint32_t serial : serials) {
    const std::uint32_t permuted = permutation.Apply(Kind::kParty, 17, serial);
    ASSERT_LE(permuted, kSerialMax);
    ASSERT_EQ(permutation.Invert(Kind::kParty, 17, permuted), serial);
    permuted_serials.insert(permuted);
  }
  EXPECT_EQ(permuted_serials.size(), serials.size());
}

TEST(SerialPermutation, DiffersByKeyKindAndBlock) {
  SeededRandom random;
  const SerialPermutation one(RandomKey(random));
  const SerialPermutation two(RandomKey(random));
  int alike = 0;
  for (std::uint32_t serial = 0; serial < 2000; ++serial) {
    const std::uint32_t here = one.Apply(Kind::kParty, 17, serial);
    alike += here == two.Apply(Kind::kParty, 17, serial);
    alike += here == one.Apply(Kind::kCase, 17, serial);
    alike += here == one.Apply(Kind::kParty, 18, serial);
  }
  EXPECT_LE(alike, 2);  // by chance 6,000 / 100,000,000
}

TEST(SerialPermutation, SpreadsNeighboursOverTheDomain) {
  // 20,000 serials in a row, in 100 bins of the domain: chi square with 99 degrees of freedom stays
  // below 180 but once in a million runs, and neighbouring codes lie as far apart as chance would
  // have them.
  SeededRandom random;
  const SerialPermutation permutation(RandomKey(random));
  constexpr std::uint32_t kSerials = 20'000;
  std::vector<int> bins(100, 0);
  int rising = 0;
  double distance = 0;
  std::uint32_t previous = permutation.Apply(Kind::kCase, 3, 0);
  for (std::uint32_t serial = 1; serial <= kSerials; ++serial) {
    const std::uint32_t permuted = permutation.Apply(Kind::kCase, 3, serial);
    ++bins[permuted / 1'000'000];
    rising += permuted > previous;
    distance += permuted > previous ? permuted - previous : previous - permuted;
    previous = permuted;
  }
  double chi_square = 0;
  for (const int count : bins) chi_square += (count - 200.0) * (count - 200.0) / 200.0;
  EXPECT_LT(chi_square, 180.0);
  EXPECT_GT(chi_square, 45.0);
  EXPECT_NEAR(rising / double{kSerials}, 0.5, 0.03);
  EXPECT_NEAR(distance / kSerials / 1e8, 1.0 / 3, 0.02);
}

TEST(SerialPermutation, LetsNoOneGuessTheNextFromTheLast) {
  // A guesser who knows the codes so far bets on: the same step again, the mirror step, the
  // neighbours, the same low or high half. Right for the whole number: never. For a half (1 of
  // 10,000): no more than chance.
  SeededRandom random;
  const SerialPermutation permutation(RandomKey(random));
  constexpr int kGuesses = 20'000;
  int whole = 0;
  int half = 0;
  std::int64_t before = permutation.Apply(Kind::kParty, 9, 0);
  std::int64_t last = permutation.Apply(Kind::kParty, 9, 1);
  for (std::uint32_t serial = 2; serial < kGuesses; ++serial) {
    const std::int64_t next = permutation.Apply(Kind::kParty, 9, serial);
    const std::int64_t step = last - before;
    for (const std::int64_t guess : {last + step, last - step, last + 1, last - 1}) {
      const std::int64_t folded = ((guess % 100'000'000) + 100'000'000) % 100'000'000;
      whole += folded == next;
      half += folded / 10'000 == next / 10'000;
      half += folded % 10'000 == next % 10'000;
    }
    before = last;
    last = next;
  }
  EXPECT_LE(whole, 1);
  EXPECT_LT(half, 60);  // 160,000 bets at 1 of 10,000: 16 by chance
}

TEST(SerialPermutation, ChangesNinetyPercentOfDigitsForOneChangedDigit) {
  SeededRandom random;
  const SerialPermutation permutation(RandomKey(random));
  int changed = 0;
  constexpr int kTrials = 4000;
  for (int i = 0; i < kTrials; ++i) {
    const auto serial = static_cast<std::uint32_t>(random.Below(99'999'990));
    std::uint32_t a = permutation.Apply(Kind::kParty, 1, serial);
    std::uint32_t b = permutation.Apply(Kind::kParty, 1, serial + 1);
    for (int digit = 0; digit < 8; ++digit, a /= 10, b /= 10) changed += a % 10 != b % 10;
  }
  EXPECT_NEAR(changed / (8.0 * kTrials), 0.9, 0.01);
}

TEST(SerialPermutation, ServesManyThreads) {
  const SerialPermutation permutation(CountingKey());
  std::vector<std::uint64_t> sums(4, 0);
  std::vector<std::thread> threads;
  threads.reserve(sums.size());
  for (std::uint64_t& sum : sums) {
    threads.emplace_back([&] {
      for (std::uint32_t serial = 0; serial < 500; ++serial)
        sum += permutation.Apply(Kind::kCase, 8, serial);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::count(sums.begin(), sums.end(), sums[0]), 4);
}

}  // namespace
}  // namespace radyab::coding
