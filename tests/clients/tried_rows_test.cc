#include "clients/cli/import/tried_rows.h"

#include <gtest/gtest.h>

#include <sstream>

#include "clients/cli/import/row_source.h"

namespace radyab::cli {
namespace {

// "A", "D", "R2 FIELD" of each row of a table that the server found acceptable: R refused because
// of row 2.
std::vector<std::string> Judged(const std::string& word, const std::string& table) {
  const ImportPlan& plan = *FindImportPlan(word);
  std::istringstream input(table);
  auto rows = OpenCsvRows(input, plan);
  EXPECT_TRUE(rows.ok());
  TriedRows tried;
  std::vector<std::string> told;
  while (auto row = (*rows)->Next()) {
    EXPECT_TRUE(row->faults.empty());
    v1::RowVerdict verdict;
    verdict.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
    verdict.set_name("items/1042000017000113");
    tried.Judge(ClaimsOf(plan, *row->message), row->row, verdict);
    if (verdict.outcome() == v1::ROW_OUTCOME_ACCEPTED) {
      EXPECT_FALSE(verdict.name().empty());
      told.emplace_back("A");
    } else if (verdict.outcome() == v1::ROW_OUTCOME_DUPLICATE) {
      told.emplace_back("D");
    } else {
      EXPECT_EQ(verdict.faults(0).reason(), "ALREADY_EXISTS");
      EXPECT_TRUE(verdict.name().empty());
      const std::string& why = verdict.faults(0).description();
      told.push_back("R" + why.substr(4, why.find(' ', 4) - 4) + " " + verdict.faults(0).field());
    }
  }
  return told;
}

using Told = std::vector<std::string>;

TEST(TriedRows, TwoRowsWithOneNumberAreNotBothAcceptable) {
  EXPECT_EQ(Judged("items",
                   "name_en,class,gtin,supplier_part\n"
                   "Milk,0412,4006381333931,P-1\n"
                   "Bread,0412,,P-2\n"
                   "Milk,0412,4006381333931,P-3\n"
                   "Milk,0412,,P-1\n"
                   "Tea,0412,,P-3\n"),
            (Told{"A", "A", "R1 aliases[0].value", "R1 aliases[0].value", "A"}))
      << "what a refused row claimed is free";
}

TEST(TriedRows, ANumberIsTheSameHoweverItIsWritten) {
  EXPECT_EQ(Judged("items",
                   "name_en,class,gtin\n"
                   "a,0412,4006381333931\n"
                   "b,0412,04006381333931\n"
                   "c,0412,۴۰۰۶۳۸۱ ۳۳۳۹۳۱\n"),
            (Told{"A", "R1 aliases[0].value", "R1 aliases[0].value"}));
  EXPECT_EQ(Judged("items", "name_en,class,supplier_part\na,0412,1-2\nb,0412,12\n"),
            (Told{"A", "A"}))
      << "a part number is as its supplier writes it";
  EXPECT_EQ(Judged("parties",
                   "kind,roles,name_en,national_id\n"
                   "person,customer,a,0084575948\n"
                   "person,customer,b,84575948\n"),
            (Told{"A", "R1 aliases[0].value"}));
}

TEST(TriedRows, NumbersOfTwoSchemesOrTwoMembersAreTwo) {
  EXPECT_EQ(Judged("items",
                   "name_en,class,stuffid,nsn\n"
                   "a,0412,2720000114542,\n"
                   "b,0412,,2720000114542\n"),
            (Told{"A", "A"}));
  EXPECT_EQ(Judged("items",
                   "name_en,class,member,gtin\n"
                   "a,0412,members/00001,4006381333931\n"
                   "b,0412,members/00002,4006381333931\n"),
            (Told{"A", "A"}));
}

TEST(TriedRows, AnAliasThatLeadsToItsCodeTwiceIsThereAlready) {
  EXPECT_EQ(Judged("aliases",
                   "code,scheme,value\n"
                   "1042000017000113,imei,490154203237518\n"
                   "1042 0000 1700 0113,imei,49-015420-323751-8\n"
                   "1042000017000210,imei,490154203237518\n"),
            (Told{"A", "D", "R1 alias.value"}));
}

TEST(TriedRows, ClassesAndPrefixesOfMembersAreOneEachToo) {
  EXPECT_EQ(Judged("classes", "key_code,name_en\n04,a\n0412,b\n04,c\n"),
            (Told{"A", "A", "R1 class_node.key_code"}));
  EXPECT_EQ(Judged("members", "name_en,gs1_company_prefix\na,626012\nb,\nc,\nd,626012\n"),
            (Told{"A", "A", "A", "R1 member.gs1_company_prefix"}));
}

TEST(TriedRows, ARowThatTheServerRefusedClaimsNothing) {
  const ImportPlan& plan = *FindImportPlan("items");
  std::istringstream input("name_en,class,gtin\na,0412,4006381333931\n");
  const auto rows = OpenCsvRows(input, plan);
  const auto row = (*rows)->Next();
  const auto claims = ClaimsOf(plan, *row->message);
  TriedRows tried;
  v1::RowVerdict refused;
  refused.set_outcome(v1::ROW_OUTCOME_REFUSED);
  tried.Judge(claims, 1, refused);
  EXPECT_EQ(refused.faults_size(), 0);
  v1::RowVerdict accepted;
  accepted.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
  tried.Judge(claims, 2, accepted);
  EXPECT_EQ(accepted.outcome(), v1::ROW_OUTCOME_ACCEPTED);
}

}  // namespace
}  // namespace radyab::cli
