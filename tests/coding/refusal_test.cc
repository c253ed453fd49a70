#include "coding/refusal.h"

#include <set>

#include "coding/refuse.h"
#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

TEST(RefusalReason, HasStableNames) {
  const std::vector<std::string_view> names = {"EMPTY",
                                               "TOO_LONG",
                                               "WRONG_LENGTH",
                                               "INVALID_CHARACTER",
                                               "INVALID_UTF8",
                                               "WRONG_CHECK_DIGIT",
                                               "UNKNOWN_KIND",
                                               "OUT_OF_RANGE",
                                               "ALL_DIGITS_EQUAL",
                                               "UNKNOWN_AI",
                                               "MISSING_VALUE",
                                               "MISSING_SEPARATOR",
                                               "MISSING_KEY",
                                               "REPEATED_ELEMENT",
                                               "MALFORMED_LINK",
                                               "WRONG_ORDER",
                                               "FORBIDDEN_PAIR",
                                               "UNKNOWN_VALUE"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(RefusalReasonName(static_cast<RefusalReason>(i)), names[i]);
  }
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(RefusalReasonName(static_cast<RefusalReason>(names.size())), "UNKNOWN");
}

TEST(RefusalMessage, StarsTheBadPart) {
  EXPECT_EQ(RefusePart({"gtin", "1234567X"},
                       {RefusalReason::kInvalidCharacter, 7, 1, "letter", "a digit"})
                .message,
            "gtin \"1234567*X*\": letter at place 8, want a digit");
  EXPECT_EQ(
      RefusePart({"word", "ab"}, {RefusalReason::kMissingValue, 2, 0, "no value", "one"}).message,
      "word \"ab**\": no value at place 3, want one");
}

TEST(RefusalMessage, CountsCharactersNotBytes) {
  const auto refusal =
      RefusePart({"code", "۱۲ک۳"}, {RefusalReason::kInvalidCharacter, 4, 2, "letter", "a digit"});
  EXPECT_EQ(refusal.at, 3u);
  EXPECT_EQ(refusal.length, 1u);
  EXPECT_EQ(refusal.message, "code \"۱۲*ک*۳\": letter at place 3, want a digit");
}

TEST(RefusalMessage, ShowsControlAndBrokenBytesByName) {
  const auto refusal =
      RefusePart({"text", "a\x1D\n\xFF"}, {RefusalReason::kInvalidUtf8, 3, 1, "byte", "text"});
  EXPECT_EQ(refusal.message, "text \"a<GS>\\x0A*\\xFF*\": byte at place 4, want text");
}

TEST(RefusalMessage, ShortensLongTextsAroundTheBadPart) {
  const std::string text = std::string(500, 'a') + "#" + std::string(500, 'b');
  const auto refusal =
      RefusePart({"text", text}, {RefusalReason::kInvalidCharacter, 500, 1, "mark", "a letter"});
  EXPECT_EQ(refusal.at, 501u);
  EXPECT_EQ(refusal.message, "text \"…" + std::string(30, 'a') + "*#*" + std::string(49, 'b') +
                                 "…\": mark at place 501, want a letter");
  const auto long_part =
      RefusePart({"text", text}, {RefusalReason::kTooLong, 10, 900, "part", "less"});
  EXPECT_NE(long_part.message.find("…*\""), std::string::npos) << long_part.message;
  EXPECT_EQ(long_part.length, 900u);
  const auto whole =
      RefuseWhole({"text", text}, {RefusalReason::kTooLong, 0, 0, "1001 bytes", "less"});
  EXPECT_EQ(whole.message, "text \"" + std::string(80, 'a') + "…\": 1001 bytes, want less");
}

TEST(RefusalMessage, NamesCharacters) {
  EXPECT_EQ(DescribeCharacter("a", 0), "letter");
  EXPECT_EQ(DescribeCharacter("7", 0), "digit");
  EXPECT_EQ(DescribeCharacter(" ", 0), "space");
  EXPECT_EQ(DescribeCharacter("#", 0), "character '#'");
  EXPECT_EQ(DescribeCharacter("ک", 0), "character U+06A9");
  EXPECT_EQ(DescribeCharacter("\x1D", 0), "GS");
  EXPECT_EQ(DescribeCharacter("\xFF", 0), "byte 0xFF");
  EXPECT_EQ(DescribeCharacter("", 0), "end of text");
}

}  // namespace
}  // namespace radyab::coding
