#include "coding/wide_amount.h"

#include <limits>

#include "gtest/gtest.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(WideAmount, GivesEveryQuantityBackWithoutZerosAtItsEnd) {
  SeededRandom random;
  for (int round = 0; round < 10'000; ++round) {
    const Decimal value = {static_cast<std::int64_t>(random.Below(1'000'000'000'000'000'000)),
                           static_cast<int>(random.Below(10))};
    EXPECT_EQ(NarrowAmount(WidenDecimal(value)), NormalizeDecimal(value));
  }
  EXPECT_EQ(NarrowAmount(0), (Decimal{0, 0}));
}

TEST(WideAmount, RoundsDownWhatNoDecimalHolds) {
  const WideAmount most = WidenDecimal({kMost, 0});
  EXPECT_EQ(NarrowAmount(most), (Decimal{kMost, 0}));
  EXPECT_EQ(NarrowAmount(most - 1), (Decimal{kMost - 1, 0}));
  EXPECT_EQ(NarrowAmount(most * 3), (Decimal{kMost, 0}));
}

TEST(WideAmount, SumsWhatADecimalCannot) {
  WideAmount sum = 0;
  for (int i = 0; i < 10'000; ++i) sum += WidenDecimal({999'999'999'999'999'999, 0});
  for (int i = 0; i < 10'000; ++i) sum -= WidenDecimal({999'999'999'999'999'998, 0});
  EXPECT_EQ(NarrowAmount(sum), (Decimal{10'000, 0}));
}

}  // namespace
}  // namespace radyab::coding
