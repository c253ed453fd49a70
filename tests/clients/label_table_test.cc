#include "clients/cli/labels/label_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LabelTable Read(const std::string& text, std::size_t labels_max = 1000) {
  std::istringstream input(text);
  return ReadLabelTable(input, labels_max);
}

// "row, line, column" of every fault.
std::vector<std::string> PlacesOf(const LabelTable& table) {
  std::vector<std::string> places;
  for (const TableFault& fault : table.faults) {
    places.push_back(std::to_string(fault.row) + "," + std::to_string(fault.line) + "," +
                     fault.column);
  }
  return places;
}

TEST(LabelTable, ReadsObjectsAndTheirFacts) {
  const LabelTable table = Read(
      "object;lot;gtin;expiry;name_fa;name_ar;copies\n"
      "1042000017000113/serial/S1;L1;6260100200302;2027-03-31;شیر;حليب;\n"
      "sscc/362601000000000019;;;;;;2\n");
  ASSERT_TRUE(table.faults.empty()) << table.faults[0].what;
  ASSERT_EQ(table.labels.size(), 3u);
  const scanner::LabelContent& unit = table.labels[0].content;
  EXPECT_EQ(unit.kind, scanner::LabelKind::kUnit);
  EXPECT_EQ(unit.serial, "S1");
  EXPECT_EQ(unit.lot, "L1");
  EXPECT_EQ(unit.gtin, "06260100200302");
  EXPECT_EQ(unit.expiry->year, 2027);
  EXPECT_EQ(unit.name_fa, "شیر");
  EXPECT_EQ(unit.name_ar, "حليب");
  EXPECT_EQ(table.labels[1].content.sscc, "362601000000000019");
  EXPECT_EQ(table.labels[2].row, 2) << "a copy";
}

TEST(LabelTable, ReadsCodesLotsAndSerialsInColumnsOfTheirOwn) {
  const LabelTable table = Read(
      "code,lot,serial,sscc\n1042 0000 1700 0113,,,\n1042000017000113,L1,,\n"
      "1042000017000113,L1,S1,\n,,,362601000000000019\n");
  ASSERT_TRUE(table.faults.empty()) << table.faults[0].what;
  std::vector<std::string> objects;
  for (const WantedLabel& label : table.labels)
    objects.push_back(coding::WriteObjectWord(label.object));
  EXPECT_THAT(objects, ElementsAre("1042000017000113", "1042000017000113/lot/L1",
                                   "1042000017000113/serial/S1", "sscc/362601000000000019"));
  EXPECT_EQ(table.labels[2].content.lot, "L1");
}

TEST(LabelTable, TellsEveryFaultByRowLineAndColumn) {
  const LabelTable table = Read(
      "object,gtin,expiry,copies\n"
      "1042000017000114,,,\n"
      "1042000017000113,6260100200301,2027-02-30,0\n"
      "\n"
      ",,,\n"
      "1042000017000113,,,,,\n"
      "1042000017000113,\"x,,\n");
  EXPECT_THAT(PlacesOf(table), ElementsAre("1,2,object", "2,3,copies", "2,3,gtin", "2,3,expiry",
                                           "3,5,", "4,6,", "5,7,"));
  EXPECT_THAT(table.faults.at(2).what, HasSubstr("check digit"));
  EXPECT_TRUE(table.labels.empty());
}

TEST(LabelTable, RefusesUnknownAndRepeatedColumnsAndAnEmptyTable) {
  EXPECT_THAT(PlacesOf(Read("object,colour\n")), ElementsAre("0,1,colour"));
  EXPECT_THAT(PlacesOf(Read("object,lot,lot\n")), ElementsAre("0,1,lot"));
  EXPECT_THAT(PlacesOf(Read("")), ElementsAre("0,1,"));
}

TEST(LabelTable, RefusesWhatContradictsItself) {
  EXPECT_THAT(PlacesOf(Read("object,lot\n1042000017000113/lot/L1,L2\n")), ElementsAre("1,2,lot"));
  EXPECT_THAT(PlacesOf(Read("object,code\n1042000017000113,1042000017000113\n")),
              ElementsAre("1,2,code"));
  EXPECT_THAT(PlacesOf(Read("sscc,code\n362601000000000019,1042000017000113\n")),
              ElementsAre("1,2,code"));
}

TEST(LabelTable, HoldsItsLimits) {
  const std::string row = "1042000017000113,3\n";
  const LabelTable full = Read("object,copies\n" + row + row, 6);
  EXPECT_TRUE(full.faults.empty());
  EXPECT_EQ(full.labels.size(), 6u);
  const LabelTable over = Read("object,copies\n" + row + row, 5);
  EXPECT_THAT(over.faults.at(0).what, HasSubstr("more than 5 labels"));
  std::string many = "object\n";
  for (int i = 0; i < 101; ++i) many += "x\n";
  const LabelTable faults = Read(many);
  EXPECT_EQ(faults.faults.size(), kTableFaultsMax);
  EXPECT_TRUE(faults.more_faults);
}

}  // namespace
}  // namespace radyab::cli
