#include "coding/check_digits.h"

#include <gtest/gtest.h>

namespace radyab::coding {
namespace {

TEST(Mod97, GivesThePairOfKnownCodes) {
  EXPECT_EQ(Mod97CheckPair("10420000170001"), "13");
  EXPECT_EQ(Mod97CheckPair("80310000170002"), "51");
  EXPECT_EQ(Mod97CheckPair("70000000170042"), "71");
  EXPECT_EQ(Mod97CheckPair("20505000170007"), "10");
}

TEST(Mod97, NeverGivesThePairs00And01And99) {
  for (int number = 0; number < 100'000; ++number) {
    const std::string pair = Mod97CheckPair(std::to_string(number));
    ASSERT_GE(pair, "02");
    ASSERT_LE(pair, "98");
    ASSERT_EQ((number * 100LL + std::stoi(pair)) % 97, 1);
  }
}

TEST(Mod97, RefusesTheSecondPairThatAPlainRemainderWouldTake) {
  // 97 apart from the right pair the remainder is 1 as well: 02 and 99, 97 and 00, 98 and 01.
  int seen = 0;
  for (int number = 0; number < 1000; ++number) {
    const std::string digits = std::to_string(number);
    const int pair = std::stoi(Mod97CheckPair(digits));
    for (const int other : {pair - 97, pair + 97}) {
      if (other < 0 || other > 99) continue;
      const std::string twin = digits + (other < 10 ? "0" : "") + std::to_string(other);
      ASSERT_EQ(std::stoll(twin) % 97, 1);
      EXPECT_FALSE(HasMod97CheckPair(twin)) << twin;
      ++seen;
    }
  }
  EXPECT_GT(seen, 20);
}

TEST(Gs1CheckDigit, AgreesWithPublishedNumbers) {
  EXPECT_TRUE(HasGs1CheckDigit("4006381333931"));       // GTIN-13
  EXPECT_TRUE(HasGs1CheckDigit("036000291452"));        // GTIN-12
  EXPECT_TRUE(HasGs1CheckDigit("96385074"));            // GTIN-8
  EXPECT_TRUE(HasGs1CheckDigit("376104250021234569"));  // SSCC
  EXPECT_FALSE(HasGs1CheckDigit("4006381333932"));
}

TEST(CheckDigits, WantSomethingBeforeTheCheck) {
  EXPECT_FALSE(HasGs1CheckDigit("0"));
  EXPECT_FALSE(HasGs1CheckDigit(""));
  EXPECT_FALSE(HasMod97CheckPair("98"));
  EXPECT_FALSE(HasMod97CheckPair(""));
}

TEST(IsAllDigits, TakesAsciiDigitsOnly) {
  EXPECT_TRUE(IsAllDigits("0123456789"));
  EXPECT_FALSE(IsAllDigits(""));
  EXPECT_FALSE(IsAllDigits("12 3"));
  EXPECT_FALSE(IsAllDigits("۱۲"));
}

}  // namespace
}  // namespace radyab::coding
