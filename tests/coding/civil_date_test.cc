#include "coding/civil_date.h"

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

Parsed<CivilDate> ParseYymmddOf2026(std::string_view text) { return ParseYymmdd(text, 2026); }

TEST(IsoDate, ReadsAndWrites) {
  const auto date = ParseIsoDate("2028-02-29");
  ASSERT_TRUE(date);
  EXPECT_EQ(*date, (CivilDate{2028, 2, 29}));
  EXPECT_EQ(WriteIsoDate(*date), "2028-02-29");
  EXPECT_EQ(WriteIsoDate({7, 1, 2}), "0007-01-02");
  EXPECT_LT((CivilDate{2027, 12, 31}), (CivilDate{2028, 1, 1}));
}

TEST(IsoDate, RefusesWithPlace) {
  ExpectRefused(ParseIsoDate, "", RefusalReason::kEmpty);
  ExpectRefused(ParseIsoDate, "2027-3*-*31", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseIsoDate, "2027*/*03/31", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseIsoDate, "2027-03-3", RefusalReason::kWrongLength);
  ExpectRefused(ParseIsoDate, "2027-03-311", RefusalReason::kWrongLength);
  ExpectRefused(ParseIsoDate, "*0000*-03-31", RefusalReason::kOutOfRange);
  ExpectRefused(ParseIsoDate, "2027-*13*-31", RefusalReason::kOutOfRange);
  ExpectRefused(ParseIsoDate, "2027-*00*-31", RefusalReason::kOutOfRange);
  ExpectRefused(ParseIsoDate, "2027-02-*29*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseIsoDate, "2027-04-*31*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseIsoDate, "2027-04-*00*", RefusalReason::kOutOfRange);
}

TEST(TwoDigitYear, FollowsTheCenturyWindow) {
  // 49 years back to 50 years ahead.
  EXPECT_EQ(YearOfTwoDigits(26, 2026), 2026);
  EXPECT_EQ(YearOfTwoDigits(76, 2026), 2076);
  EXPECT_EQ(YearOfTwoDigits(77, 2026), 1977);
  EXPECT_EQ(YearOfTwoDigits(0, 2026), 2000);
  EXPECT_EQ(YearOfTwoDigits(10, 2060), 2110);
  EXPECT_EQ(YearOfTwoDigits(11, 2060), 2011);
  for (int current = 1990; current < 2120; ++current) {
    for (int two = 0; two < 100; ++two) {
      const int year = YearOfTwoDigits(two, current);
      EXPECT_EQ(year % 100, two);
      EXPECT_TRUE(year >= current - 49 && year <= current + 50) << two << " in " << current;
    }
  }
}

TEST(Yymmdd, ReadsDayZeroAsTheEndOfTheMonth) {
  EXPECT_EQ(*ParseYymmdd("270331", 2026), (CivilDate{2027, 3, 31}));
  EXPECT_EQ(*ParseYymmdd("270200", 2026), (CivilDate{2027, 2, 28}));
  EXPECT_EQ(*ParseYymmdd("280200", 2026), (CivilDate{2028, 2, 29}));
  EXPECT_EQ(*ParseYymmdd("000229", 2026), (CivilDate{2000, 2, 29}));
  EXPECT_EQ(WriteYymmdd({2027, 3, 31}), "270331");
}

TEST(Yymmdd, RefusesWithPlace) {
  ExpectRefused(ParseYymmddOf2026, "27*13*01", RefusalReason::kOutOfRange);
  ExpectRefused(ParseYymmddOf2026, "2702*29*", RefusalReason::kOutOfRange);
  ExpectRefused(ParseYymmddOf2026, "2702*A*9", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseYymmddOf2026, "27022", RefusalReason::kWrongLength);
  // In 2090 the year 00 is 2100, which has no 29 February.
  EXPECT_FALSE(ParseYymmdd("000229", 2090));
}

}  // namespace
}  // namespace radyab::coding
