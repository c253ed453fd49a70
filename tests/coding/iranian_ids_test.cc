#include "coding/iranian_ids.h"

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

// A national id of nobody: its digits count up, its check digit is worked out by hand.
// 1*10+2*9+3*8+4*7+5*6+6*5+7*4+8*3+9*2 = 210; 210 mod 11 = 1, below 2, so the digit is 1.
constexpr char kNationalId[] = "1234567891";

TEST(NationalId, TakesRightOnes) {
  EXPECT_EQ(*ParseNationalId(kNationalId), kNationalId);
  EXPECT_EQ(*ParseNationalId("۱۲۳-۴۵۶۷۸۹-۱"), kNationalId);
}

TEST(NationalId, PadsEightAndNineDigits) {
  // 0012345679: 1*8+2*7+3*6+4*5+5*4+6*3+7*2 = 112, mod 11 = 2, 11 - 2 = 9.
  EXPECT_EQ(*ParseNationalId("12345679"), "0012345679");
  EXPECT_EQ(*ParseNationalId("012345679"), "0012345679");
  ExpectRefused(ParseNationalId, "1234567", RefusalReason::kWrongLength);
  ExpectRefused(ParseNationalId, "12345678912", RefusalReason::kWrongLength);
}

TEST(NationalId, RefusesTenEqualDigits) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    ExpectRefused(ParseNationalId, "*" + std::string(10, digit) + "*",
                  RefusalReason::kAllDigitsEqual);
  }
  ExpectRefused(ParseNationalId, "*00000000*", RefusalReason::kAllDigitsEqual);
}

TEST(NationalId, RefusesWithPlace) {
  ExpectRefused(ParseNationalId, "123456789*2*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseNationalId, "1234567*x*91", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseNationalId, "", RefusalReason::kEmpty);
}

TEST(LegalId, TakesRightOnes) {
  EXPECT_EQ(*ParseLegalId("10380284790"), "10380284790");
  EXPECT_EQ(*ParseLegalId("۱۰۳۸۰۲۸۴۷۹۰"), "10380284790");
}

TEST(LegalId, CountsARemainderOfTenAsZero) {
  // t = 2 and all weights add up to 230: s = 2 * 230 + 1 * 23 = 483, and 483 mod 11 = 10.
  EXPECT_TRUE(ParseLegalId("00100000000"));
}

TEST(LegalId, RefusesWithPlace) {
  ExpectRefused(ParseLegalId, "1038028479*1*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseLegalId, "1038028479", RefusalReason::kWrongLength);
  ExpectRefused(ParseLegalId, "103802847900", RefusalReason::kWrongLength);
  ExpectRefused(ParseLegalId, "1038*,*0284790", RefusalReason::kInvalidCharacter);
}

TEST(IranCodeAndStuffId, WantTheirLengthAndNoCheck) {
  EXPECT_EQ(*ParseIranCode("2910700012340001"), "2910700012340001");
  ExpectRefused(ParseIranCode, "291070001234000", RefusalReason::kWrongLength);
  EXPECT_EQ(*ParseStuffId("2۷۲۰۰۰۰۱۱۴۵۴۲"), "2720000114542");
  ExpectRefused(ParseStuffId, "27200001145421", RefusalReason::kWrongLength);
  ExpectRefused(ParseStuffId, "272000011454*A*", RefusalReason::kInvalidCharacter);
}

TEST(IranCodeOfAServiceAndIrc, WantTheirLengthAndNoCheck) {
  EXPECT_EQ(*ParseIranCodeOfService("۲۹۱۰۷۰۰۰۱۲۳۴۰۰۰۱۷"), "29107000123400017");
  ExpectRefused(ParseIranCodeOfService, "2910700012340001", RefusalReason::kWrongLength);
  EXPECT_EQ(*ParseIrc("1228-0698-1736-1234"), "1228069817361234");
  ExpectRefused(ParseIrc, "12280698173612345", RefusalReason::kWrongLength);
  ExpectRefused(ParseIrc, "122806981736*B*234", RefusalReason::kInvalidCharacter);
}

TEST(EconomicCode, HasTwelveOrFourteenDigits) {
  EXPECT_EQ(*ParseEconomicCode("۴۱۱۱۴۵۶۷۸۹۱۲"), "411145678912");
  EXPECT_EQ(*ParseEconomicCode("4111-4567-8912-34"), "41114567891234");
  for (const char* wrong : {"41114567891", "4111456789123", "411145678912345"}) {
    ExpectRefused(ParseEconomicCode, wrong, RefusalReason::kWrongLength);
  }
  ExpectRefused(ParseEconomicCode, "41114567*O*912", RefusalReason::kInvalidCharacter);
}

}  // namespace
}  // namespace radyab::coding
