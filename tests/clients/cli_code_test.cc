// radyab code check: without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(CodeCheck, WritesALineForEachText) {
  const auto end = RunRadyab({"code", "check", "--json", "1042000017000113", "7000000017004271",
                              "1042000017000114", "104200001700011x"});
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_EQ(end.err, "");
  EXPECT_EQ(end.out,
            R"({"in":"1042000017000113","ok":true,"code":"1042000017000113","kind":"item",)"
            R"("refusal":null})"
            "\n"
            R"({"in":"7000000017004271","ok":true,"code":"7000000017004271","kind":"party",)"
            R"("refusal":null})"
            "\n"
            R"({"in":"1042000017000114","ok":false,"code":null,"kind":null,)"
            R"("refusal":{"reason":"WRONG_CHECK_DIGIT","at":15,"length":2}})"
            "\n"
            R"({"in":"104200001700011x","ok":false,"code":null,"kind":null,)"
            R"("refusal":{"reason":"INVALID_CHARACTER","at":16,"length":1}})"
            "\n");
}

TEST(CodeCheck, ReadsTheLinesOfStandardInput) {
  const auto end = RunRadyab({"code", "check", "--json"},
                             "1042000017000113\n\n۱۰۴۲ ۰۰۰۰ ۱۷۰۰ ۰۱۱۳\n8031000017000251");
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0]["code"], "1042000017000113");
  EXPECT_EQ(lines[1]["refusal"]["reason"], "EMPTY");
  EXPECT_EQ(lines[2]["in"], "۱۰۴۲ ۰۰۰۰ ۱۷۰۰ ۰۱۱۳");
  EXPECT_EQ(lines[2]["code"], "1042000017000113");
  EXPECT_EQ(lines[3]["kind"], "service");
  EXPECT_EQ(end.exit_code, 1);
}

TEST(CodeCheck, EndsWellWhenEveryTextIsACode) {
  EXPECT_EQ(RunRadyab({"code", "check"}, "1042000017000113\n2050500017000710\n").exit_code, 0);
}

TEST(CodeCheck, KeepsJsonWholeForBytesThatAreNoText) {
  const auto end = RunRadyab({"code", "check", "--json"}, "\xFF\xC0\x80 12\n1042000017000113\n");
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  ASSERT_FALSE(lines[0].is_discarded()) << end.out;
  EXPECT_THAT(lines[0]["in"].get<std::string>(), HasSubstr("\xEF\xBF\xBD"));
  EXPECT_EQ(lines[0]["refusal"]["reason"], "INVALID_UTF8");
  EXPECT_EQ(lines[0]["refusal"]["at"], 1);
  EXPECT_EQ(lines[1]["ok"], true);
}

TEST(CodeCheck, TakesALineOfAMegabyte) {
  const std::string digits(1 << 20, '1');
  const auto end = RunRadyab({"code", "check", "--json"}, digits + "\n1042000017000113\n");
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["in"], digits);
  EXPECT_EQ(lines[0]["refusal"]["reason"], "TOO_LONG");
  EXPECT_EQ(lines[1]["code"], "1042000017000113");
}

TEST(CodeCheck, TakesTextsInBracketsAsTheyAre) {
  const auto end = RunRadyab({"code", "check", "--json", "[1042000017000113,2]", "[]"});
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["in"], "[1042000017000113,2]");
  EXPECT_EQ(lines[1]["in"], "[]");
}

TEST(CodeCheck, TakesNamesOfVerbsAndDashesAsTexts) {
  const auto end = RunRadyab({"code", "check", "--json", "--", "item", "--json", "-5"});
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0]["in"], "item");
  EXPECT_EQ(lines[1]["in"], "--json");
  EXPECT_EQ(lines[2]["in"], "-5");
}

TEST(CodeCheck, ShowsATableWithoutJson) {
  const auto end = RunRadyab({"code", "check", "1042000017000113", "12"});
  EXPECT_EQ(end.out,
            "TEXT              OK  CODE                 KIND OR REFUSAL\n"
            "1042000017000113  ok  1042 0000 1700 0113  item\n"
            "12                no                       code \"12\": 2 digits, want 16 digits\n");
}

}  // namespace
}  // namespace radyab::cli
