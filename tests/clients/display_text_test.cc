#include "clients/cli/output/display_text.h"

#include <gtest/gtest.h>

#include "clients/cli/output/error_printer.h"
#include "clients/cli/output/progress_bar.h"

namespace radyab::cli {
namespace {

TEST(DisplayText, CountsTheColumnsThatATerminalGives) {
  EXPECT_EQ(DisplayWidth("milk"), 4u);
  EXPECT_EQ(DisplayWidth("شیر"), 3u);
  EXPECT_EQ(DisplayWidth("می‌خرم"), 5u) << "ZWNJ takes no column";
  EXPECT_EQ(DisplayWidth("مُحَمَّد"), 4u) << "vowel marks take no column";
  EXPECT_EQ(DisplayWidth("\u2068code\u2069"), 4u) << "isolates take no column";
  EXPECT_EQ(DisplayWidth("牛乳"), 4u);
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("\xFF"), 1u);
}

TEST(DisplayText, KnowsTextThatRunsFromTheRight) {
  EXPECT_TRUE(HasRightToLeft("milk شیر"));
  EXPECT_FALSE(HasRightToLeft("milk 1042"));
  EXPECT_FALSE(HasRightToLeft("۱۲")) << "digits have no direction of their own";
}

TEST(DisplayText, LetsNoControlReachTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\uFFFD[31mb");
  EXPECT_EQ(Printable("two\nlines\tand\r"), "two lines and ");
  EXPECT_EQ(Printable("\xC2\x9Bx\x7F\xFF"), "\uFFFDx\uFFFD\uFFFD");
  EXPECT_EQ(Printable("شیر"), "شیر");
}

TEST(DisplayText, LetsNoValueBreakOutOfItsIsolate) {
  for (const char* control :
       {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    EXPECT_EQ(Printable(std::string("1042") + control + "شیر"), "1042\uFFFDشیر");
  }
  EXPECT_EQ(Printable("می\u200Cخرم\u200F"), "می\u200Cخرم\u200F") << "joiners and marks stay";
}

TEST(DisplayText, ShortensByColumns) {
  EXPECT_EQ(Shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(Shortened("abcdefg", 6), "abcde…");
  EXPECT_EQ(Shortened("شیر کم‌چرب", 5), "شیر …");
}

TEST(ProgressBar, DrawsHowFarItIs) {
  EXPECT_EQ(ProgressLine("items", 5, 10, "5 rows"),
            "items [###############               ] 50 % 5 rows");
  EXPECT_EQ(ProgressLine("items", 99, 10, ""), "items [##############################] 100 % ");
  EXPECT_EQ(ProgressLine("items", 5, 0, "5 rows"), "items 5 rows");
}

TEST(Advice, TellsWhatToDo) {
  using client::ClientError;
  using client::ErrorCode;
  EXPECT_NE(AdviceFor({.code = ErrorCode::kUnauthenticated, .reason = "NO_KEY"}, "h:1")
                .find("RADYAB_KEY"),
            std::string::npos);
  EXPECT_NE(AdviceFor({.code = ErrorCode::kUnavailable}, "h:1").find("h:1"), std::string::npos);
  for (const char* reason : {"NOT_FOUND", "ALREADY_EXISTS"}) {
    const auto advice = AdviceFor({.code = ErrorCode::kNotFound, .reason = reason}, "h:1");
    EXPECT_EQ(advice.find("radyab resolve"), std::string::npos)
        << "it knows no classes, keys, events";
    EXPECT_NE(advice, "");
  }
  EXPECT_EQ(AdviceFor({.code = ErrorCode::kInvalidArgument, .reason = "INVALID_FIELD"}, "h:1"), "");
}

}  // namespace
}  // namespace radyab::cli
