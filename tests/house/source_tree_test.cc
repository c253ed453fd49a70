#include "tests/house/source_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::house {
namespace {

using testing::ElementsAre;

TEST(Blanked, KeepsPlacesAndLines) {
  EXPECT_EQ(Blanked("a // b\nc /* d\ne */ f", false), "a     \nc     \n     f");
}

TEST(Blanked, SeesNoCommentInsideALiteral) {
  EXPECT_EQ(Blanked(R"(x = "//no"; y)", false), R"(x = "//no"; y)");
  EXPECT_EQ(Blanked(R"(x = "/\"*"; y)", true), R"(x = "    "; y)");
}

TEST(Blanked, EndsRawLiteralsAtTheirOwnMark) {
  const std::string text = "a = R\"x(\" // )\" )x\"; // gone";
  const std::string blanked = Blanked(text, true);
  EXPECT_EQ(blanked.size(), text.size());
  EXPECT_EQ(blanked.substr(0, 6), "a = R\"");
  EXPECT_EQ(blanked.find("//"), std::string::npos);
  EXPECT_NE(blanked.find("\";"), std::string::npos);
}

TEST(Blanked, TakesDigitSeparatorsForNumbers) {
  EXPECT_EQ(Blanked("1'000 + f(2'000) /* x */;", true), "1'000 + f(2'000)        ;");
  EXPECT_EQ(Blanked("c == '\"' // gone", true), "c == ' '        ");
}

TEST(FindWord, WantsWholeWords) {
  EXPECT_THAT(FindWord("put puts put_ (put)", "put"), ElementsAre(0, 15));
}

TEST(LineAt, CountsFromOne) {
  EXPECT_EQ(LineAt("a\nb\nc", 0), 1u);
  EXPECT_EQ(LineAt("a\nb\nc", 4), 3u);
}

}  // namespace
}  // namespace radyab::house
