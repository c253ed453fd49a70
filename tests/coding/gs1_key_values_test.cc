#include <gtest/gtest.h>

#include "coding/gs1_keys.h"
#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

template <Gs1Key key>
Parsed<std::string> Parse(std::string_view text) {
  return ParseGs1Key(key, text);
}

TEST(Gs1Keys, HaveTheNamesOfAliasSchemes) {
  EXPECT_EQ(Gs1KeyName(Gs1Key::kGtin), "gtin");
  EXPECT_EQ(Gs1KeyName(Gs1Key::kGmn), "gmn");
  EXPECT_EQ(Gs1KeyName(Gs1Key::kGinc), "ginc");
}

TEST(Gs1Keys, OfDigitsAreFoldedAndChecked) {
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGtin, "96385074"), "00000096385074");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGln, "۴۰۰۶۳۸۱ ۳۳۳۹۳۱"), "4006381333931");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kSscc, "3 7610425 002123456 9"), "376104250021234569");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGsrn, "400638133393100004"), "400638133393100004");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGsin, "40063813339310000"), "40063813339310000");
  ExpectRefused(Parse<Gs1Key::kGsrn>, "40063813339310000*5*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(Parse<Gs1Key::kGsin>, "4006 3813339310 00*1*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(Parse<Gs1Key::kGsin>, "4006381333931000", RefusalReason::kWrongLength);
  ExpectRefused(Parse<Gs1Key::kSscc>, "", RefusalReason::kEmpty);
}

TEST(Gs1Keys, WithLettersStandAsTheyAre) {
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGmn, "1987654Ad4X4bL5ttr2310c2K"), "1987654Ad4X4bL5ttr2310c2K");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGrai, "04006381333931A/7"), "04006381333931A/7");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGdti, "4006381333931Doc-1"), "4006381333931Doc-1");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGcn, "4006381333931000042"), "4006381333931000042");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGiai, "4006381asset"), "4006381asset");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kCpid, "4006381PART-9"), "4006381PART-9");
  EXPECT_EQ(*ParseGs1Key(Gs1Key::kGinc, "4006381abc"), "4006381abc");
  ExpectRefused(Parse<Gs1Key::kGmn>, "1987654Ad4X4bL5ttr2310c*2L*",
                RefusalReason::kWrongCheckDigit);
  ExpectRefused(Parse<Gs1Key::kGrai>, "*1*4006381333931", RefusalReason::kOutOfRange);
  ExpectRefused(Parse<Gs1Key::kGrai>, "0400638133393*2*A", RefusalReason::kWrongCheckDigit);
  ExpectRefused(Parse<Gs1Key::kGdti>, "400638133393*2*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(Parse<Gs1Key::kGcn>, "4006381333931*A*", RefusalReason::kInvalidCharacter);
  ExpectRefused(Parse<Gs1Key::kGiai>, "400*X*381", RefusalReason::kInvalidCharacter);
  ExpectRefused(Parse<Gs1Key::kCpid>, "4006381*a*", RefusalReason::kInvalidCharacter);
  ExpectRefused(Parse<Gs1Key::kGinc>, "**", RefusalReason::kMissingValue);
}

TEST(Gs1Keys, FindEverySingleWrongDigit) {
  const std::pair<Gs1Key, std::string> keys[] = {
      {Gs1Key::kGtin, "04006381333931"},          {Gs1Key::kGln, "4006381333931"},
      {Gs1Key::kSscc, "376104250021234569"},      {Gs1Key::kGsrn, "400638133393100004"},
      {Gs1Key::kGsin, "40063813339310000"},       {Gs1Key::kGrai, "04006381333931"},
      {Gs1Key::kGdti, "4006381333931"},           {Gs1Key::kGcn, "4006381333931"},
      {Gs1Key::kGmn, "1987654Ad4X4bL5ttr2310c2K"}};
  for (const auto& [key, right] : keys) {
    ASSERT_TRUE(ParseGs1Key(key, right)) << Gs1KeyName(key);
    for (std::size_t at = 0; at < right.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string text = right;
        text[at] = digit;
        EXPECT_EQ(ParseGs1Key(key, text).ok(), text == right) << Gs1KeyName(key) << " " << text;
      }
    }
  }
}

}  // namespace
}  // namespace radyab::coding
