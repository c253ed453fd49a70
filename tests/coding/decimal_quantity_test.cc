#include "coding/decimal_quantity.h"

#include <limits>

#include "tests/coding/refusal_expectations.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

TEST(Decimal, IsReadAndWrittenExactly) {
  EXPECT_EQ(*ParseDecimal("12.50"), (Decimal{1250, 2}));
  EXPECT_EQ(*ParseDecimal("-0.000000001"), (Decimal{-1, 9}));
  EXPECT_EQ(*ParseDecimal("۱۲٫۵"), (Decimal{125, 1}));
  EXPECT_EQ(*ParseDecimal("9223372036854775807"), (Decimal{kMost, 0}));
  EXPECT_EQ(WriteDecimal({1250, 2}), "12.50");
  EXPECT_EQ(WriteDecimal({-1, 9}), "-0.000000001");
  EXPECT_EQ(WriteDecimal({0, 2}), "0.00");
  EXPECT_EQ(WriteDecimal({kLeast, 0}), "-9223372036854775808");
  EXPECT_EQ(WriteDecimal({kLeast, 9}), "-9223372036.854775808");
  EXPECT_EQ(NormalizeDecimal({12500, 3}), (Decimal{125, 1}));
  EXPECT_EQ(NormalizeDecimal({0, 9}), (Decimal{0, 0}));
}

TEST(Decimal, IsRefusedWithPlace) {
  ExpectRefused(ParseDecimal, "", RefusalReason::kEmpty);
  ExpectRefused(ParseDecimal, "-**", RefusalReason::kMissingValue);
  ExpectRefused(ParseDecimal, "1.**", RefusalReason::kMissingValue);
  ExpectRefused(ParseDecimal, "*.*5", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseDecimal, "1.2*.*3", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseDecimal, "1*e*3", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseDecimal, "*+*1", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseDecimal, "1*,*000", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseDecimal, "1*\xFF*", RefusalReason::kInvalidUtf8);
  ExpectRefused(ParseDecimal, "0.123456789*1*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseDecimal, "922337203685477580*8*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseDecimal, std::string(65, '1'), RefusalReason::kTooLong);
}

TEST(Decimal, AddsAndSubtractsExactly) {
  EXPECT_EQ(*AddDecimal({1, 1}, {2, 1}), (Decimal{3, 1}));
  EXPECT_EQ(*AddDecimal({15, 1}, {25, 2}), (Decimal{175, 2}));
  EXPECT_EQ(*SubtractDecimal({1, 0}, {1, 9}), (Decimal{999'999'999, 9}));
}

TEST(Decimal, ReportsWhatDoesNotFit) {
  EXPECT_FALSE(AddDecimal({kMost, 0}, {1, 0}));
  EXPECT_FALSE(SubtractDecimal({kLeast, 0}, {1, 0}));
  EXPECT_FALSE(AddDecimal({kMost, 0}, {1, 9}));
  EXPECT_EQ(*AddDecimal({kMost, 0}, {0, 9}), (Decimal{kMost, 0})) << "zeros at the end may go";
}

TEST(Decimal, ComparesBySize) {
  EXPECT_TRUE(CompareDecimal({15, 1}, {150, 2}) == std::strong_ordering::equal);
  EXPECT_TRUE(CompareDecimal({15, 1}, {151, 2}) == std::strong_ordering::less);
  EXPECT_TRUE(CompareDecimal({kMost, 0}, {kMost, 9}) == std::strong_ordering::greater);
  EXPECT_TRUE(CompareDecimal({kLeast, 0}, {kLeast, 9}) == std::strong_ordering::less);
}

TEST(Decimal, KeepsTheLawsOfNumbers) {
  SeededRandom random;
  const auto any = [&] {
    return Decimal{static_cast<std::int64_t>(random.Below(2'000'000'000'000)) - 1'000'000'000'000,
                   static_cast<int>(random.Below(4))};
  };
  for (int i = 0; i < 20'000; ++i) {
    const Decimal a = any();
    const Decimal b = any();
    ASSERT_EQ(*ParseDecimal(WriteDecimal(a)), a);
    const auto sum = AddDecimal(a, b);
    ASSERT_TRUE(sum);
    ASSERT_EQ(*sum, *AddDecimal(b, a));
    ASSERT_TRUE(CompareDecimal(*SubtractDecimal(*sum, b), a) == std::strong_ordering::equal);
    ASSERT_TRUE(CompareDecimal(NormalizeDecimal(a), a) == std::strong_ordering::equal);
  }
}

TEST(MeasureUnit, IsACodeWeKnow) {
  for (const char* code :
       {"C62", "KGM", "GRM", "LTR", "MLT", "MTR", "CMT", "MTK", "MTQ", "BX", "CT"}) {
    EXPECT_TRUE(ParseMeasureUnit(code)) << code;
  }
  ExpectRefused(ParseMeasureUnit, "", RefusalReason::kEmpty);
  ExpectRefused(ParseMeasureUnit, "*k*gm", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseMeasureUnit, "*ک*", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseMeasureUnit, "C", RefusalReason::kWrongLength);
  ExpectRefused(ParseMeasureUnit, "KGMS", RefusalReason::kWrongLength);
  ExpectRefused(ParseMeasureUnit, "*ZZZ*", RefusalReason::kOutOfRange);
}

TEST(MeasureUnit, StandsInOrderWithBothNames) {
  std::string_view last;
  for (const MeasureUnit& unit : MeasureUnits()) {
    EXPECT_LT(last, unit.code);
    EXPECT_FALSE(unit.name_en.empty());
    EXPECT_FALSE(unit.name_fa.empty());
    last = unit.code;
  }
}

}  // namespace
}  // namespace radyab::coding
