#include "coding/gs1_keys.h"

#include <limits>

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

TEST(Gtin, IsStoredAsFourteenDigits) {
  EXPECT_EQ(*ParseGtin("96385074"), "00000096385074");
  EXPECT_EQ(*ParseGtin("036000291452"), "00036000291452");
  EXPECT_EQ(*ParseGtin("4006381333931"), "04006381333931");
  EXPECT_EQ(*ParseGtin("14006381333938"), "14006381333938");
  EXPECT_EQ(*ParseGtin("۴۰۰۶۳۸۱ ۳۳۳۹۳۱"), "04006381333931");
}

TEST(Gtin, RefusesWithPlace) {
  ExpectRefused(ParseGtin, "400638133393*2*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseGtin, "4006381*X*33931", RefusalReason::kInvalidCharacter);
  for (const std::size_t length : {7, 9, 10, 11, 15}) {
    ExpectRefused(ParseGtin, std::string(length, '0'), RefusalReason::kWrongLength);
  }
  EXPECT_EQ(ParseGtin("1234567X").refusal().message,
            "gtin \"1234567*X*\": letter at place 8, want a digit");
}

TEST(GlnAndSscc, WantTheirLengthAndCheck) {
  EXPECT_EQ(*ParseGln("4006381333931"), "4006381333931");
  ExpectRefused(ParseGln, "96385074", RefusalReason::kWrongLength);
  EXPECT_EQ(*ParseSscc("376104250021234569"), "376104250021234569");
  ExpectRefused(ParseSscc, "37610425002123456*8*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseSscc, "37610425002123456", RefusalReason::kWrongLength);
}

TEST(CompanyPrefix, HasFourToTwelveDigits) {
  EXPECT_EQ(*ParseGs1CompanyPrefix("6260"), "6260");
  EXPECT_EQ(*ParseGs1CompanyPrefix("626000000001"), "626000000001");
  ExpectRefused(ParseGs1CompanyPrefix, "626", RefusalReason::kWrongLength);
  ExpectRefused(ParseGs1CompanyPrefix, "6260000000011", RefusalReason::kWrongLength);
  ExpectRefused(ParseGs1CompanyPrefix, "62*a*0", RefusalReason::kInvalidCharacter);
}

TEST(MakeSscc, PutsItsPartsTogether) {
  EXPECT_EQ(*MakeSscc('3', "7610425", 2123456), "376104250021234569");
  for (const char* prefix : {"6260", "62601", "626012345678"}) {
    const std::uint64_t last = SsccSerialCount(prefix) - 1;
    for (const std::uint64_t serial : {std::uint64_t{0}, std::uint64_t{1}, last}) {
      const auto sscc = MakeSscc('0', prefix, serial);
      ASSERT_TRUE(sscc);
      EXPECT_TRUE(ParseSscc(*sscc)) << *sscc;
      EXPECT_EQ(sscc->substr(1, std::string(prefix).size()), prefix);
    }
  }
}

TEST(MakeSscc, RefusesASerialThatDoesNotFit) {
  EXPECT_TRUE(MakeSscc('0', "626012345678", 9999));
  ExpectRefusal(MakeSscc('0', "626012345678", 10'000), RefusalReason::kOutOfRange, 1, 5);
  ExpectRefusal(MakeSscc('0', "6260", std::numeric_limits<std::uint64_t>::max()),
                RefusalReason::kOutOfRange, 1, 20);
  ExpectRefusal(MakeSscc('x', "6260", 1), RefusalReason::kInvalidCharacter, 1, 1);
  ExpectRefusal(MakeSscc('0', "626", 1), RefusalReason::kWrongLength, 0, 0);
}

TEST(RestrictedCirculation, KnowsItsPrefixes) {
  for (int prefix = 0; prefix < 100; ++prefix) {
    const std::string two = (prefix < 10 ? "0" : "") + std::to_string(prefix);
    const bool restricted = prefix == 2 || prefix == 4 || (prefix >= 20 && prefix <= 29);
    EXPECT_EQ(IsRestrictedCirculation("0" + two + "12345678901"), restricted) << two;
    EXPECT_EQ(IsRestrictedCirculation("1" + two + "12345678901"), restricted) << two;
  }
}

TEST(RestrictedCirculation, KnowsItsShortNumbers) {
  EXPECT_TRUE(IsRestrictedCirculation("00000021234567"));
  EXPECT_TRUE(IsRestrictedCirculation("00000001234567"));
  EXPECT_FALSE(IsRestrictedCirculation("00000096385074"));
  EXPECT_FALSE(IsRestrictedCirculation("123"));
}

}  // namespace
}  // namespace radyab::coding
