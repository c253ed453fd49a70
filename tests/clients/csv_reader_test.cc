#include "clients/cli/import/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<CsvRecord> Read(const std::string& text) {
  std::istringstream input(text);
  CsvReader reader(input);
  std::vector<CsvRecord> records;
  while (auto record = reader.Next()) records.push_back(*record);
  return records;
}

// The fields of records that have no fault.
std::vector<std::vector<std::string>> Fields(const std::string& text) {
  std::vector<std::vector<std::string>> fields;
  for (const CsvRecord& record : Read(text)) {
    EXPECT_EQ(record.fault, "");
    fields.push_back(record.fields);
  }
  return fields;
}

TEST(CsvReader, ReadsFieldsBetweenCommas) {
  EXPECT_THAT(Fields("a,b,c\r\nd,,\r\n"),
              ElementsAre(ElementsAre("a", "b", "c"), ElementsAre("d", "", "")));
}

TEST(CsvReader, TakesALineFeedAloneAndAMissingLastLineEnd) {
  EXPECT_THAT(Fields("a,b\nc,d"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
}

TEST(CsvReader, ReadsQuotedFields) {
  EXPECT_THAT(Fields("\"a,b\",\"c \"\"d\"\"\",\"line\r\nbreak\",\"\"\n"),
              ElementsAre(ElementsAre("a,b", "c \"d\"", "line\r\nbreak", "")));
}

TEST(CsvReader, PassesOverAByteOrderMarkAndEmptyLines) {
  EXPECT_THAT(Fields("\xEF\xBB\xBFنام,کد\r\n\r\n\nشیر,1\n\n"),
              ElementsAre(ElementsAre("نام", "کد"), ElementsAre("شیر", "1")));
  EXPECT_THAT(Fields("\xEF\xBC\x91\n"), ElementsAre(ElementsAre("\xEF\xBC\x91")))
      << "another character that begins like the mark";
  EXPECT_THAT(Read(""), testing::IsEmpty());
  EXPECT_THAT(Read("\xEF\xBB\xBF"), testing::IsEmpty());
}

TEST(CsvReader, TakesSemicolonsWhenTheFirstRecordHasThem) {
  EXPECT_THAT(Fields("a;\"b,c\"\nd;e,f\n"),
              ElementsAre(ElementsAre("a", "b,c"), ElementsAre("d", "e,f")));
  EXPECT_THAT(Fields("\xEF\xBB\xBF\"a;b\",c\nd;e,f\n"),
              ElementsAre(ElementsAre("a;b", "c"), ElementsAre("d;e", "f")))
      << "inside quotes it decides nothing";
  EXPECT_THAT(Fields("a\nb;c\n"), ElementsAre(ElementsAre("a"), ElementsAre("b;c")))
      << "nor after the first record";
}

TEST(CsvReader, KeepsSpaces) {
  EXPECT_THAT(Fields(" a , b\n"), ElementsAre(ElementsAre(" a ", " b")));
}

TEST(CsvReader, TellsTheLineInWhichARecordBegins) {
  const auto records = Read("a\n\"b\nb\"\nc\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].line, 2);
  EXPECT_EQ(records[2].line, 4);
}

struct Faulty {
  std::string text;
  std::string said;
};

TEST(CsvReader, RefusesWhatIsNoRecordAndGoesOnInTheNextLine) {
  const Faulty records[] = {
      {"a\"b,c", "a quote inside a field without quotes (line 1)"},
      {"\"a\"b,c", "text behind a closing quote (line 1)"},
      {"a\rb", "a CR without LF (line 1)"},
      {"\rb", "a CR without LF (line 1)"},
      {std::string("a\0b", 3), "a NUL byte (line 1)"},
      {std::string("\"a\0b\"", 5), "a NUL byte (line 1)"},
      {"a,\xFF", "bytes that are no UTF-8 (line 1)"},
      {std::string(300, ','), "more than 256 fields"},
      {std::string(2 << 20, 'a'), "longer than 1 MiB"},
  };
  for (const Faulty& faulty : records) {
    const auto read = Read(faulty.text + "\nnext,one\n");
    ASSERT_EQ(read.size(), 2u) << faulty.said;
    EXPECT_THAT(read[0].fault, HasSubstr(faulty.said));
    EXPECT_EQ(read[1].fault, "");
    EXPECT_THAT(read[1].fields, ElementsAre("next", "one"));
  }
}

TEST(CsvReader, SaysWhereAQuoteWasOpenedThatIsNeverClosed) {
  const auto records = Read("a\n\"b\nc\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[1].fault, "a quote that is never closed (line 2)");
}

TEST(CsvReader, ReadsBackWhateverWasQuoted) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {"a", ",", "\"", "\n", "\r\n", "\r", " ", "ش", "۱", ""};
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::string> wanted(1 + random() % 5);
    std::string text;
    for (std::string& field : wanted) {
      for (unsigned n = random() % 6; n > 0; --n) field += pieces[random() % pieces.size()];
      std::string quoted;
      for (const char c : field) quoted += c == '"' ? "\"\"" : std::string(1, c);
      text += (text.empty() ? "\"" : ",\"") + quoted + "\"";
    }
    EXPECT_THAT(Fields(text + "\r\n"), ElementsAre(wanted)) << text;
  }
}

TEST(CsvReader, SurvivesAnyBytes) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string bytes("a,\"\r\n\xEF\xBB\xBF\0 1", 11);
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (unsigned n = random() % 40; n > 0; --n) text += bytes[random() % bytes.size()];
    std::int64_t line = 0;
    for (const CsvRecord& record : Read(text)) {
      EXPECT_GT(record.line, line);
      line = record.line;
    }
  }
}

}  // namespace
}  // namespace radyab::cli
