#include "tests/grpc/api_world.h"

#include <cstdio>
#include <cstdlib>

#include "google/protobuf/text_format.h"
#include "grpc/handlers.h"
#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/case_service.pb.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/member_service.pb.h"
#include "radyab/v1/notice_service.pb.h"
#include "radyab/v1/party_service.pb.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::rpc {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "api_world: %s\n", what.c_str());
  std::abort();
}

bool IsWord(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

}  // namespace

std::string RequestBytes(const std::string& method, const std::string& text) {
  static const MethodTable methods = AllMethods();
  const auto* described =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName("radyab.v1." + method);
  if (described == nullptr) Fail("no method " + method);
  const std::unique_ptr<google::protobuf::Message> request(methods.Of(*described).request->New());
  if (!google::protobuf::TextFormat::ParseFromString(text, request.get())) {
    Fail(method + ": no such request: " + text);
  }
  return request->SerializeAsString();
}

std::string ApiWorld::Fill(std::string text, const Things& things) {
  for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at)) {
    std::size_t end = at + 1;
    while (end < text.size() && IsWord(text[end])) ++end;
    const auto thing = things.find(text.substr(at + 1, end - at - 1));
    if (thing == things.end()) Fail("no thing of this name: " + text.substr(at));
    text.replace(at, end - at, thing->second);
    at += thing->second.size();
  }
  return text;
}

Answer ApiWorld::Call(const std::string& method, const std::string& request_text,
                      const std::string& secret) const {
  return client().CallBytes(method, RequestBytes(method, Fill(request_text, own_)), secret);
}

Answer ApiWorld::Make(const std::string& method, const std::string& request_text,
                      const Things& things) {
  Answer answer =
      client().CallBytes(method, RequestBytes(method, Fill(request_text, things)), admin());
  if (!answer.ok()) Fail(method + ": " + answer.Outcome() + " " + answer.status.error_message());
  return answer;
}

std::string ApiWorld::MakeKey(const std::string& role, const std::string& member) {
  const Things things = {{"role", "ROLE_" + role}, {"member", member}};
  return Make("AdminService.CreateKey",
              "key { role: $role member: '$member' display_name: 'test' }", things)
      .As<v1::CreateKeyResponse>()
      .secret();
}

Things ApiWorld::MakeMember(const std::string& name, const std::string& gs1_prefix) {
  const auto member = Make("MemberService.CreateMember",
                           "member { display_name { en: '$name' } gs1_company_prefix: '$prefix' }",
                           {{"name", name}, {"prefix", gs1_prefix}})
                          .As<v1::Member>();
  Things things = {{"member", member.name()},
                   {"number", member.name().substr(8)},
                   {"member_party", member.party_code()},
                   {"national_id", "0123456789"}};
  AddCatalog(things);
  AddTrace(things);
  AddNotice(things);
  AddCase(things);
  return things;
}

void ApiWorld::AddCatalog(Things& things) {
  things["item"] =
      Make("CatalogService.CreateItem",
           "item { member: '$member' class_name: 'classes/0412' display_name { en: 'Milk $number' }"
           "  attributes { key: 'fat_percent' value: '3.2' } }"
           "aliases { scheme: ALIAS_SCHEME_SUPPLIER_PART value: 'part $number' }",
           things)
          .As<v1::Item>()
          .code();
  things["spare_item"] =
      Make(
          "CatalogService.CreateItem",
          "item { member: '$member' class_name: 'classes/0412' display_name { en: 'Kefir $number' }"
          "  attributes { key: 'fat_percent' value: '1' } }",
          things)
          .As<v1::Item>()
          .code();
  things["authenticity"] = "47110815263" + things.at("number");
  Make("AuthenticityService.RegisterAuthenticityNumbers",
       "object: '$item' numbers: '$authenticity'", things);
  Make("AliasConflictService.ClaimAlias",
       "code: '$spare_item' reason: 'ours' "
       "alias { scheme: ALIAS_SCHEME_SUPPLIER_PART value: 'part $number' }",
       things);
  things["service"] = Make("CatalogService.CreateService",
                           "service { member: '$member' class_name: 'classes/0415' "
                           "  display_name { en: 'Delivery $number' } }",
                           things)
                          .As<v1::Service>()
                          .code();
  things["party"] = Make("PartyService.CreateParty",
                         "party { member: '$member' kind: PARTY_KIND_PERSON "
                         "  roles: PARTY_ROLE_CUSTOMER display_name { fa: 'مشتری $number' } } "
                         "aliases { scheme: ALIAS_SCHEME_NATIONAL_ID value: '$national_id' }",
                         things)
                        .As<v1::Party>()
                        .code();
  for (const std::string word : {"other_party", "merged_party"}) {
    things[word] = Make("PartyService.CreateParty",
                        "party { member: '$member' kind: PARTY_KIND_PERSON "
                        "  roles: PARTY_ROLE_CUSTOMER display_name { en: 'Other $number' } }",
                        things)
                       .As<v1::Party>()
                       .code();
  }
  Make("LinkageService.MergeParties",
       "survivor: '$other_party' absorbed: '$merged_party' reason: 'typed twice'", things);
}

void ApiWorld::AddTrace(Things& things) {
  things["sscc"] = Make("TraceService.MintSscc", "member: '$member' count: 1", things)
                       .As<v1::MintSsccResponse>()
                       .ssccs(0);
  things["lot"] = things.at("item") + "/lot/L1";
  things["unit"] = things.at("item") + "/serial/S1";
  things["event"] = Make("TraceService.CaptureEvent",
                         "event { kind: EVENT_KIND_COMMISSION event_id: 'made' member: '$member' "
                         "  event_time { seconds: 1700000000 } "
                         "  objects { object: '$lot' quantity { amount: '100' unit: 'C62' } } "
                         "  objects { object: '$unit' lot: 'L1' } }",
                         things)
                        .As<v1::CaptureEventResponse>()
                        .event()
                        .name();
  Make("TraceService.CaptureEvent",
       "event { kind: EVENT_KIND_PACK event_id: 'packed' member: '$member' "
       "  event_time { seconds: 1700000100 } container: 'sscc/$sscc' objects { object: '$unit' } }",
       things);
}

void ApiWorld::AddNotice(Things& things) {
  const auto notice = Make("NoticeService.CreateShippingNotice",
                           "notice { member: '$member' number: 'DN-1' destination_party: '$party' "
                           "  lines { object: '$lot' quantity { amount: '5' unit: 'C62' } } }",
                           things)
                          .As<v1::ShippingNotice>();
  things["notice"] = notice.name();
}

void ApiWorld::AddCase(Things& things) {
  const auto opened =
      Make("CaseService.CreateCase",
           "case { member: '$member' type: CASE_TYPE_COMPLAINT channel: CASE_CHANNEL_PHONE "
           "  subjects { object: '$item' match: SUBJECT_MATCH_TYPED } complainant_party: '$party' "
           "  language: 'fa' narrative: 'sour' owner: 'desk' }",
           things)
          .As<v1::CreateCaseResponse>();
  things["case"] = opened.case_().code();
  things["case_etag"] = opened.case_().etag();
  things["token"] = opened.token();
  const auto other =
      Make("CaseService.CreateCase",
           "case { member: '$member' type: CASE_TYPE_COMPLAINT channel: CASE_CHANNEL_PHONE "
           "  subject_unknown: true anonymous: true language: 'en' narrative: 'late' }",
           things)
          .As<v1::CreateCaseResponse>();
  things["open_case"] = other.case_().code();
  Things step = things;
  step["etag"] = other.case_().etag();
  step["etag"] = Make("CaseService.AdvanceCase",
                      "name: 'cases/$open_case' state: CASE_STATE_ACKNOWLEDGED "
                      "delivery_id: 'mail-1' etag: '$etag'",
                      step)
                     .As<v1::Case>()
                     .etag();
  things["open_case_etag"] =
      Make("CaseService.AdvanceCase",
           "name: 'cases/$open_case' state: CASE_STATE_INVESTIGATING owner: 'lab' etag: '$etag'",
           step)
          .As<v1::Case>()
          .etag();
}

ApiWorld::ApiWorld() {
  for (const std::string key_code : {"04", "0412", "0415"}) {
    const std::string attribute =
        key_code != "0412" ? ""
                           : "attributes { key: 'fat_percent' display_name { en: 'Fat' } "
                             "type: ATTRIBUTE_TYPE_NUMBER required: true }";
    Make("ClassService.CreateClass",
         "class_node { key_code: '$key' display_name { en: 'Class $key' } " + attribute + " }",
         {{"key", key_code}});
  }
  own_ = MakeMember("Sepid Dairy", "626000");
  foreign_ = MakeMember("Other Foods", "626111");
  for (const std::string role : {"MEMBER", "WAREHOUSE", "DESK", "QUALITY", "PARTNER"}) {
    keys_[role] = MakeKey(role, own_.at("member"));
  }
  for (const std::string role : {"ADMIN", "REGISTRAR", "OPERATOR"}) keys_[role] = MakeKey(role, "");
  foreign_key_ = MakeKey("MEMBER", foreign_.at("member"));
  own_["key"] = foreign_["key"] = "keys/2";
  own_["class"] = foreign_["class"] = "classes/0412";
  own_["fresh_class"] = foreign_["fresh_class"] = "0420";
  own_["part"] = "part " + own_.at("number");
  foreign_["part"] = "part " + foreign_.at("number");

  missing_ = own_;
  missing_["member"] = "members/00999";
  missing_["key"] = "keys/999";
  missing_["class"] = "classes/0499";
  missing_["fresh_class"] = "9901";
  missing_["event"] = "events/999999";
  missing_["notice"] = "notices/999999";
  missing_["part"] = "no such part";
  missing_["authenticity"] = "4711081526300999";
  missing_["item"] = missing_["spare_item"] = "1042000017000113";
  missing_["service"] = "8031000017000251";
  missing_["party"] = missing_["other_party"] = missing_["merged_party"] = "7000000017004271";
  missing_["case"] = missing_["open_case"] = "2050500017000710";
  missing_["lot"] = own_.at("item") + "/lot/NONE";
  missing_["unit"] = own_.at("item") + "/serial/NONE";
  missing_["sscc"] = "006260009999999991";
}

}  // namespace radyab::rpc
