#include "clients/cli/notices/notice_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

NoticeTable Read(const std::string& text) {
  std::istringstream input(text);
  return ReadNoticeTable(input);
}

// "row, line, column" of every fault.
std::vector<std::string> PlacesOf(const NoticeTable& table) {
  std::vector<std::string> places;
  for (const TableFault& fault : table.faults) {
    places.push_back(std::to_string(fault.row) + "," + std::to_string(fault.line) + "," +
                     fault.column);
  }
  return places;
}
std::vector<std::string> WordsOf(const NoticeTable& table) {
  std::vector<std::string> words;
  for (const v1::ShippingNoticeLine& line : table.lines) {
    std::string word = line.object();
    if (line.has_quantity()) {
      word += " " + line.quantity().amount() + " " + line.quantity().unit();
    }
    if (!line.container().empty()) word += " in " + line.container();
    words.push_back(word);
  }
  return words;
}

TEST(NoticeTable, ReadsObjectsAndTheirFacts) {
  const NoticeTable table = Read(
      "object;quantity;unit;lot;expiry_date;container\n"
      "1042000017000113/lot/L1;1,5;KGM;;;\n"
      "1042000017000113;12;;L2;2027-03-31;\n"
      "1042000017000113;\"7 KGM\";;;;\n"
      "sscc/362601000000000019;;;;;\n"
      "1042 0000 1700 0113/serial/S1;;;L1;;362601000000000019\n");
  EXPECT_THAT(PlacesOf(table), ElementsAre("1,2,quantity")) << "a decimal comma is no number";
  const NoticeTable good = Read(
      "object;quantity;unit;lot;expiry_date;container\n"
      "1042000017000113/lot/L1;1.5;KGM;;;\n"
      "1042000017000113;12;;L2;2027-03-31;\n"
      "1042000017000113;\"7 KGM\";;;;\n"
      "sscc/362601000000000019;;;;;\n"
      "1042 0000 1700 0113/serial/S1;;;L1;;362601000000000019\n");
  ASSERT_THAT(good.faults, IsEmpty());
  EXPECT_THAT(WordsOf(good),
              ElementsAre("1042000017000113/lot/L1 1.5 KGM", "1042000017000113/lot/L2 12 C62",
                          "1042000017000113 7 KGM", "sscc/362601000000000019",
                          "1042000017000113/serial/S1 in sscc/362601000000000019"));
  EXPECT_EQ(good.lines[1].expiry_date(), "2027-03-31");
  EXPECT_EQ(good.lines[1].lot(), "") << "the object says it";
  EXPECT_EQ(good.lines[4].lot(), "L1");
  EXPECT_THAT(good.file_lines, ElementsAre(2, 3, 4, 5, 6));
}

TEST(NoticeTable, ReadsCodesLotsAndSerialsInColumnsOfTheirOwn) {
  const NoticeTable table = Read(
      "code,lot,serial,sscc,quantity\n1042000017000113,,,,3\n1042000017000113,L1,,,4\n"
      "1042000017000113,L1,S1,,\n,,,362601000000000019,\n");
  ASSERT_THAT(table.faults, IsEmpty());
  EXPECT_THAT(WordsOf(table), ElementsAre("1042000017000113 3 C62", "1042000017000113/lot/L1 4 C62",
                                          "1042000017000113/serial/S1", "sscc/362601000000000019"));
}

TEST(NoticeTable, TellsEveryFaultOfEveryRowWithItsPlace) {
  const NoticeTable table = Read(
      "object,quantity,unit,lot,expiry_date,container,production_date\n"
      "1042000017000114,1,,,,,\n"                                // wrong check digits
      "1042000017000113,,,,,,\n"                                 // no quantity
      "1042000017000113,x,ZZZ,,soon,362601000000000018,never\n"  // nothing is right
      "1042000017000113/lot/L1,1,,L2,,,\n"                       // two lots
      "\"1042000017000113,1\n");                                 // half written
  EXPECT_THAT(PlacesOf(table),
              ElementsAre("1,2,object", "2,3,quantity", "3,4,production_date", "3,4,expiry_date",
                          "3,4,container", "3,4,quantity", "4,5,lot", "5,6,"));
  EXPECT_THAT(table.faults.back().what, HasSubstr("quote"));
}

TEST(NoticeTable, RefusesPiecesTwiceOrInQuantities) {
  const NoticeTable table = Read(
      "object,quantity,unit\n1042000017000113/serial/S1,1,\n1042000017000113/serial/S1,,\n"
      "sscc/362601000000000019,2,\nsscc/362601000000000019,1,KGM\n"
      "1042000017000113/lot/L1,1,\n1042000017000113/lot/L1,1,\n");
  EXPECT_THAT(PlacesOf(table),
              ElementsAre("2,3,object", "3,4,quantity", "4,5,quantity", "4,5,object"));
  EXPECT_THAT(table.faults[0].what, HasSubstr("first in row 1"));
}

TEST(NoticeTable, TakesTenThousandRowsAndNotOneMore) {
  std::string text = "object,quantity\n";
  for (std::size_t i = 0; i < kNoticeRowsMax; ++i) text += "1042000017000113,1\n";
  EXPECT_THAT(Read(text).faults, IsEmpty());
  EXPECT_THAT(PlacesOf(Read(text + "1042000017000113,1\n")), ElementsAre("10001,10002,"));
}

TEST(NoticeTable, RefusesTitlesThatAreNone) {
  EXPECT_THAT(PlacesOf(Read("object,colour\n")), ElementsAre("0,1,colour"));
  EXPECT_THAT(PlacesOf(Read("object,object\n")), ElementsAre("0,1,object"));
  EXPECT_THAT(PlacesOf(Read("")), ElementsAre("0,1,"));
  EXPECT_THAT(PlacesOf(Read("object,quantity\n")), ElementsAre("0,1,"));
}

TEST(NoticeTable, TellsNoMoreThanAHundredFaults) {
  std::string text = "object,quantity\n";
  for (int i = 0; i < 101; ++i) text += "x,1\n";
  const NoticeTable table = Read(text);
  EXPECT_EQ(table.faults.size(), kTableFaultsMax);
  EXPECT_TRUE(table.more_faults);
}

TEST(NoticeTable, NamesTheColumnOfAField) {
  EXPECT_EQ(ColumnOfLineField("object"), "object");
  EXPECT_EQ(ColumnOfLineField("quantity.amount"), "quantity");
  EXPECT_EQ(ColumnOfLineField("quantity.unit"), "unit");
  EXPECT_EQ(ColumnOfLineField("expiry_date"), "expiry_date");
  EXPECT_EQ(ColumnOfLineField("number"), "");
}

}  // namespace
}  // namespace radyab::cli
