#include "clients/cli/import/import_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/class_service.pb.h"
#include "radyab/v1/party_service.pb.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Cells = std::vector<std::pair<std::string, std::string>>;

// Takes the cells; what was wrong, a line each.
template <class Row>
std::string Take(const std::string& word, const Cells& cells, Row& row) {
  const ImportPlan& plan = *FindImportPlan(word);
  std::string faults;
  const auto note = [&](const std::optional<v1::RowFault>& fault) {
    if (fault) faults += fault->field() + ": " + fault->description() + "\n";
  };
  for (const auto& [column, cell] : cells) {
    EXPECT_TRUE(KnowsColumn(plan, column)) << column;
    note(SetColumn(plan, column, cell, row));
  }
  note(FinishColumns(plan, row));
  return faults;
}

TEST(ImportPlan, KnowsTheKinds) {
  EXPECT_THAT(ImportWords(), ElementsAre("members", "classes", "items", "services", "parties",
                                         "aliases", "events"));
  EXPECT_EQ(FindImportPlan("cases"), nullptr);
}

TEST(ImportPlan, PutsTheColumnsOfAnItemInTheirPlaces) {
  v1::ImportItemRow row;
  EXPECT_EQ(Take("items",
                 {{"name_fa", "شیر"},
                  {"display_name.en", "milk"},
                  {"class", "۰۴۱۲"},
                  {"unit", "LTR"},
                  {"attr.fat", "1.5"},
                  {"attr_unit.fat", "P1"},
                  {"attr.brand", ""},
                  {"gtin", "6260000000012"},
                  {"supplier_part", "M-1; M-2"},
                  {"gtin_case_quantity", "12"},
                  {"gtin_case", "16260000000019"},
                  {"request_id", "r1"}},
                 row),
            "");
  EXPECT_EQ(row.item().display_name().fa(), "شیر");
  EXPECT_EQ(row.item().display_name().en(), "milk");
  EXPECT_EQ(row.item().class_name(), "classes/0412");
  EXPECT_EQ(row.item().unit(), "LTR");
  ASSERT_EQ(row.item().attributes_size(), 1);
  EXPECT_EQ(row.item().attributes(0).unit(), "P1");
  ASSERT_EQ(row.aliases_size(), 4);
  EXPECT_EQ(row.aliases(0).scheme(), v1::ALIAS_SCHEME_GTIN);
  EXPECT_EQ(row.aliases(2).value(), "M-2");
  EXPECT_EQ(row.aliases(3).value(), "16260000000019");
  EXPECT_EQ(row.aliases(3).contained_quantity(), 12);
  EXPECT_EQ(row.request_id(), "r1");
}

TEST(ImportPlan, RefusesHalfAPackage) {
  v1::ImportItemRow row;
  EXPECT_THAT(Take("items", {{"gtin_case", "16260000000019"}, {"gtin_case_quantity", ""}}, row),
              HasSubstr("gtin_case_quantity: is missing"));
  v1::ImportItemRow other;
  EXPECT_THAT(Take("items", {{"gtin_case_quantity", "12"}}, other),
              HasSubstr("gtin_case: is missing"));
  v1::ImportItemRow zero;
  EXPECT_THAT(Take("items", {{"gtin_case_quantity", "0"}}, zero), HasSubstr("1 or more"));
  v1::ImportItemRow once;
  EXPECT_EQ(Take("items", {{"gtin_case", "16260000000019"}, {"gtin_case_quantity", "many"}}, once),
            "gtin_case_quantity: \"many\": want a whole number, 1 or more\n");
}

TEST(ImportPlan, PutsTheColumnsOfAPartyInTheirPlaces) {
  v1::CreatePartyRequest row;
  EXPECT_EQ(Take("parties",
                 {{"kind", "person"},
                  {"roles", "customer; supplier"},
                  {"name_fa", "رضا"},
                  {"national_id", "0012345679"},
                  {"member", "17"}},
                 row),
            "");
  EXPECT_EQ(row.party().kind(), v1::PARTY_KIND_PERSON);
  EXPECT_THAT(row.party().roles(), ElementsAre(v1::PARTY_ROLE_CUSTOMER, v1::PARTY_ROLE_SUPPLIER));
  EXPECT_EQ(row.party().member(), "members/00017");
  EXPECT_EQ(row.aliases(0).scheme(), v1::ALIAS_SCHEME_NATIONAL_ID);
  v1::CreatePartyRequest full;
  EXPECT_EQ(Take("parties",
                 {{"postcode", "19697-13461"},
                  {"city", "تهران"},
                  {"number", "12"},
                  {"address.unit", "3"},
                  {"birth_date", "1362/04/15"},
                  {"contact_points", "phone=0912 123 4567; email=a@b.ir,verified"},
                  {"consents", "marketing/sms=given@2026-03-01T00:00:00Z"},
                  {"preferred_channel", "post"},
                  {"verified_schemes", "national_id"}},
                 full),
            "");
  EXPECT_EQ(full.party().address().postcode(), "19697-13461");
  EXPECT_EQ(full.party().address().city(), "تهران");
  EXPECT_EQ(full.party().address().number(), "12");
  EXPECT_EQ(full.party().address().unit(), "3");
  EXPECT_EQ(full.party().birth_date(), "1362/04/15");
  ASSERT_EQ(full.party().contact_points_size(), 2);
  EXPECT_TRUE(full.party().contact_points(1).verified());
  EXPECT_EQ(full.party().consents(0).purpose(), "marketing");
  EXPECT_EQ(full.party().preferred_channel(), v1::CONTACT_CHANNEL_POST);
  EXPECT_EQ(full.party().verified_schemes(0), v1::ALIAS_SCHEME_NATIONAL_ID);
  v1::CreatePartyRequest robot;
  EXPECT_THAT(Take("parties", {{"kind", "robot"}}, robot),
              HasSubstr("kind: \"robot\": want one of person, organisation"));
}

TEST(ImportPlan, ReadsTheAttributesOfAClass) {
  v1::CreateClassRequest row;
  EXPECT_EQ(
      Take("classes",
           {{"key_code", "0412"},
            {"attributes", "fat:number:unit=P1:required; colour:choice:values=red|green:fa=رنگ"}},
           row),
      "");
  ASSERT_EQ(row.class_node().attributes_size(), 2);
  EXPECT_TRUE(row.class_node().attributes(0).required());
  EXPECT_EQ(row.class_node().attributes(0).unit(), "P1");
  EXPECT_THAT(row.class_node().attributes(1).allowed_values(), ElementsAre("red", "green"));
}

TEST(ImportPlan, SpreadsTheFactsOfAnEventOverItsObjects) {
  const Cells cells = {{"quantity", "2.50"},
                       {"kind", "ship"},
                       {"objects",
                        "1042000017000113/lot/A;1 1042000017000113/serial/S1 "
                        "sscc/106141412345678908"},
                       {"event_time", "2026-03-01T10:00:00+03:30"},
                       {"destination_party", "7000 0000 1700 4271"}};
  Cells backward(cells.rbegin(), cells.rend());
  for (const Cells& order : {cells, backward}) {
    v1::ImportEventRow row;
    EXPECT_EQ(Take("events", order, row), "");
    const v1::Event& event = row.event();
    EXPECT_EQ(event.kind(), v1::EVENT_KIND_SHIP);
    EXPECT_EQ(event.event_time().seconds(), 1'772'346'600);
    EXPECT_EQ(event.zone_offset(), "+03:30");
    EXPECT_EQ(event.destination_party(), "7000000017004271");
    ASSERT_EQ(event.objects_size(), 3);
    EXPECT_EQ(event.objects(0).object(), "1042000017000113/lot/A;1");
    EXPECT_EQ(event.objects(0).quantity().amount(), "2.50");
    EXPECT_EQ(event.objects(0).quantity().unit(), "C62");
    EXPECT_EQ(event.objects(1).object(), "1042000017000113/serial/S1");
    EXPECT_FALSE(event.objects(1).has_quantity()) << "a unit is one";
    EXPECT_FALSE(event.objects(2).has_quantity());
  }
}

TEST(ImportPlan, KnowsNoColumnsOfOtherKinds) {
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("items"), "national_id"));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("parties"), "gtin"));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("parties"), "attr.fat"));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("members"), "aliases"));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("items"), "attributes"));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("items"), "attr."));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("items"), ""));
  EXPECT_FALSE(KnowsColumn(*FindImportPlan("events"), "request_id"));
}

TEST(ImportPlan, RefusesWhatTheServerAloneFills) {
  const std::pair<const char*, std::vector<const char*>> kinds[] = {
      {"members", {"name", "blocks", "party_code", "etag", "create_time", "update_time"}},
      {"classes", {"name", "etag", "create_time", "update_time"}},
      {"items",
       {"name", "code", "generic", "generic_item", "life.state", "etag", "create_time",
        "update_time"}},
      {"services", {"name", "code", "life.state", "etag", "create_time", "update_time"}},
      {"parties", {"name", "code", "life.state", "life", "etag", "create_time", "update_time"}},
      {"events", {"name", "record_time"}},
  };
  for (const auto& [kind, columns] : kinds) {
    for (const char* column : columns) {
      EXPECT_TRUE(IsOutputOnly(*FindImportPlan(kind), column)) << kind << " " << column;
      EXPECT_FALSE(KnowsColumn(*FindImportPlan(kind), column)) << kind << " " << column;
    }
  }
  EXPECT_FALSE(IsOutputOnly(*FindImportPlan("items"), "display_name.fa"));
  EXPECT_FALSE(IsOutputOnly(*FindImportPlan("classes"), "key_code"));
}

TEST(ImportPlan, RefusesJsonFieldsThatTheServerAloneFills) {
  const std::pair<const char*, const char*> lines[] = {
      {R"({"item":{"etag":"e1"}})", "item.etag"},
      {R"({"code":"1042000017000113"})", "item.code"},
      {R"({"item":{"createTime":"2026-03-01T10:20:30Z"}})", "item.create_time"},
      {R"({"aliases":[{"value":"1"},{"value":"2","end_time":"2026-03-01T10:20:30Z"}]})",
       "aliases[1].end_time"},
  };
  for (const auto& [line, field] : lines) {
    v1::ImportItemRow row;
    const auto fault = SetFromJson(*FindImportPlan("items"), line, row);
    ASSERT_TRUE(fault.has_value()) << line;
    EXPECT_EQ(fault->field(), field);
  }
}

TEST(ImportPlan, TellsWhereALineStopsBeingJson) {
  v1::ImportItemRow row;
  const auto fault = SetFromJson(*FindImportPlan("items"), R"({"unit":"C62",})", row);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->description(), "no JSON from byte 15 on");
}

TEST(ImportPlan, TakesJsonWholeOrOfTheThingAlone) {
  const ImportPlan& plan = *FindImportPlan("parties");
  v1::CreatePartyRequest whole;
  EXPECT_FALSE(
      SetFromJson(plan, R"({"party":{"kind":"PARTY_KIND_PERSON"},"request_id":"r"})", whole));
  v1::CreatePartyRequest alone;
  EXPECT_FALSE(SetFromJson(plan, R"({"kind":"PARTY_KIND_PERSON","request_id":"r"})", alone));
  EXPECT_EQ(whole.SerializeAsString(), alone.SerializeAsString());
  for (const char* bad :
       {"", "[]", "{", "7", R"({"colour":1})", R"({"kind":"ROBOT"})", "{\"kind\":\"\xFF\"}"}) {
    v1::CreatePartyRequest row;
    const auto fault = SetFromJson(plan, bad, row);
    ASSERT_TRUE(fault.has_value()) << bad;
    EXPECT_EQ(fault->reason(), "INVALID_JSON");
  }
}

TEST(ImportPlan, RefusesANumberThatIsTooLarge) {
  v1::CreatePartyRequest row;
  for (const char* bad : {R"({"kind":1e999})", "-17e4200", R"({"a":{"b":[104200170e4200]}})"}) {
    const auto fault = SetFromJson(*FindImportPlan("parties"), bad, row);
    ASSERT_TRUE(fault.has_value()) << bad;
    EXPECT_EQ(fault->reason(), "INVALID_JSON");
    EXPECT_THAT(fault->description(), testing::HasSubstr("larger than any")) << bad;
  }
}

}  // namespace
}  // namespace radyab::cli
