// Everything a careless or hostile client sends: each is refused with code, reason and place,
// changes no row, and the next good call succeeds.
#include <gtest/gtest.h>

#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/code_service.pb.h"
#include "registry/page.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

// One bad request and what must come back.
struct BadCall {
  std::string method;
  std::string request;  // protobuf text
  std::string outcome;  // "INVALID_ARGUMENT/INVALID_CODE"
  std::string field;    // of the first violation
  std::string at;       // metadata "at"; "" for none
};

class BadInput : public ::testing::Test {
 protected:
  // Checks that nothing changed and that the server still serves.
  ~BadInput() override {
    EXPECT_EQ(world_.server().store().Dump(), before_);
    ExpectGoodCall();
  }
  void ExpectGoodCall() {
    const Answer good = world_.Call(
        "CatalogService.CreateItem",
        "item { class_name: 'classes/0415' display_name { en: 'Good' } }", world_.Key("MEMBER"));
    EXPECT_TRUE(good.ok()) << ::testing::PrintToString(good);
    world_.server().store().Restore(before_);
  }
  void ExpectRefused(const BadCall& bad) {
    const Answer answer = world_.Call(bad.method, bad.request, world_.Key("MEMBER"));
    const std::string what = bad.method + " " + bad.request.substr(0, 120);
    EXPECT_EQ(answer.Outcome(), bad.outcome) << what << ": " << ::testing::PrintToString(answer);
    EXPECT_EQ(answer.first_field(), bad.field) << what;
    const auto at = answer.metadata.find("at");
    EXPECT_EQ(at == answer.metadata.end() ? "" : at->second, bad.at) << what;
    EXPECT_EQ(world_.server().store().Dump(), before_) << what;
  }
  // The item's code with this change.
  std::string Code(std::size_t place, char digit) const {
    std::string code = world_.own().at("item");
    code.at(place) = code[place] == digit ? '5' : digit;
    return code;
  }

  ApiWorld world_;
  const Rows before_ = world_.server().store().Dump();
};

TEST_F(BadInput, CodesThatAreNone) {
  std::string letters = world_.own().at("item");
  letters[6] = 'x';
  const std::string short_code = world_.own().at("item").substr(1);
  // A code of the wrong length is wrong as a whole; in an object word it is the part that begins
  // there.
  struct BadCode {
    std::string code;
    std::string at;
    std::string at_in_word;
  };
  const BadCode codes[] = {
      {Code(9, '4'), "15", "15"},  // the check pair
      {letters, "7", "7"},
      {short_code, "0", "1"},
      {"", "0", "1"},
      {std::string(1'000'000, '1'), "0", "0"},
  };
  for (const auto& [code, at, at_in_word] : codes) {
    ExpectRefused({"CatalogService.GetItem", "name: 'items/" + code + "'",
                   "INVALID_ARGUMENT/INVALID_CODE", "name", at});
    ExpectRefused({"CatalogService.ChangeLifeState",
                   "code: '" + code + "' state: LIFE_STATE_SUSPENDED reason: 'x'",
                   "INVALID_ARGUMENT/INVALID_CODE", "code", at});
    ExpectRefused({"PartyService.GetParty", "name: 'parties/" + code + "'",
                   "INVALID_ARGUMENT/INVALID_CODE", "name", at});
    ExpectRefused({"CaseService.GetCase", "name: 'cases/" + code + "'",
                   "INVALID_ARGUMENT/INVALID_CODE", "name", at});
    ExpectRefused({"TraceService.TraceForward", "object: '" + code + "/lot/L1'",
                   "INVALID_ARGUMENT/INVALID_FIELD", "object", at_in_word});
  }
}

TEST_F(BadInput, TextsThatLeadNowhere) {
  ExpectRefused({"CodeService.Resolve", "text: ''", "INVALID_ARGUMENT/INVALID_CODE", "text", "0"});
  ExpectRefused({"CodeService.Resolve", "text: '" + std::string(1'000'000, '1') + "'",
                 "INVALID_ARGUMENT/INVALID_CODE", "text", ""});
  ExpectRefused({"CodeService.Resolve", "text: '(01)04006381333931(05)x'",
                 "INVALID_ARGUMENT/INVALID_CODE", "text", "19"});
  ExpectRefused({"CodeService.Resolve", "text: '(01)04006381333932'",
                 "INVALID_ARGUMENT/INVALID_CODE", "text", "18"});
  ExpectRefused({"CodeService.Resolve", "text: '" + Code(9, '4') + "'",
                 "INVALID_ARGUMENT/INVALID_CODE", "text", "15"});
  ExpectRefused({"CodeService.Resolve", "text: 'no code at all'", "NOT_FOUND/NOT_FOUND", "", ""});
}

TEST_F(BadInput, ChecksAnswerWithTheRefusalInsteadOfFailing) {
  const auto check = [&](const std::string& text) {
    const Answer answer = world_.Call("CodeService.Check", "text: '" + text + "'", "");
    EXPECT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
    return answer.As<v1::CheckResponse>();
  };
  EXPECT_TRUE(check(world_.own().at("item")).valid());
  EXPECT_EQ(check(Code(9, '4')).refusal().reason(), "WRONG_CHECK_DIGIT");
  EXPECT_EQ(check("104200001700011x").refusal().reason(), "INVALID_CHARACTER");
  EXPECT_EQ(check("104200001700011x").refusal().at(), 16);
  EXPECT_EQ(check(std::string(1'000'000, '1')).refusal().reason(), "TOO_LONG");
}

TEST_F(BadInput, TextThatIsNotUtf8) {
  const std::string secret = world_.Key("MEMBER");
  v1::CreateItemRequest request;
  request.mutable_item()->set_class_name("classes/0415");
  const std::string bytes =
      request.SerializeAsString() + std::string("\x0a\x07\x2a\x05\x12\x03", 6) + "ab\xff";
  const Answer answer = world_.client().CallBytes("CatalogService.CreateItem", bytes, secret);
  EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
  EXPECT_EQ(answer.first_field(), "item.display_name.en");
  EXPECT_EQ(answer.metadata.at("refusal"), "INVALID_UTF8");
  EXPECT_EQ(answer.metadata.at("at"), "3");
}

TEST_F(BadInput, BytesThatAreNoMessage) {
  for (const std::string& bytes : {std::string("\xff\xff\xff"), std::string("\x0a\x50short", 7)}) {
    const Answer answer =
        world_.client().CallBytes("CatalogService.CreateItem", bytes, world_.Key("MEMBER"));
    EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
  }
}

TEST_F(BadInput, ItemsThatDoNotFillTheirClass) {
  ExpectRefused({"CatalogService.CreateItem",
                 "item { class_name: 'classes/0999' display_name { en: 'x' } }",
                 "INVALID_ARGUMENT/UNKNOWN_CLASS", "item.class_name", ""});
  ExpectRefused({"CatalogService.CreateItem",
                 "item { class_name: 'classes/0412' display_name { en: 'x' } }",
                 "INVALID_ARGUMENT/MISSING_ATTRIBUTE", "item.attributes", ""});
  ExpectRefused({"CatalogService.CreateItem",
                 "item { class_name: 'classes/0412' display_name { en: 'x' } "
                 "attributes { key: 'fat_percent' value: 'much' } }",
                 "INVALID_ARGUMENT/WRONG_ATTRIBUTE", "item.attributes[0].value", ""});
  ExpectRefused({"CatalogService.CreateItem", "item { class_name: 'classes/0415' }",
                 "INVALID_ARGUMENT/MISSING_FIELD", "item.display_name", ""});
}

TEST_F(BadInput, StaleEtags) {
  ExpectRefused({"CatalogService.UpdateItem",
                 "item { name: 'items/$item' display_name { en: 'x' } etag: 'ffff' } "
                 "update_mask { paths: 'display_name.en' }",
                 "ABORTED/STALE_ETAG", "", ""});
}

TEST_F(BadInput, MasksOfUnknownFields) {
  ExpectRefused({"CatalogService.UpdateItem",
                 "item { name: 'items/$item' } update_mask { paths: 'code' }",
                 "INVALID_ARGUMENT/UNKNOWN_FIELD", "update_mask.paths[0]", ""});
  ExpectRefused({"CatalogService.UpdateItem", "item { name: 'items/$item' }",
                 "INVALID_ARGUMENT/MISSING_FIELD", "update_mask", ""});
}

TEST_F(BadInput, ListsOfAMillionEmptyEntries) {
  const std::string secret = world_.Key("MEMBER");
  v1::UpdateItemRequest update;
  update.mutable_item()->set_name("items/" + world_.own().at("item"));
  std::string mask;
  for (int i = 0; i < 1'000'000; ++i) mask += std::string("\x0a\x00", 2);
  update.mutable_update_mask()->ParseFromString(mask);
  // Nothing of it reaches the store's queue: the mask is refused while that is held.
  world_.server().store().Hold();
  const Answer masked = world_.client().Call("CatalogService.UpdateItem", update, secret);
  world_.server().store().Release();
  EXPECT_EQ(masked.Outcome(), "INVALID_ARGUMENT/LIMIT_EXCEEDED");
  EXPECT_EQ(masked.first_field(), "update_mask.paths");

  v1::CreateItemRequest create;
  create.mutable_item()->set_class_name("classes/0412");
  create.mutable_item()->mutable_display_name()->set_en("x");
  for (int i = 0; i < 1'000'000; ++i) create.mutable_item()->add_attributes();
  const Answer many = world_.client().Call("CatalogService.CreateItem", create, secret);
  EXPECT_EQ(many.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
  EXPECT_EQ(many.first_field(), "item.attributes");
  EXPECT_EQ(many.fields.size(), 1u);
}

TEST_F(BadInput, PageTokensOfAnotherList) {
  const Answer page = world_.Call("CatalogService.ListItems", "page_size: 1", world_.Key("MEMBER"));
  const std::string token = page.As<v1::ListItemsResponse>().next_page_token();
  ASSERT_NE(token, "");
  EXPECT_TRUE(
      world_.Call("CatalogService.ListItems", "page_token: '" + token + "'", world_.Key("MEMBER"))
          .ok());
  for (const std::string& request :
       {"member: '$member' page_token: '" + token + "'", std::string("page_token: 'garbage'")}) {
    ExpectRefused({"CatalogService.ListItems", request, "INVALID_ARGUMENT/INVALID_PAGE_TOKEN",
                   "page_token", ""});
  }
  ExpectRefused({"CatalogService.ListServices", "page_token: '" + token + "'",
                 "INVALID_ARGUMENT/INVALID_PAGE_TOKEN", "page_token", ""});
  ExpectRefused({"CatalogService.ListItems", "page_size: -1", "INVALID_ARGUMENT/INVALID_FIELD",
                 "page_size", ""});
}

TEST_F(BadInput, RequestIdsThatAreTooLongOrNoText) {
  const std::string item = "item { class_name: 'classes/0415' display_name { en: 'x' } } ";
  ExpectRefused({"CatalogService.CreateItem", item + "request_id: '" + std::string(65, 'x') + "'",
                 "INVALID_ARGUMENT/INVALID_FIELD", "request_id", ""});
  ExpectRefused({"CatalogService.CreateItem", item + "request_id: 'a\\nb'",
                 "INVALID_ARGUMENT/INVALID_FIELD", "request_id", ""});
}

TEST_F(BadInput, KeysThatAreMissingWrongOrMalformed) {
  const std::string request = RequestBytes("CatalogService.ListItems", "");
  const auto outcome = [&](const std::multimap<std::string, std::string>& metadata) {
    return world_.client().CallWith("CatalogService.ListItems", request, metadata).Outcome();
  };
  const std::string secret = world_.Key("MEMBER");
  EXPECT_EQ(outcome({}), "UNAUTHENTICATED/NO_KEY");
  EXPECT_EQ(outcome({{"authorization", "Bearer rk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}),
            "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(outcome({{"authorization", "Basic " + secret}}), "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(outcome({{"authorization", ""}}), "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(outcome({{"authorization", "Bearer "}}), "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(outcome({{"authorization", "Bearer " + secret},
                     {"authorization", "Bearer " + world_.admin()}}),
            "UNAUTHENTICATED/WRONG_KEY");
  EXPECT_EQ(outcome({{"authorization", "bearer " + secret}}), "OK");
  EXPECT_EQ(outcome({{"authorization", "Bearer " + std::string(7'000, 'x')}}),
            "UNAUTHENTICATED/WRONG_KEY");
}

TEST_F(BadInput, RolesAndMembersThatAreNotTheCallers) {
  const std::string member = "member { display_name { en: 'x' } }";
  const Answer role = world_.Call("MemberService.CreateMember", member, world_.Key("WAREHOUSE"));
  EXPECT_EQ(role.Outcome(), "PERMISSION_DENIED/ROLE_NOT_ALLOWED");
  EXPECT_EQ(role.metadata.at("role"), "ROLE_WAREHOUSE");
  EXPECT_EQ(role.metadata.at("method"), "MemberService.CreateMember");
  const Answer foreign =
      world_.Call("PartyService.GetParty", "name: 'parties/$party'", world_.ForeignKey());
  EXPECT_EQ(foreign.Outcome(), "NOT_FOUND/NOT_FOUND");
}

TEST_F(BadInput, MessagesOverTheLimit) {
  const std::string secret = world_.Key("MEMBER");
  const auto outcome = [&](std::size_t bytes) {
    v1::CheckRequest request;
    request.mutable_text()->assign(bytes, '1');
    return world_.client().Call("CodeService.Check", request, secret).Outcome();
  };
  EXPECT_EQ(outcome(kMessageBytesMax - 10), "OK");
  EXPECT_EQ(outcome(kMessageBytesMax + 1), "RESOURCE_EXHAUSTED/MESSAGE_TOO_LARGE");
  EXPECT_EQ(outcome(kReceiveBytesMax - 10), "RESOURCE_EXHAUSTED/MESSAGE_TOO_LARGE");
  EXPECT_EQ(outcome(kReceiveBytesMax + 10), "RESOURCE_EXHAUSTED") << "gRPC itself ends it";
}

TEST_F(BadInput, BatchesOverTheLimit) {
  const auto batch = [&](int texts) {
    v1::BatchResolveRequest request;
    for (int i = 0; i < texts; ++i) request.add_texts(world_.own().at("item"));
    return world_.client().Call("CodeService.BatchResolve", request, world_.Key("MEMBER"));
  };
  EXPECT_EQ(batch(1000).As<v1::BatchResolveResponse>().resolutions_size(), 1000);
  const Answer refused = batch(1001);
  EXPECT_EQ(refused.Outcome(), "INVALID_ARGUMENT/LIMIT_EXCEEDED");
  EXPECT_EQ(refused.first_field(), "texts");
}

TEST_F(BadInput, MethodsThatAreNotThere) {
  EXPECT_EQ(
      world_.client().CallBytes("CatalogService.DropEverything", "", world_.admin()).Outcome(),
      "UNIMPLEMENTED");
}

TEST_F(BadInput, ABatchAnswersEveryTextByItself) {
  v1::BatchResolveRequest request;
  request.add_texts(world_.own().at("item"));
  request.add_texts("(01)04006381333932");
  request.add_texts(world_.foreign().at("party"));
  request.add_texts("");
  request.add_texts("sscc/" + world_.own().at("sscc"));
  const auto answer = world_.client()
                          .Call("CodeService.BatchResolve", request, world_.Key("MEMBER"))
                          .As<v1::BatchResolveResponse>();
  ASSERT_EQ(answer.resolutions_size(), 5);
  EXPECT_TRUE(answer.resolutions(0).has_item());
  EXPECT_EQ(answer.resolutions(1).refusal().reason(), "INVALID_CODE");
  EXPECT_EQ(answer.resolutions(1).refusal().code_refusal().reason(), "WRONG_CHECK_DIGIT");
  EXPECT_EQ(answer.resolutions(2).refusal().reason(), "NOT_FOUND");
  EXPECT_EQ(answer.resolutions(3).refusal().reason(), "INVALID_CODE");
  EXPECT_FALSE(answer.resolutions(4).has_refusal());
}

}  // namespace
}  // namespace radyab::rpc
