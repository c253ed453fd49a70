// The text form of the table: what is read, and that nothing ill-formed is.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "coding/ai_table.h"

namespace radyab::coding {
namespace {

std::string Row(const std::string& row) { return "# comment\n\n" + row + "\n"; }

TEST(AiTableText, ReadsRangesPartsAndPartners) {
  const auto table = ReadAiTable(
      Row("3910-3919 | N3 + X..15 + [N2 mi] | gs | AMOUNT | attribute | 01+21 02 | 37"));
  ASSERT_TRUE(table);
  ASSERT_EQ(table->size(), 1u);
  const AiEntry& entry = table->front();
  EXPECT_EQ(entry.first, "3910");
  EXPECT_EQ(entry.last, "3919");
  EXPECT_EQ(entry.length_min, 4u);
  EXPECT_EQ(entry.length_max, 20u);
  EXPECT_TRUE(entry.parts[2].optional);
  ASSERT_EQ(entry.needs.size(), 2u);
  ASSERT_EQ(entry.needs[0].size(), 2u);
  EXPECT_EQ(entry.needs[0][1].text, "21");
  EXPECT_EQ(entry.needs[1][0].text, "02");
  ASSERT_EQ(entry.never.size(), 1u);
  EXPECT_TRUE(entry.never[0].Matches(NumberOfAi("37")));
  EXPECT_FALSE(entry.never[0].Matches(NumberOfAi("3701")));
}

TEST(AiTableText, ReadsPatternsOfPartners) {
  const auto table = ReadAiTable(Row("01 | N14 | none | GTIN | key 22 10 / 235 | 31nn | 310n"));
  ASSERT_TRUE(table);
  const AiPattern& needed = table->front().needs[0][0];
  EXPECT_TRUE(needed.Matches(NumberOfAi("3100")));
  EXPECT_TRUE(needed.Matches(NumberOfAi("3199")));
  EXPECT_FALSE(needed.Matches(NumberOfAi("3200")));
  EXPECT_FALSE(needed.Matches(NumberOfAi("310")));
  const AiPattern& never = table->front().never[0];
  EXPECT_TRUE(never.Matches(NumberOfAi("3109")));
  EXPECT_FALSE(never.Matches(NumberOfAi("3110")));
  EXPECT_EQ(table->front().qualifiers,
            (std::vector<std::vector<std::string>>{{"22", "10"}, {"235"}}));
}

TEST(AiTableText, RefusesWhatIsNotWellFormed) {
  for (const char* row : {
           "01 | N14 | none | GTIN | key |",                      // a column missing
           "01 | N14 | none | GTIN | key | | | more",             // a column too many
           "1 | N14 | none | GTIN | key | |",                     // one digit is no AI
           "01-002 | N14 | none | GTIN | key | |",                // a range of unlike lengths
           "02-01 | N14 | none | GTIN | key | |",                 // a range backwards
           "01 | Q14 | none | GTIN | key | |",                    // unknown characters
           "01 | N | none | GTIN | key | |",                      // no length
           "01 | N14 luhn | none | GTIN | key | |",               // unknown check
           "01 | N..14 | none | GTIN | key | |",                  // variable without separator
           "01 | N14 | maybe | GTIN | key | |",                   // unknown separator
           "01 | N14 | none | | key | |",                         // no title
           "01 | N14 | none | GTIN | lock | |",                   // unknown role
           "01 | N14 | none | GTIN | qualifier 10 | |",           // only keys have an order
           "01 | N14 | none | GTIN | key | x |",                  // a partner that is no AI
           "01 | N14 | none | GTIN | key | | x",                  // an enemy that is no AI
           "01 | N14 | none | GTIN | key | | nn",                 // a pattern without a digit
           "01 | N14 | none | GTIN | key x | |",                  // a qualifier that is no AI
           "01 | N14 | none | A | | |\n010 | X3 | gs | B | | |",  // two ends of one beginning
       }) {
    EXPECT_FALSE(ReadAiTable(Row(row))) << row;
  }
  EXPECT_TRUE(ReadAiTable(Row("01 | N14 | none | GTIN | key | |")));
}

// A column that is lost anywhere in the table we ship is told, and not read as something else.
TEST(AiTableText, RefusesTheShippedTableWhenAnyLineLosesAColumn) {
  std::ifstream file(RADYAB_SOURCE_DIR "/coding/ai_table.txt");
  std::stringstream whole;
  whole << file.rdbuf();
  const std::string text = whole.str();
  ASSERT_TRUE(ReadAiTable(text));
  std::size_t lines = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t column = text.find('|', begin);
    if (text[begin] != '#' && column < end) {
      std::string cut = text;
      cut.erase(column, 1);
      EXPECT_FALSE(ReadAiTable(cut)) << text.substr(begin, end - begin);
      ++lines;
    }
    begin = end + 1;
  }
  EXPECT_GT(lines, 150u);
}

TEST(AiTableText, AnEmptyTextIsATableOfNothing) {
  ASSERT_TRUE(ReadAiTable(""));
  EXPECT_TRUE(ReadAiTable("# only a comment\n\n")->empty());
  EXPECT_TRUE(ReadAiTable("01 | N14 | none | GTIN | key | |\r\n")) << "line ends of Windows";
}

}  // namespace
}  // namespace radyab::coding
