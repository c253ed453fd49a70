// radyab text fold: without a server.
#include <gtest/gtest.h>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

TEST(TextFold, WritesOneKeyForAllSpellingsOfAWord) {
  const auto end =
      RunRadyab({"text", "fold"},
                "مشتري\nمُشتری\nمشـــتری\nمشتر‌ی\n\n۱۲٣ Ａbc\n");
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.err, "");
  EXPECT_EQ(end.out, "مشتری\nمشتری\nمشتری\nمشتری\n\n123 abc\n");
}

TEST(TextFold, TakesTextsFromTheCommandLineAndWritesJson) {
  const auto end = RunRadyab({"text", "fold", "--json", "كتاب", "\xFF"});
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["in"], "كتاب");
  EXPECT_EQ(lines[0]["key"], "کتاب");
  EXPECT_EQ(lines[1]["key"], "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace radyab::cli
