#include "coding/ai_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "coding/civil_date.h"
#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

TEST(AiTable, HoldsAllIdentifiersOfGs1) {
  std::size_t count = 0;
  for (const AiEntry& entry : AiTable()) {
    count += static_cast<std::size_t>(NumberOfAi(entry.last) - NumberOfAi(entry.first)) + 1;
  }
  EXPECT_EQ(count, 541u);
  for (const char* ai : {"00", "01", "10", "235", "240", "3100", "3105", "3953", "414", "4333",
                         "7040", "717", "8013", "8200", "90", "99"}) {
    EXPECT_NE(FindAi(ai), nullptr) << ai;
  }
  for (const char* ai :
       {"", "0", "04", "14", "3106", "310", "3170", "41", "2400", "0x", "718", "8027", "010"}) {
    EXPECT_EQ(FindAi(ai), nullptr) << ai;
  }
}

TEST(AiTable, HasNoIdentifierThatBeginsWithAnother) {
  for (const AiEntry& one : AiTable()) {
    for (const AiEntry& other : AiTable()) {
      if (&one == &other || one.first.size() > other.first.size()) continue;
      const std::string head = other.first.substr(0, one.first.size());
      const std::string tail = other.last.substr(0, one.first.size());
      EXPECT_TRUE(tail < one.first || head > one.last) << one.first << " and " << other.first;
    }
  }
}

TEST(AiTable, NeedsNoSeparatorExactlyWhereGs1PredefinesTheLength) {
  // GS1 General Specifications, figure 7.8.5-2: element strings with predefined length by their
  // first two digits.
  const std::set<std::string> predefined = {"00", "01", "02", "03", "04", "11", "12", "13",
                                            "14", "15", "16", "17", "18", "19", "20", "31",
                                            "32", "33", "34", "35", "36", "41"};
  for (const AiEntry& entry : AiTable()) {
    EXPECT_EQ(!entry.separator, predefined.contains(entry.first.substr(0, 2))) << entry.first;
  }
}

bool IsInTable(const AiPattern& pattern) {
  return std::ranges::any_of(AiTable(), [&](const AiEntry& entry) {
    return pattern.Matches(NumberOfAi(entry.first)) || pattern.Matches(NumberOfAi(entry.last));
  });
}

TEST(AiTable, NamesOnlyIdentifiersOfItsOwn) {
  for (const AiEntry& entry : AiTable()) {
    for (const auto& order : entry.qualifiers) {
      for (const std::string& ai : order) {
        ASSERT_NE(FindAi(ai), nullptr) << ai;
        EXPECT_TRUE(FindAi(ai)->qualifier) << ai;
      }
    }
    for (const auto& alternative : entry.needs) {
      for (const AiPattern& ai : alternative) EXPECT_TRUE(IsInTable(ai)) << ai.text;
    }
    for (const AiPattern& ai : entry.never) EXPECT_TRUE(IsInTable(ai)) << ai.text;
  }
}

TEST(AiTable, KnowsTheKeysAndTheirQualifiers) {
  const std::vector<std::pair<std::string, std::string>> keys = {{"00", ""},
                                                                 {"01", "22 10 21 / 235"},
                                                                 {"253", ""},
                                                                 {"255", ""},
                                                                 {"401", ""},
                                                                 {"402", ""},
                                                                 {"414", "254 / 7040"},
                                                                 {"415", "8020"},
                                                                 {"417", "7040"},
                                                                 {"8003", ""},
                                                                 {"8004", "7040"},
                                                                 {"8006", "22 10 21"},
                                                                 {"8010", "8011"},
                                                                 {"8013", ""},
                                                                 {"8017", "8019"},
                                                                 {"8018", "8019"}};
  std::vector<std::pair<std::string, std::string>> found;
  for (const AiEntry& entry : AiTable()) {
    if (!entry.key) continue;
    std::string words;
    for (const auto& order : entry.qualifiers) {
      if (!words.empty()) words += " /";
      for (const std::string& ai : order) words += (words.empty() ? "" : " ") + ai;
    }
    found.emplace_back(entry.first, words);
  }
  EXPECT_EQ(found, keys);
}

TEST(AiTable, MatchesTheWholeIdentifier) {
  EXPECT_EQ(MatchAi("3103001234").ai, "3103");
  EXPECT_EQ(MatchAi("2401").ai, "240");
  EXPECT_EQ(MatchAi("10A").ai, "10");
  EXPECT_EQ(MatchAi("8013X").ai, "8013");
  EXPECT_EQ(MatchAi("31").entry, nullptr);
  EXPECT_EQ(MatchAi("310x1").entry, nullptr);
  EXPECT_EQ(MatchAi("").entry, nullptr);
}

TEST(AiValue, ChecksPartsOneAfterTheOther) {
  const auto table =
      ReadAiTable("8008 | N6 yymmd0 + N2 + [N2] | gs | PROD TIME | attribute | |\n");
  ASSERT_TRUE(table);
  const AiEntry& entry = table->front();
  EXPECT_FALSE(CheckAiValue(entry, "27033112", 2026));
  EXPECT_FALSE(CheckAiValue(entry, "2703311259", 2026));
  const auto expect = [&](const char* value, RefusalReason reason, std::size_t begin,
                          std::size_t bytes) {
    const auto fault = CheckAiValue(entry, value, 2026);
    ASSERT_TRUE(fault) << value;
    EXPECT_EQ(RefusalReasonName(fault->reason), RefusalReasonName(reason)) << value;
    EXPECT_EQ(fault->begin, begin) << value;
    EXPECT_EQ(fault->bytes, bytes) << value;
  };
  expect("", RefusalReason::kMissingValue, 0, 0);
  expect("270331", RefusalReason::kWrongLength, 0, 6);
  expect("270331125", RefusalReason::kWrongLength, 0, 9);
  expect("27033112599", RefusalReason::kTooLong, 10, 1);
  expect("27133112", RefusalReason::kOutOfRange, 2, 2);
  expect("270331a2", RefusalReason::kInvalidCharacter, 6, 1);
}

}  // namespace
}  // namespace radyab::coding
