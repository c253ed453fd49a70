#include "tests/end_to_end/crash_change.h"

#include "coding/check_digits.h"

namespace radyab::crash {
namespace {

constexpr std::int64_t kEventSeconds = 1'772'000'000;  // some moment of 2026
constexpr int kSsccCount = 3;

template <class Message>
client::Answer<Given> GivenBy(const client::Answer<Message>& answer,
                              std::vector<std::string> numbers) {
  if (!answer) return answer.error();
  return Given{std::move(numbers), answer->SerializeAsString()};
}

client::Answer<Given> SendItem(const client::Client& client, const std::string& id) {
  v1::CreateItemRequest request;
  request.set_request_id(id);
  request.mutable_item()->set_class_name("classes/010503");
  request.mutable_item()->mutable_display_name()->set_en(NameOf(id));
  request.mutable_item()->mutable_display_name()->set_fa("شکر " + id);
  for (const auto& [key, value] : {std::pair("brand", "Anbarak"), std::pair("storage", "ambient"),
                                   std::pair("net_weight", "0.9")}) {
    auto& attribute = *request.mutable_item()->add_attributes();
    attribute.set_key(key);
    attribute.set_value(value);
  }
  auto& gtin = *request.add_aliases();
  gtin.set_scheme(v1::ALIAS_SCHEME_GTIN);
  gtin.set_value(GtinOf(id));
  auto& part = *request.add_aliases();
  part.set_scheme(v1::ALIAS_SCHEME_SUPPLIER_PART);
  part.set_value(PartOf(id));
  const auto answer = client.catalog.CreateItem(request);
  return GivenBy(answer, answer ? std::vector{answer->code(), answer->generic_item()}
                                : std::vector<std::string>{});
}

client::Answer<Given> SendParty(const client::Client& client, const std::string& id) {
  v1::CreatePartyRequest request;
  request.set_request_id(id);
  request.mutable_party()->set_kind(v1::PARTY_KIND_PERSON);
  request.mutable_party()->add_roles(v1::PARTY_ROLE_CUSTOMER);
  request.mutable_party()->mutable_display_name()->set_en(NameOf(id));
  request.mutable_party()->set_email("c" + id + "@example.com");
  const auto answer = client.parties.CreateParty(request);
  return GivenBy(answer, answer ? std::vector{answer->code()} : std::vector<std::string>{});
}

client::Answer<Given> SendEvent(const client::Client& client, const Change& change) {
  v1::CaptureEventRequest request;
  request.set_request_id(change.id);
  v1::Event& event = *request.mutable_event();
  event.set_event_id(change.id);
  event.set_kind(v1::EVENT_KIND_COMMISSION);
  event.mutable_event_time()->set_seconds(kEventSeconds);
  event.set_zone_offset("+03:30");
  event.add_objects()->set_object(UnitOf(change));
  event.mutable_objects(0)->set_lot("L" + change.id);
  const auto answer = client.trace.CaptureEvent(request);
  return GivenBy(answer, answer ? std::vector{answer->event().name()} : std::vector<std::string>{});
}

client::Answer<Given> SendSscc(const client::Client& client, const std::string& id) {
  v1::MintSsccRequest request;
  request.set_request_id(id);
  request.set_count(kSsccCount);
  const auto answer = client.trace.MintSscc(request);
  return GivenBy(answer,
                 answer ? std::vector<std::string>(answer->ssccs().begin(), answer->ssccs().end())
                        : std::vector<std::string>{});
}

client::Answer<Given> SendCase(const client::Client& client, const Change& change) {
  v1::CreateCaseRequest request;
  request.set_request_id(change.id);
  v1::Case& opened = *request.mutable_case_();
  opened.set_type(v1::CASE_TYPE_COMPLAINT);
  opened.set_channel(v1::CASE_CHANNEL_WEB);
  opened.set_language("fa");
  opened.set_narrative("کیسه پاره بود " + change.id);
  opened.set_anonymous(true);
  opened.add_subjects()->set_object(change.subject);
  opened.mutable_subjects(0)->set_match(v1::SUBJECT_MATCH_TYPED);
  const auto answer = client.cases.CreateCase(request);
  return GivenBy(answer, answer ? std::vector{answer->case_().code()} : std::vector<std::string>{});
}

}  // namespace

client::Answer<Given> Send(const client::Client& client, const Change& change) {
  switch (change.kind) {
    case ChangeKind::kItem:
      return SendItem(client, change.id);
    case ChangeKind::kParty:
      return SendParty(client, change.id);
    case ChangeKind::kEvent:
      return SendEvent(client, change);
    case ChangeKind::kSscc:
      return SendSscc(client, change.id);
    case ChangeKind::kCase:
      return SendCase(client, change);
  }
  return client::ClientError{.message = "no kind of change"};
}

std::string GtinOf(const std::string& id) {
  // 952 is GS1's prefix for demonstrations; the id makes the rest.
  const std::string digits = "952" + std::string(9 - id.size(), '0') + id;
  return digits + coding::Gs1CheckDigit(digits);
}

std::string PartOf(const std::string& id) { return "CR-" + id; }

std::string NameOf(const std::string& id) { return "crash " + id; }

std::string UnitOf(const Change& change) { return change.subject + "/serial/" + change.id; }

}  // namespace radyab::crash
