// Rows of an export as tables and lines of JSON: import reads the very same.
#include "clients/cli/export/row_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/class_service.pb.h"
#include "radyab/v1/party_service.pb.h"

namespace radyab::cli {
namespace {

using testing::HasSubstr;

template <class Row>
Row RowOf(const std::string& text) {
  Row row;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &row)) << text;
  return row;
}

constexpr char kItem[] = R"(
  item { name: 'items/1042000017000113' code: '1042000017000113' member: 'members/00017'
    class_name: 'classes/0412' display_name { fa: 'شیر' en: ' Milk; "whole", 1/2' }
    attributes { key: 'fat' value: '1.5' unit: 'P1' } attributes { key: 'pack' value: 'a;b' }
    unit: 'LTR' life { state: LIFE_STATE_SUSPENDED } etag: '1f' create_time { seconds: 1 } }
  aliases { scheme: ALIAS_SCHEME_SUPPLIER_PART value: 'A;B' }
  aliases { scheme: ALIAS_SCHEME_GTIN value: '09521234567899' }
  aliases { scheme: ALIAS_SCHEME_GTIN value: '19521234567896' contained_quantity: 12 }
  aliases { scheme: ALIAS_SCHEME_GTIN value: '29521234567893' contained_quantity: 48 })";

TEST(RowTable, TellsAnItemWithEverythingThatIsHardToTell) {
  const ImportPlan& plan = *FindImportPlan("items");
  auto row = RowOf<v1::ImportItemRow>(kItem);
  TableColumns seen(plan, true);
  seen.See(row);
  const auto columns = seen.Names();
  std::string why;
  const auto cells = CellsOf(plan, columns, row, why);
  ASSERT_EQ(cells.size(), columns.size()) << why;
  std::map<std::string, std::string> cell;
  for (std::size_t i = 0; i < cells.size(); ++i) cell[columns[i]] = cells[i];
  EXPECT_EQ(columns.front(), "code");
  EXPECT_EQ(cell["code"], "1042000017000113");
  EXPECT_EQ(cell["state"], "suspended");
  EXPECT_EQ(cell["name_en"], " Milk; \"whole\", 1/2");
  EXPECT_EQ(cell["gtin_case"], "19521234567896=12;29521234567893=48");
  EXPECT_EQ(cell["supplier_part"], "A\\;B");
  EXPECT_EQ(cell["attr.pack"], "a;b");
  EXPECT_EQ(cell["attr_unit.fat"], "P1");
}

// What `cells` say when they are read as a row of an import.
template <class Row>
Row ReadBack(const ImportPlan& plan, const std::vector<std::string>& columns,
             const std::vector<std::string>& cells) {
  Row row;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto fault = SetColumn(plan, columns[i], cells[i], row);
    EXPECT_FALSE(fault.has_value()) << columns[i];
  }
  return row;
}

TEST(RowTable, TellsAClassWithItsPatternAndItsPlacesElsewhere) {
  const ImportPlan& plan = *FindImportPlan("classes");
  const std::string given = R"(
    key_code: '0412' display_name { fa: 'ماست' en: 'Yoghurt' }
    attributes { key: 'brand' display_name { en: 'brand' } type: ATTRIBUTE_TYPE_TEXT required: true
                 identifying: true }
    name_pattern { fa: '{base} {brand}' en: '{base} by {brand}; fresh' }
    cross_references { scheme: CLASSIFICATION_SCHEME_HS code: '040310' }
    cross_references { scheme: CLASSIFICATION_SCHEME_GPC code: '10000026' })";
  auto row = RowOf<v1::CreateClassRequest>(
      "class_node { name: 'classes/0412' etag: '1' version: 3 " + given + "}");
  const auto columns = TableColumns(plan, false).Names();
  std::string why;
  const auto cells = CellsOf(plan, columns, row, why);
  ASSERT_EQ(cells.size(), columns.size()) << why;
  const auto read = ReadBack<v1::CreateClassRequest>(plan, columns, cells);
  EXPECT_EQ(read.ShortDebugString(),
            RowOf<v1::CreateClassRequest>("class_node {" + given + "}").ShortDebugString());
}

TEST(RowTable, LeavesTheApprovedNameToTheRegistry) {
  const ImportPlan& plan = *FindImportPlan("items");
  auto row = RowOf<v1::ImportItemRow>(
      "item { class_name: 'classes/0412' display_name { en: 'x' } approved_name { en: 'X' } }");
  const auto columns = TableColumns(plan, false).Names();
  std::string why;
  EXPECT_EQ(CellsOf(plan, columns, row, why).size(), columns.size()) << why;
  EXPECT_THAT(JsonLineOf(plan, row, false), testing::Not(HasSubstr("approved_name")));
}

TEST(RowTable, RefusesWhatATableCannotTell) {
  const ImportPlan& plan = *FindImportPlan("items");
  auto row = RowOf<v1::ImportItemRow>(
      "item { display_name { en: 'x' } } "
      "aliases { scheme: ALIAS_SCHEME_SUPPLIER_PART value: ' blanks around ' }");
  std::string why;
  EXPECT_TRUE(CellsOf(plan, TableColumns(plan, false).Names(), row, why).empty());
  EXPECT_THAT(why, HasSubstr(" blanks around "));
}

TEST(RowTable, TellsClassesPartiesAndAliases) {
  const auto expect_told = [](const char* word, google::protobuf::Message& row) {
    const ImportPlan& plan = *FindImportPlan(word);
    std::string why;
    EXPECT_FALSE(CellsOf(plan, TableColumns(plan, false).Names(), row, why).empty()) << why;
  };
  auto node = RowOf<v1::CreateClassRequest>(
      "class_node { key_code: '0412' display_name { en: 'Milk' } attributes { key: 'fat' type: "
      "ATTRIBUTE_TYPE_NUMBER unit: 'P1' required: true display_name { en: 'Fat' fa: 'چربی' } } "
      "attributes { key: 'pack' type: ATTRIBUTE_TYPE_CHOICE allowed_values: 'cup' "
      "allowed_values: 'can' display_name { en: 'Pack' } } }");
  expect_told("classes", node);
  auto party = RowOf<v1::CreatePartyRequest>(
      "party { code: '7000000017004271' kind: PARTY_KIND_ORGANISATION roles: PARTY_ROLE_CUSTOMER "
      "roles: PARTY_ROLE_SUPPLIER display_name { fa: 'زهرا' } phone: '+989120001000' } "
      "aliases { scheme: ALIAS_SCHEME_LEGAL_ID value: '99007000010' }");
  expect_told("parties", party);
  auto alias = RowOf<v1::AddAliasRequest>(
      "code: '1042000017000113' alias { scheme: ALIAS_SCHEME_GTIN value: '19521234567896' "
      "contained_quantity: 12 }");
  expect_told("aliases", alias);
}

TEST(RowTable, TellsAPartyWithEveryFactAndReadsItBack) {
  const ImportPlan& plan = *FindImportPlan("parties");
  auto row = RowOf<v1::CreatePartyRequest>(R"(
    party { member: 'members/00017' kind: PARTY_KIND_PERSON roles: PARTY_ROLE_CUSTOMER
      display_name { fa: 'زهرا' en: 'Zahra' } phone: '+989120001000' email: 'z@home.ir'
      contact_points { kind: CONTACT_KIND_PHONE value: '+989351112233' verified: true }
      contact_points { kind: CONTACT_KIND_EMAIL value: 'x@home.ir' }
      address { postcode: '1969713461' city: 'تهران' street: 'ولی‌عصر; بالا'
                number: '12' unit: '3' }
      birth_date: '1983-07-06' preferred_channel: CONTACT_CHANNEL_SMS
      consents { purpose: 'marketing' channel: CONTACT_CHANNEL_SMS given_time { seconds: 100 } }
      consents { purpose: 'news' channel: CONTACT_CHANNEL_POST given_time { seconds: 100 }
                 withdrawn_time { seconds: 200 } }
      verified_schemes: ALIAS_SCHEME_NATIONAL_ID })");
  const auto columns = TableColumns(plan, false).Names();
  std::string why;
  const auto cells = CellsOf(plan, columns, row, why);
  ASSERT_EQ(cells.size(), columns.size()) << why;
  const auto read = ReadBack<v1::CreatePartyRequest>(plan, columns, cells);
  EXPECT_EQ(read.SerializeAsString(), row.SerializeAsString());
}

TEST(RowTable, ALineOfJsonIsReadAsTheSameRow) {
  const ImportPlan& plan = *FindImportPlan("items");
  auto row = RowOf<v1::ImportItemRow>(kItem);
  const std::string line = JsonLineOf(plan, row, false);
  EXPECT_THAT(line, testing::StartsWith("{\"code\":\"1042000017000113\","));
  v1::ImportItemRow read;
  EXPECT_TRUE(SetFromJson(plan, line, read)) << "its code is the server's";
  read.Clear();
  const auto fault = SetFromJson(plan, line, read, true);
  ASSERT_FALSE(fault) << fault->description();
  ClearOutputOnly(plan, row);
  EXPECT_EQ(read.ShortDebugString(), row.ShortDebugString());
}

}  // namespace
}  // namespace radyab::cli
