#include "clients/cli/scan_session/expected_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kItem = "1042000017000113";

ExpectedTable Read(const std::string& text) {
  std::istringstream input(text);
  return ReadExpectedTable(input);
}

TEST(ExpectedTable, ReadsObjectsAmountsUnitsAndDates) {
  const std::string item = kItem;
  const auto notice = Read("object;quantity;unit;expiry_date\r\n" + item +
                           "/lot/L1;1.50;KGM;2027-01-31\r\n1042 0000 1700 0113;;;\r\n" + item +
                           "/serial/7;1;;\r\nsscc/095210010000000017;;;\r\n");
  EXPECT_THAT(notice.faults, ElementsAre());
  ASSERT_EQ(notice.lines.size(), 4U);
  EXPECT_EQ(notice.lines[0],
            (warehouse::NoticeLine{item + "/lot/L1", {15, 1}, "KGM", "2027-01-31"}));
  EXPECT_EQ(notice.lines[1], (warehouse::NoticeLine{item, {1, 0}, "", ""}));
  EXPECT_EQ(notice.lines[3].object, "sscc/095210010000000017");
}

TEST(ExpectedTable, ReadsWhatIsInsideContainersAndOfWhichLotAUnitIs) {
  const std::string item = kItem;
  const auto notice = Read("object,container,lot\nsscc/095210010000000017,,\n" + item +
                           "/serial/7,095210010000000017,L1\n");
  EXPECT_THAT(notice.faults, ElementsAre());
  ASSERT_EQ(notice.lines.size(), 2U);
  EXPECT_EQ(
      notice.lines[1],
      (warehouse::NoticeLine{item + "/serial/7", {1, 0}, "", "", "sscc/095210010000000017", "L1"}));
  EXPECT_THAT(
      Read("object,container,lot\n" + item + "/lot/L1,x,\n" + item + "/lot/L1,,L1\n").faults,
      ElementsAre(HasSubstr("line 2, column container"), HasSubstr("line 3, column lot")));
}

TEST(ExpectedTable, TellsEveryFaultWithItsLineAndColumn) {
  const std::string item = kItem;
  const auto notice =
      Read("object,quantity,unit,expiry_date\n" + item + "/lot/L1,0,,\n" + item + "/lot/L1,-1,,\n" +
           item + "/lot/L1,1,XXX,\n" + item + "/lot/L1,1,,31/1/2027\n1042000017000114,1,,\n" +
           item + "/serial/7,2,,\n" + item + ",1\n7042000017000231,1,,\n");
  EXPECT_THAT(notice.lines, ElementsAre()) << "half a notice is none";
  EXPECT_THAT(
      notice.faults,
      ElementsAre(HasSubstr("line 2, column quantity"), HasSubstr("line 3, column quantity"),
                  HasSubstr("line 4, column unit"), HasSubstr("line 5, column expiry_date"),
                  HasSubstr("line 6, column object"), HasSubstr("line 7, column quantity"),
                  HasSubstr("line 8: 2 fields"), HasSubstr("is no item")));
}

TEST(ExpectedTable, RefusesColumnsThatItDoesNotKnow) {
  EXPECT_THAT(Read("object,colour\n").faults, ElementsAre(HasSubstr("colour")));
  EXPECT_THAT(Read("object,object\n").faults, ElementsAre(HasSubstr("twice")));
  EXPECT_THAT(Read("quantity\n").faults,
              ElementsAre(HasSubstr("column object: the column is missing")));
  EXPECT_THAT(Read("").faults, ElementsAre(HasSubstr("empty")));
  EXPECT_THAT(Read("object\n").faults, ElementsAre(HasSubstr("no line")));
}

}  // namespace
}  // namespace radyab::cli
