#include "tests/coding/linters/rule_expectations.h"

namespace radyab::coding {
namespace {

constexpr auto kRange = RefusalReason::kOutOfRange;
constexpr auto kLength = RefusalReason::kWrongLength;
constexpr auto kCharacter = RefusalReason::kInvalidCharacter;

TEST(TimeRules, YymmddWantsADayOfTheMonth) {
  ExpectTaken("yymmdd", {"270331", "240229", "000229", "991231"});
  ExpectMarked("yymmdd", kRange, {"27|13|31", "27|00|10", "2704|31|", "2702|29|", "2704|00|"});
  ExpectMarked("yymmdd", kLength, {"||", "|27033|", "|2703311|"});
  ExpectMarked("yymmdd", kCharacter, {"27033|l|", "|O|70331"});
}

TEST(TimeRules, Yymmd0LetsTheDayOut) {
  ExpectTaken("yymmd0", {"270400", "270430", "240229"});
  ExpectMarked("yymmd0", kRange, {"2704|31|", "27|19|00", "2502|29|"});
  ExpectMarked("yymmd0", kLength, {"||", "|2704000|"});
}

TEST(TimeRules, TwoDigitYearsAreLeapYearsOfTheirCentury) {
  // Year 00 is 2000, a leap year, or 2100, which is none.
  EXPECT_FALSE(Lint("yymmdd", "000229", {2026}));
  EXPECT_TRUE(Lint("yymmdd", "000229", {2090}));
}

TEST(TimeRules, FourDigitYearsKnowTheirCenturies) {
  ExpectTaken("yyyymmdd", {"20240229", "20000229", "19991231"});
  ExpectMarked("yyyymmdd", kRange, {"190002|29|", "2024|00|10", "202406|00|"});
  ExpectMarked("yyyymmdd", kLength, {"||", "|240229|", "|202402290|"});
  ExpectTaken("yyyymmd0", {"20240200", "21000228"});
  ExpectMarked("yyyymmd0", kRange, {"210002|29|", "2024|21|00"});
}

TEST(TimeRules, TimesEndBeforeTheNextUnit) {
  ExpectTaken("hh", {"00", "09", "23"});
  ExpectMarked("hh", kRange, {"|24|", "|99|"});
  ExpectTaken("mi", {"00", "59"});
  ExpectMarked("mi", kRange, {"|60|"});
  ExpectTaken("ss", {"00", "59"});
  ExpectMarked("ss", kRange, {"|60|"});
  ExpectTaken("hhmi", {"0000", "2359"});
  ExpectMarked("hhmi", kRange, {"|24|00", "23|60|", "|29|99"});
  for (const char* rule : {"hh", "mi", "ss"}) {
    ExpectMarked(rule, kLength, {"||", "|1|", "|123|"});
    ExpectMarked(rule, kCharacter, {"1|h|", "|x|1"});
  }
  ExpectMarked("hhmi", kLength, {"||", "|12|", "|12345|"});
  ExpectMarked("hhmi", kCharacter, {"12|:|3", "123|a|"});
}

}  // namespace
}  // namespace radyab::coding
