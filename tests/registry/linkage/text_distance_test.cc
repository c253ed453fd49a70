#include "registry/linkage/text_distance.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace radyab::linkage {
namespace {

// The published examples of W. E. Winkler, 1990, table of string comparator values.
TEST(JaroWinkler, GivesThePublishedValues) {
  EXPECT_NEAR(JaroWinkler(U"MARTHA", U"MARHTA"), 0.961, 0.0005);
  EXPECT_NEAR(JaroWinkler(U"DWAYNE", U"DUANE"), 0.840, 0.0005);
  EXPECT_NEAR(JaroWinkler(U"DIXON", U"DICKSONX"), 0.813, 0.0005);
  EXPECT_EQ(JaroWinkler(U"", U""), 1);
  EXPECT_EQ(JaroWinkler(U"", U"A"), 0);
  EXPECT_EQ(JaroWinkler(U"AB", U"CD"), 0);
}

TEST(JaroWinkler, IsTheSameBothWays) {
  const std::u32string texts[] = {U"محمد", U"محمود", U"حمید", U"رضا", U"a", U"smith", U"smyth"};
  for (const auto& left : texts) {
    for (const auto& right : texts) EXPECT_EQ(JaroWinkler(left, right), JaroWinkler(right, left));
  }
}

// Every text that one step makes of `text`.
std::set<std::string> OneStepFrom(const std::string& text) {
  std::set<std::string> made = {text};
  for (std::size_t at = 0; at <= text.size(); ++at) {
    for (const char c : {'a', 'b', 'c'}) {
      made.insert(text.substr(0, at) + c + text.substr(at));
      if (at < text.size()) made.insert(text.substr(0, at) + c + text.substr(at + 1));
    }
    if (at < text.size()) made.insert(text.substr(0, at) + text.substr(at + 1));
    if (at + 1 < text.size()) {
      std::string swapped = text;
      std::swap(swapped[at], swapped[at + 1]);
      made.insert(swapped);
    }
  }
  return made;
}

TEST(DamerauDistance, AgreesWithEveryStepTriedForAllShortTexts) {
  std::set<std::string> texts = {""};
  for (int length = 0; length < 4; ++length) {
    std::set<std::string> longer = texts;
    for (const std::string& text : texts) {
      for (const char c : {'a', 'b', 'c'}) longer.insert(text + c);
    }
    texts = longer;
  }
  ASSERT_EQ(texts.size(), 121U);
  for (const std::string& left : texts) {
    const std::set<std::string> near = OneStepFrom(left);
    for (const std::string& right : texts) {
      const std::size_t distance = DamerauDistance(left, right, 1);
      const std::size_t wanted = left == right ? 0 : near.contains(right) ? 1 : 2;
      ASSERT_EQ(distance, wanted) << left << " " << right;
      ASSERT_EQ(std::min<std::size_t>(DamerauDistance(left, right, 9), 2), wanted)
          << left << " " << right;
    }
  }
}

TEST(DamerauDistance, CountsTheStepsOfLongerTexts) {
  EXPECT_EQ(DamerauDistance("kitten", "sitting", 9), 3U);
  EXPECT_EQ(DamerauDistance("0912345678", "0921345687", 9), 2U);
  EXPECT_EQ(DamerauDistance("ca", "abc", 9), 3U);  // no piece is changed twice
  EXPECT_EQ(DamerauDistance("0912345678", "0987654321", 2), 3U);
}

TEST(TextDistance, KnowsASingleSlip) {
  const struct {
    std::u32string_view left, right;
    bool slip;
  } kCases[] = {
      {U"abcd", U"abxd", true},  {U"abcd", U"xbcd", true},  {U"abcd", U"abcx", true},
      {U"abcd", U"abd", true},   {U"abcd", U"bcd", true},   {U"abcd", U"abc", true},
      {U"abcd", U"aabcd", true}, {U"abcd", U"abcde", true}, {U"abcd", U"bacd", true},
      {U"abcd", U"abdc", true},  {U"abcd", U"abcd", false}, {U"abcd", U"badc", false},
      {U"abcd", U"cbad", false}, {U"abcd", U"axxd", false}, {U"abcd", U"ab", false},
      {U"", U"a", true},         {U"", U"", false},         {U"ab", U"ba", true},
      {U"abcd", U"bcda", false}, {U"هیمن", U"هبمن", true},  {U"abcd", U"xabce", false},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(AreOneSlipApart(one.left, one.right), one.slip) << &one - kCases;
    EXPECT_EQ(AreOneSlipApart(one.right, one.left), one.slip) << &one - kCases;
  }
}

}  // namespace
}  // namespace radyab::linkage
