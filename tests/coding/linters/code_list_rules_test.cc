#include "tests/coding/linters/rule_expectations.h"

namespace radyab::coding {
namespace {

constexpr auto kUnknown = RefusalReason::kUnknownValue;

// How many texts of `digits` digits a rule takes.
int CountTaken(std::string_view rule, int digits) {
  int end = 1;
  for (int i = 0; i < digits; ++i) end *= 10;
  int taken = 0;
  for (int number = 0; number < end; ++number) {
    std::string text = std::to_string(number);
    text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
    taken += Lint(rule, text) ? 0 : 1;
  }
  return taken;
}

TEST(CodeListRules, CountriesAreThoseOfIso3166) {
  ExpectTaken("iso3166", {"364", "368", "004", "894", "840"});
  ExpectMarked("iso3166", kUnknown, {"||", "|36|", "|999|", "|000|", "|3640|", "|364 |", "|IRN|"});
  EXPECT_EQ(CountTaken("iso3166", 3), 249);
  ExpectTaken("iso3166999", {"364", "999"});
  ExpectMarked("iso3166999", kUnknown, {"||", "|998|", "|9999|"});
  EXPECT_EQ(CountTaken("iso3166999", 3), 250);
  ExpectTaken("iso3166alpha2", {"IR", "AF", "ZW"});
  ExpectMarked("iso3166alpha2", kUnknown, {"||", "|ir|", "|XX|", "|I|", "|IRN|", "|R |"});
  int taken = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      taken += Lint("iso3166alpha2", std::string{first, second}) ? 0 : 1;
    }
  }
  EXPECT_EQ(taken, 249);
}

TEST(CodeListRules, CurrenciesAreThoseOfIso4217) {
  ExpectTaken("iso4217", {"364", "840", "978", "008", "999"});
  ExpectMarked("iso4217", kUnknown, {"||", "|000|", "|84|", "|8400|", "|USD|"});
  EXPECT_EQ(CountTaken("iso4217", 3), 179);
}

TEST(CodeListRules, SexAndMediaHaveShortLists) {
  EXPECT_EQ(CountTaken("iso5218", 1), 4);
  ExpectMarked("iso5218", kUnknown, {"||", "|3|", "|01|", "|f|"});
  EXPECT_EQ(CountTaken("mediatype", 2), 30);
  ExpectTaken("mediatype", {"01", "10", "80", "99"});
  ExpectMarked("mediatype", kUnknown, {"||", "|00|", "|11|", "|79|", "|1|", "|001|", "|0A|"});
}

TEST(CodeListRules, PackagesAreThoseOfTheirLists) {
  ExpectTaken("packagetype", {"8", "9", "1A", "200", "201", "BX", "PX", "ZZ"});
  ExpectMarked("packagetype", kUnknown,
               {"||", "|0|", "|bx|", "|BX |", "|X|", "|1A 1B|", "|A|", "|2001|"});
}

TEST(CodeListRules, TheImporterIndexIsOneCharacter) {
  int taken = 0;
  for (int byte = 0; byte < 256; ++byte) {
    taken += Lint("importeridx", std::string(1, static_cast<char>(byte))) ? 0 : 1;
  }
  EXPECT_EQ(taken, 64);
  ExpectMarked("importeridx", kUnknown, {"||", "|AA|", "|/|", "| |"});
}

}  // namespace
}  // namespace radyab::coding
