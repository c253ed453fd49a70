// What holds for every change over the API: retries, etags, audit.
#include <gtest/gtest.h>

#include <thread>

#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/case_service.pb.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/trace_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

constexpr char kCreate[] =
    "item { class_name: 'classes/0415' display_name { en: 'Butter' } } request_id: 'r1'";

class ChangeRules : public ::testing::Test {
 protected:
  ApiWorld world_;
  const std::string member_ = world_.Key("MEMBER");
};

TEST_F(ChangeRules, ARetryGetsTheFirstAnswerByteForByte) {
  const Answer first = world_.Call("CatalogService.CreateItem", kCreate, member_);
  ASSERT_TRUE(first.ok()) << ::testing::PrintToString(first);
  const Rows after = world_.server().store().Dump();
  const Answer retry = world_.Call("CatalogService.CreateItem", kCreate, member_);
  EXPECT_EQ(retry.bytes, first.bytes);
  EXPECT_EQ(world_.server().store().Dump(), after);
}

TEST_F(ChangeRules, ARetryGetsTheSecretsOfTheFirstAnswerToo) {
  const std::string key = "key { role: ROLE_OPERATOR display_name: 'night' } request_id: 'k1'";
  const Answer first = world_.Call("AdminService.CreateKey", key, world_.admin());
  const Answer retry = world_.Call("AdminService.CreateKey", key, world_.admin());
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(retry.bytes, first.bytes);
  const std::string opened =
      "case { type: CASE_TYPE_ENQUIRY channel: CASE_CHANNEL_WEB subject_unknown: true "
      "anonymous: true language: 'en' narrative: 'when?' } request_id: 'c1'";
  const Answer case_first = world_.Call("CaseService.CreateCase", opened, member_);
  const Answer case_retry = world_.Call("CaseService.CreateCase", opened, member_);
  ASSERT_TRUE(case_first.ok()) << ::testing::PrintToString(case_first);
  EXPECT_EQ(case_retry.bytes, case_first.bytes);
}

TEST_F(ChangeRules, ARequestIdIsGoodForOneRequestOnly) {
  ASSERT_TRUE(world_.Call("CatalogService.CreateItem", kCreate, member_).ok());
  const Rows after = world_.server().store().Dump();
  const Answer reused = world_.Call(
      "CatalogService.CreateItem",
      "item { class_name: 'classes/0415' display_name { en: 'Cream' } } request_id: 'r1'", member_);
  EXPECT_EQ(reused.Outcome(), "ALREADY_EXISTS/REQUEST_ID_REUSED");
  EXPECT_EQ(world_.server().store().Dump(), after);
  EXPECT_TRUE(world_.Call("CatalogService.CreateItem", kCreate, world_.Key("PARTNER")).ok())
      << "another key's ids are its own";
}

TEST_F(ChangeRules, ARetryOfManyEventsIsKeptWholeThoughItIsLong) {
  std::string request = "event { kind: EVENT_KIND_COMMISSION event_time { seconds: 1700000000 } ";
  for (int i = 0; i < 1000; ++i) {
    request += "objects { object: '$item/serial/U" + std::to_string(i) + "' } ";
  }
  request += "} request_id: 'many'";
  const Answer first = world_.Call("TraceService.CaptureEvent", request, member_);
  ASSERT_TRUE(first.ok()) << ::testing::PrintToString(first);
  const Answer retry = world_.Call("TraceService.CaptureEvent", request, member_);
  EXPECT_EQ(retry.bytes, first.bytes);
  EXPECT_FALSE(retry.As<v1::CaptureEventResponse>().duplicate());
}

TEST_F(ChangeRules, RacingRetriesMakeOneThing) {
  std::vector<Answer> answers(8);
  std::vector<std::thread> callers;
  callers.reserve(answers.size());
  for (Answer& answer : answers) {
    callers.emplace_back(
        [this, &answer] { answer = world_.Call("CatalogService.CreateItem", kCreate, member_); });
  }
  for (std::thread& caller : callers) caller.join();
  for (const Answer& answer : answers) {
    ASSERT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
    EXPECT_EQ(answer.bytes, answers.front().bytes);
  }
}

TEST_F(ChangeRules, WhatIsOnlyCheckedIsNotDone) {
  const std::pair<const char*, const char*> requests[] = {
      {"MemberService.CreateMember", "member { display_name { en: 'New' } }"},
      {"ClassService.CreateClass", "class_node { key_code: '97' display_name { en: 'New' } }"},
      {"CatalogService.CreateItem",
       "item { member: '$member' class_name: 'classes/0415' display_name { en: 'New' } }"},
      {"CatalogService.CreateService",
       "service { member: '$member' class_name: 'classes/0415' display_name { en: 'New' } }"},
      {"CatalogService.AddAlias",
       "code: '$item' alias { scheme: ALIAS_SCHEME_SUPPLIER_PART value: 'N1' }"},
      {"PartyService.CreateParty",
       "party { member: '$member' kind: PARTY_KIND_PERSON roles: PARTY_ROLE_CUSTOMER "
       "display_name { en: 'New' } }"}};
  for (const auto& [method, request] : requests) {
    const std::string with_id = std::string(request) + " request_id: '" + method + "'";
    const Rows before = world_.server().store().Dump();
    const Answer checked = world_.Call(method, with_id + " validate_only: true", world_.admin());
    EXPECT_TRUE(checked.ok()) << method << ::testing::PrintToString(checked);
    EXPECT_FALSE(checked.bytes.empty()) << method;
    EXPECT_EQ(world_.server().store().Dump(), before) << method;
    // The same request, meant: its id is not taken yet.
    EXPECT_TRUE(world_.Call(method, with_id, world_.admin()).ok()) << method;
    EXPECT_NE(world_.server().store().Dump(), before) << method;
  }
}

TEST_F(ChangeRules, WhatIsOnlyCheckedIsRefusedAsIfItWereMeant) {
  const std::string wrong =
      "item { class_name: 'classes/0999' display_name { en: 'New' } unit: '?' }";
  const Answer meant = world_.Call("CatalogService.CreateItem", wrong, member_);
  const Answer checked =
      world_.Call("CatalogService.CreateItem", wrong + " validate_only: true", member_);
  EXPECT_EQ(meant.Outcome(), checked.Outcome());
  EXPECT_FALSE(checked.ok());
  EXPECT_EQ(meant.fields, checked.fields);
}

TEST_F(ChangeRules, AnEtagGuardsAgainstALostUpdate) {
  const auto item =
      world_.Call("CatalogService.GetItem", "name: 'items/$item'", member_).As<v1::Item>();
  const auto rename = [&](const std::string& name, const std::string& etag) {
    return world_.Call("CatalogService.UpdateItem",
                       "item { name: 'items/$item' display_name { en: '" + name + "' } etag: '" +
                           etag + "' } update_mask { paths: 'display_name.en' }",
                       member_);
  };
  ASSERT_TRUE(rename("First", item.etag()).ok());
  const Answer stale = rename("Second", item.etag());
  EXPECT_EQ(stale.Outcome(), "ABORTED/STALE_ETAG");
  EXPECT_EQ(stale.metadata.at("resource"), "items/" + world_.own().at("item"));
  EXPECT_TRUE(rename("Second", stale.metadata.at("present_etag")).ok());
}

TEST_F(ChangeRules, EveryChangeLeavesAnAuditRowOfWhoDidWhat) {
  const auto audit = [&](const std::string& request) {
    return world_.Call("AdminService.ListAudit", request, world_.admin())
        .As<v1::ListAuditResponse>();
  };
  const auto item = world_.Call("CatalogService.CreateItem", kCreate, member_).As<v1::Item>();
  world_.Call("CatalogService.CreateItem", kCreate, member_);  // a retry changes nothing
  world_.Call("CatalogService.CreateItem", "item { } request_id: 'bad'", member_);
  ASSERT_TRUE(world_
                  .Call("CatalogService.ChangeLifeState",
                        "code: '" + item.code() + "' state: LIFE_STATE_SUSPENDED reason: 'check'",
                        member_)
                  .ok());
  const auto entries = audit("resource: '" + item.name() + "'");
  ASSERT_EQ(entries.entries_size(), 2);
  EXPECT_EQ(entries.entries(0).method(), "CatalogService.CreateItem");
  EXPECT_EQ(entries.entries(0).request_id(), "r1");
  EXPECT_EQ(entries.entries(1).method(), "CatalogService.ChangeLifeState");
  EXPECT_LT(entries.entries(0).sequence(), entries.entries(1).sequence());
  EXPECT_EQ(entries.entries(0).key(), "keys/2") << "the member's key";
  const auto after = audit("after_sequence: " + std::to_string(entries.entries(0).sequence()));
  ASSERT_EQ(after.entries_size(), 1);
  EXPECT_EQ(after.entries(0).resource(), item.name());
}

TEST_F(ChangeRules, AMergeStandsInTheTrailsOfBoth) {
  ASSERT_TRUE(world_
                  .Call("LinkageService.MergeParties",
                        "survivor: '$party' absorbed: '$other_party' reason: 'typed twice'",
                        member_)
                  .ok());
  for (const std::string word : {"party", "other_party"}) {
    const auto trail =
        world_.Call("AdminService.ListAudit", "resource: 'parties/$" + word + "'", world_.admin())
            .As<v1::ListAuditResponse>();
    ASSERT_GE(trail.entries_size(), 1) << word;
    const auto& last = trail.entries(trail.entries_size() - 1);
    EXPECT_EQ(last.method(), "LinkageService.MergeParties") << word;
    EXPECT_EQ(last.resource(), "parties/" + world_.own().at("other_party"));
  }
}

TEST_F(ChangeRules, AnEventSentAgainChangesNothingAndLeavesNoAuditRow) {
  const std::string event =
      "event { kind: EVENT_KIND_COMMISSION event_id: 'e9' event_time { seconds: 1700000000 } "
      "objects { object: '$item/lot/E9' quantity { amount: '5' unit: 'C62' } } }";
  ASSERT_TRUE(world_.Call("TraceService.CaptureEvent", event, member_).ok());
  const Rows after = world_.server().store().Dump();
  const Answer again = world_.Call("TraceService.CaptureEvent", event, member_);
  EXPECT_TRUE(again.As<v1::CaptureEventResponse>().duplicate());
  EXPECT_EQ(world_.server().store().Dump(), after);
}

TEST_F(ChangeRules, ListsGoPageByPageThroughEverything) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(world_
                    .Call("CatalogService.CreateItem",
                          "item { class_name: 'classes/0415' display_name { en: 'Item " +
                              std::to_string(i) + "' } }",
                          member_)
                    .ok());
  }
  std::set<std::string> codes;
  std::string token;
  int rows = 0;
  do {
    const auto page =
        world_
            .Call("CatalogService.ListItems",
                  "member: '$member' page_size: 2 page_token: '" + token + "'", member_)
            .As<v1::ListItemsResponse>();
    rows += page.items_size();
    for (const auto& item : page.items()) codes.insert(item.code());
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(rows, 7);
  EXPECT_EQ(codes.size(), 7u);
}

TEST_F(ChangeRules, ARevokedKeyOpensNothingFromTheNextCallOn) {
  const std::string check = "page_size: 1";
  ASSERT_TRUE(world_.Call("CatalogService.ListItems", check, member_).ok());
  ASSERT_TRUE(world_.Call("AdminService.RevokeKey", "name: 'keys/2'", world_.admin()).ok());
  EXPECT_EQ(world_.Call("CatalogService.ListItems", check, member_).Outcome(),
            "UNAUTHENTICATED/WRONG_KEY");
}

}  // namespace
}  // namespace radyab::rpc
