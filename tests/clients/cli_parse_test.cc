// radyab parse: without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using nlohmann::json;

TEST(ParseVerb, TellsElementsInEveryForm) {
  const auto end = RunRadyab({"parse", "--json"},
                             "]d2010952123454321310ABC\x1D"
                             "21X1\n");
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.out,
            R"({"in":"]d2010952123454321310ABC\u001d21X1","ok":true,"kind":"element_string",)"
            R"("symbology":"]d2","code":null,"gtin":"09521234543213","sscc":null,)"
            R"("lot":"ABC","serial":"X1",)"
            R"("production":null,"packaging":null,"best_before":null,"expiry":null,)"
            R"("elements":[{"ai":"01","value":"09521234543213"},{"ai":"10","value":"ABC"},)"
            R"({"ai":"21","value":"X1"}],"element_string":"^010952123454321310ABC^21X1",)"
            R"("digital_link":"https://id.gs1.org/01/09521234543213/10/ABC/21/X1",)"
            R"("repairs":[],"rules":[],"candidates":[],"refusal":null})"
            "\n");
}

TEST(ParseVerb, ReadsTheSameOutOfAllFormsOfOneThing) {
  const auto end =
      RunRadyab({"parse", "--json", "(01)09521234543213(10)ABC",
                 "https://id.gs1.org/01/09521234543213/10/ABC", "]C1010952123454321310ABC"});
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 3u);
  for (const json& line : lines) {
    EXPECT_EQ(line["element_string"], "^010952123454321310ABC") << line;
    EXPECT_EQ(line["digital_link"], "https://id.gs1.org/01/09521234543213/10/ABC") << line;
  }
}

TEST(ParseVerb, TellsTheFactsOfOurOwnForms) {
  const auto lines = RunRadyab({"parse", "--json",
                                "https://h/c/1042000017000113?lot=A%3BB&serial=7"
                                "&production=2026-01-02&best_before=2027-01-02&expiry=2027-03-31",
                                "1042000017000113/lot/L1", "sscc/376104250021234569"})
                         .JsonLines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0]["code"], "1042000017000113");
  EXPECT_EQ(lines[0]["lot"], "A;B");
  EXPECT_EQ(lines[0]["serial"], "7");
  EXPECT_EQ(lines[0]["production"], "2026-01-02");
  EXPECT_EQ(lines[0]["best_before"], "2027-01-02");
  EXPECT_EQ(lines[0]["expiry"], "2027-03-31");
  EXPECT_TRUE(lines[0]["packaging"].is_null());
  EXPECT_EQ(lines[1]["code"], "1042000017000113");
  EXPECT_EQ(lines[1]["lot"], "L1");
  EXPECT_TRUE(lines[1]["serial"].is_null());
  EXPECT_EQ(lines[2]["sscc"], "376104250021234569");
  EXPECT_TRUE(lines[2]["code"].is_null());
}

TEST(ParseVerb, GivesAGtinThatCameAloneAsElement01) {
  const auto lines = RunRadyab({"parse", "--json", "]E09521234543213"}).JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["kind"], "gtin");
  EXPECT_EQ(lines[0]["element_string"], "^0109521234543213");
}

TEST(ParseVerb, HasAllItsKeysWhateverTheText) {
  const auto end =
      RunRadyab({"parse", "--json"}, "hello\n1042000017000113\n(01)09521234543214\n\xFF\xFE\n\n" +
                                         std::string(1 << 20, '(') + "\n");
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 6u);
  for (const json& line : lines) {
    ASSERT_FALSE(line.is_discarded());
    for (const char* key : {"in",          "ok",      "kind",      "code",           "gtin",
                            "sscc",        "lot",     "serial",    "production",     "packaging",
                            "best_before", "expiry",  "elements",  "element_string", "digital_link",
                            "candidates",  "refusal", "symbology", "repairs",        "rules"}) {
      EXPECT_TRUE(line.contains(key)) << key;
    }
    EXPECT_EQ(line.size(), 20u);
    EXPECT_EQ(line["ok"], line["refusal"].is_null());
  }
  EXPECT_EQ(end.exit_code, 1);
}

TEST(ParseVerb, SaysWhereAndWhyItRefuses) {
  const auto lines = RunRadyab({"parse", "--json", "(01)09521234543214"}).JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["ok"], false);
  EXPECT_EQ(lines[0]["refusal"]["reason"], "WRONG_CHECK_DIGIT");
  EXPECT_EQ(lines[0]["refusal"]["at"], 18);
  EXPECT_EQ(lines[0]["refusal"]["length"], 1);
}

TEST(ParseVerb, NamesItsRepairs) {
  const auto lines =
      RunRadyab({"parse", "--json"}, "010952123454321310ABC|21X1\n[01]09521234543213\n")
          .JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["element_string"], "^010952123454321310ABC^21X1");
  EXPECT_EQ(lines[0]["repairs"][0]["name"], "separator_stand_in");
  EXPECT_EQ(lines[1]["repairs"][0]["name"], "brackets");
}

TEST(ParseVerb, TellsBrokenRulesWithoutRefusing) {
  const auto end = RunRadyab({"parse", "--json", "(10)ABC", "(01)09521234543213(10)A(10)B"});
  EXPECT_EQ(end.exit_code, 0);
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["ok"], true);
  EXPECT_TRUE(lines[0]["refusal"].is_null());
  EXPECT_EQ(lines[0]["rules"][0]["reason"], "MISSING_KEY");
  EXPECT_EQ(lines[0]["rules"][0]["ai"], "10");
  EXPECT_EQ(lines[1]["rules"][0]["reason"], "REPEATED_ELEMENT");
  EXPECT_EQ(lines[1]["elements"].size(), 3u);
  EXPECT_TRUE(lines[1]["digital_link"].is_null());
}

TEST(ParseVerb, TellsAllReadingsWithTheirElements) {
  const auto lines = RunRadyab({"parse", "--json", "]C1010952123454321310ABC21XYZ"}).JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  ASSERT_EQ(lines[0]["candidates"].size(), 2u);
  EXPECT_EQ(lines[0]["candidates"][1]["element_string"], "^010952123454321310ABC^21XYZ");
  EXPECT_EQ(lines[0]["candidates"][1]["elements"].size(), 3u);
}

TEST(ParseVerb, ShowsFnc1ToPeopleAsACaret) {
  const auto shown = RunRadyab({"parse", "(01)06260120000012(10)L1(17)270331",
                                "0106260120000012"
                                "10L1\x1D"
                                "17270331"});
  EXPECT_THAT(shown.out, testing::HasSubstr("010626012000001210L1^17270331"));
  EXPECT_THAT(shown.out, testing::Not(testing::HasSubstr("\uFFFD")));
}

TEST(ParseVerb, TakesLinesAsTheFormItIsTold) {
  const auto links = RunRadyab({"parse", "--json", "--digital-link"},
                               "https://h/01/09521234543213/10/A\n(01)09521234543213\n")
                         .JsonLines();
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0]["lot"], "A");
  EXPECT_EQ(links[1]["ok"], false);
  const auto bracketed = RunRadyab({"parse", "--json", "--bracketed"},
                                   "(01)09521234543213(10)A\\(21\\)B\n(01)09521234543213(10)A(B\n")
                             .JsonLines();
  ASSERT_EQ(bracketed.size(), 2u);
  EXPECT_EQ(bracketed[0]["lot"], "A(21)B");
  EXPECT_EQ(bracketed[1]["ok"], false);
  EXPECT_EQ(RunRadyab({"parse", "--bracketed", "--digital-link", "x"}).exit_code, 2);
}

}  // namespace
}  // namespace radyab::cli
