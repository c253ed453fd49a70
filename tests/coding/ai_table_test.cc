#include "coding/ai_table.h"

#include <gtest/gtest.h>

#include <set>

#include "coding/civil_date.h"
#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

TEST(AiTable, HoldsTheIdentifiersWeRead) {
  for (const char* ai : {"00", "01", "02", "10", "11", "13", "15", "17", "21", "22", "37", "240",
                         "3100", "3103", "3105", "414"}) {
    EXPECT_NE(FindAi(ai), nullptr) << ai;
  }
  for (const char* ai : {"", "0", "03", "3106", "310", "3110", "99", "41", "2400", "0x"}) {
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

TEST(AiTable, NamesOnlyIdentifiersOfItsOwn) {
  for (const AiEntry& entry : AiTable()) {
    for (const std::string& ai : entry.qualifiers) {
      ASSERT_NE(FindAi(ai), nullptr) << ai;
      EXPECT_TRUE(FindAi(ai)->qualifier) << ai;
    }
    for (const auto& alternative : entry.needs) {
      for (const std::string& ai : alternative) EXPECT_NE(FindAi(ai), nullptr) << ai;
    }
    for (const std::string& ai : entry.never) EXPECT_NE(FindAi(ai), nullptr) << ai;
    EXPECT_TRUE(entry.key || entry.qualifier || entry.attribute) << entry.first;
  }
}

TEST(AiTable, MatchesTheWholeIdentifier) {
  EXPECT_EQ(MatchAi("3103001234").ai, "3103");
  EXPECT_EQ(MatchAi("2401").ai, "240");
  EXPECT_EQ(MatchAi("10A").ai, "10");
  EXPECT_EQ(MatchAi("31").entry, nullptr);
  EXPECT_EQ(MatchAi("").entry, nullptr);
}

std::string Row(const std::string& row) { return "# comment\n\n" + row + "\n"; }

TEST(AiTableText, ReadsRangesPartsAndPartners) {
  const auto table = ReadAiTable(
      Row("3910-3919 | N3 + X..15 + [N2 date] | gs | AMOUNT | attribute | 01+21 02 | 37"));
  ASSERT_TRUE(table);
  ASSERT_EQ(table->size(), 1u);
  const AiEntry& entry = table->front();
  EXPECT_EQ(entry.first, "3910");
  EXPECT_EQ(entry.last, "3919");
  EXPECT_EQ(entry.length_min(), 4u);
  EXPECT_EQ(entry.length_max(), 20u);
  EXPECT_TRUE(entry.parts[2].optional);
  EXPECT_EQ(entry.needs, (std::vector<std::vector<std::string>>{{"01", "21"}, {"02"}}));
  EXPECT_EQ(entry.never, (std::vector<std::string>{"37"}));
}

TEST(AiTableText, ReadsRangesOfEnemies) {
  const auto table = ReadAiTable(Row("01 | N14 | none | GTIN | key | | 02 3109-3111"));
  ASSERT_TRUE(table);
  EXPECT_EQ(table->front().never, (std::vector<std::string>{"02", "3109", "3110", "3111"}));
  EXPECT_EQ(ReadAiTable(Row("01 | N14 | none | GTIN | key | | 00-99"))->front().never.size(), 100u);
}

TEST(AiTableText, RefusesWhatIsNotWellFormed) {
  for (const char* row : {
           "01 | N14 | none | GTIN | key |",              // a column missing
           "01 | N14 | none | GTIN | key | | | more",     // a column too many
           "1 | N14 | none | GTIN | key | |",             // one digit is no AI
           "01-002 | N14 | none | GTIN | key | |",        // a range of unlike lengths
           "02-01 | N14 | none | GTIN | key | |",         // a range backwards
           "01 | Q14 | none | GTIN | key | |",            // unknown characters
           "01 | N | none | GTIN | key | |",              // no length
           "01 | N14 luhn | none | GTIN | key | |",       // unknown check
           "01 | N..14 | none | GTIN | key | |",          // variable without separator
           "01 | N14 | maybe | GTIN | key | |",           // unknown separator
           "01 | N14 | none | | key | |",                 // no title
           "01 | N14 | none | GTIN | lock | |",           // unknown role
           "01 | N14 | none | GTIN | qualifier 10 | |",   // only keys have an order
           "01 | N14 | none | GTIN | key | x |",          // a partner that is no AI
           "01 | N14 | none | GTIN | key | | x",          // an enemy that is no AI
           "01 | N14 | none | GTIN | key | | 3105-3100",  // a range of enemies backwards
           "01 | N14 | none | GTIN | key | | 01-310",     // of unlike lengths
       }) {
    EXPECT_FALSE(ReadAiTable(Row(row))) << row;
  }
  EXPECT_TRUE(ReadAiTable(Row("01 | N14 | none | GTIN | key | |")));
}

TEST(AiValue, ChecksPartsOneAfterTheOther) {
  const auto table =
      ReadAiTable(Row("8008 | N6 date + N2 + [N2] | gs | PROD TIME | attribute | |"));
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
