#include "clients/cli/import/fault_columns.h"

#include <gtest/gtest.h>

#include <sstream>

#include "clients/cli/import/row_source.h"

namespace radyab::cli {
namespace {

// A table of one row, and how it calls fields.
struct Table {
  Table(const std::string& word, const std::string& text)
      : input(text), rows(OpenCsvRows(input, *FindImportPlan(word))) {
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.refusal().message);
    const auto row = (*rows)->Next();
    EXPECT_TRUE(row && row->faults.empty());
    columns = FaultColumns(*FindImportPlan(word), *row->message);
  }
  const std::vector<std::string>& header() const { return (*rows)->columns(); }
  std::string Column(const std::string& field) const { return columns.ColumnOf(field, header()); }

  std::istringstream input;
  coding::Parsed<std::unique_ptr<RowSource>> rows;
  FaultColumns columns;
};

TEST(FaultColumns, AnAttributeIsCalledByTheColumnOfItsKey) {
  const Table items("items",
                    "name_en,class,attr.brand,attr.fat_percent,attr_unit.fat_percent\n"
                    "Milk,0412,B,3.5,P1\n");
  EXPECT_EQ(items.Column("item.attributes[0].value"), "attr.brand");
  EXPECT_EQ(items.Column("item.attributes[1].value"), "attr.fat_percent");
  EXPECT_EQ(items.Column("item.attributes[1].key"), "attr.fat_percent");
  EXPECT_EQ(items.Column("item.attributes[1].unit"), "attr_unit.fat_percent");
  EXPECT_EQ(items.Column("item.attributes"), "attributes") << "one that is missing has no column";
  EXPECT_EQ(items.Column("item.attributes[7].value"), "attributes[7].value");
}

TEST(FaultColumns, AnAttributeThatIsNotGivenMovesTheOthersUp) {
  const Table items("items", "name_en,class,attr.brand,attr.fat\nMilk,0412,,3.5\n");
  EXPECT_EQ(items.Column("item.attributes[0].value"), "attr.fat");
}

TEST(FaultColumns, AnAliasIsCalledByItsScheme) {
  const Table items("items",
                    "name_en,class,gtin,supplier_part,gtin_case,gtin_case_quantity\n"
                    "Milk,0412,4006381333931,P-1;P-2,14006381333938,12\n");
  EXPECT_EQ(items.Column("aliases[0].value"), "gtin");
  EXPECT_EQ(items.Column("aliases[1].value"), "supplier_part");
  EXPECT_EQ(items.Column("aliases[2].value"), "supplier_part");
  EXPECT_EQ(items.Column("aliases[3].value"), "gtin_case");
  EXPECT_EQ(items.Column("aliases[3].contained_quantity"), "gtin_case_quantity");
  const Table parties("parties", "kind,roles,name_fa,national_id\nperson,customer,x,1\n");
  EXPECT_EQ(parties.Column("aliases[0].value"), "national_id");
}

TEST(FaultColumns, AFieldIsCalledAsTheHeaderCallsIt) {
  const Table short_names("items", "name_fa,name_en,class,unit\nx,Milk,0412,C62\n");
  EXPECT_EQ(short_names.Column("item.display_name.fa"), "name_fa");
  EXPECT_EQ(short_names.Column("item.class_name"), "class");
  EXPECT_EQ(short_names.Column("item.unit"), "unit");
  EXPECT_EQ(short_names.Column("item.display_name"), "display_name");
  const Table long_names("items", "display_name.en,class_name\nMilk,classes/0412\n");
  EXPECT_EQ(long_names.Column("item.display_name.en"), "display_name.en");
  EXPECT_EQ(long_names.Column("item.class_name"), "class_name");
  const Table classes("classes",
                      "key_code,name_en,pattern_en,attributes,references\n"
                      "0412,Dairy,{base},brand:text,unspsc=50131700\n");
  EXPECT_EQ(classes.Column("class_node.key_code"), "key_code");
  EXPECT_EQ(classes.Column("class_node.name_pattern.en"), "pattern_en");
  EXPECT_EQ(classes.Column("class_node.attributes[0].unit"), "attributes");
  EXPECT_EQ(classes.Column("class_node.cross_references[0].code"), "references");
}

TEST(FaultColumns, EveryFaultOfARowIsTold) {
  const Table items("items", "name_en,class,attr.fat\nMilk,0412,3.5\n");
  v1::RowVerdict verdict;
  verdict.add_faults()->set_field("item.attributes[0].value");
  verdict.add_faults()->set_field("");
  verdict.add_faults()->set_field("item.class_name");
  TellByColumns(items.columns, items.header(), verdict);
  EXPECT_EQ(verdict.faults(0).field(), "attr.fat");
  EXPECT_EQ(verdict.faults(1).field(), "") << "the row as a whole";
  EXPECT_EQ(verdict.faults(2).field(), "class");
}

}  // namespace
}  // namespace radyab::cli
