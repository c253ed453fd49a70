#include "tests/clients/offline/site_world.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace radyab::offline {
namespace {

template <class T>
T Need(client::Answer<T> answer, const char* what) {
  if (!answer) {
    std::fprintf(stderr, "%s: %s %s\n", what, answer.error().reason.c_str(),
                 answer.error().message.c_str());
    std::abort();
  }
  return std::move(answer).value();
}

}  // namespace

SiteFolder::SiteFolder() {
  std::string made = (std::filesystem::temp_directory_path() / "radyab-site-XXXXXX").string();
  if (mkdtemp(made.data()) == nullptr) std::abort();
  path_ = made;
}

SiteFolder::~SiteFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

SiteWorld::SiteWorld()
    : admin_(As(server_.admin())),
      member_(NewMember("Maker")),
      other_(NewMember("Shop")),
      site_(As(NewKey(v1::ROLE_WAREHOUSE, member_))) {
  NeedClass("04");
  NeedClass("0415");
}

client::Client SiteWorld::As(const std::string& secret, int attempts_max) const {
  client::ConnectionOptions options;
  options.address = "127.0.0.1:" + std::to_string(server_.port());
  options.key = secret;
  options.retry.attempts_max = attempts_max;
  return Need(client::Client::Open(options), "connect");
}

std::string SiteWorld::NewMember(const std::string& name) {
  v1::CreateMemberRequest request;
  request.mutable_member()->mutable_display_name()->set_en(name);
  return Need(admin_.members.CreateMember(request), "member").name();
}

std::string SiteWorld::NewKey(v1::Role role, const std::string& member) {
  v1::CreateKeyRequest request;
  request.mutable_key()->set_role(role);
  request.mutable_key()->set_member(member);
  request.mutable_key()->set_display_name("site");
  return Need(admin_.admin.CreateKey(request), "key").secret();
}

void SiteWorld::NeedClass(const std::string& key_code) {
  v1::CreateClassRequest request;
  request.mutable_class_node()->set_key_code(key_code);
  request.mutable_class_node()->mutable_display_name()->set_en("Class " + key_code);
  Need(admin_.classes.CreateClass(request), "class");
}

v1::Item SiteWorld::NewItem(const std::string& member, const std::string& name,
                            const std::vector<v1::Alias>& aliases) {
  v1::CreateItemRequest request;
  request.mutable_item()->set_member(member);
  request.mutable_item()->set_class_name("classes/0415");
  request.mutable_item()->mutable_display_name()->set_en(name);
  request.mutable_item()->mutable_display_name()->set_fa("کالا " + name);
  for (const v1::Alias& alias : aliases) *request.add_aliases() = alias;
  return Need(admin_.catalog.CreateItem(request), "item");
}

v1::Service SiteWorld::NewService(const std::string& member, const std::string& name,
                                  const std::vector<v1::Alias>& aliases) {
  v1::CreateServiceRequest request;
  request.mutable_service()->set_member(member);
  request.mutable_service()->set_class_name("classes/0415");
  request.mutable_service()->mutable_display_name()->set_en(name);
  for (const v1::Alias& alias : aliases) *request.add_aliases() = alias;
  return Need(admin_.catalog.CreateService(request), "service");
}

v1::Party SiteWorld::NewParty(const std::string& member, const std::string& name,
                              const std::vector<v1::Alias>& aliases) {
  v1::CreatePartyRequest request;
  request.mutable_party()->set_member(member);
  request.mutable_party()->set_kind(v1::PARTY_KIND_ORGANISATION);
  request.mutable_party()->add_roles(v1::PARTY_ROLE_CUSTOMER);
  request.mutable_party()->mutable_display_name()->set_en(name);
  for (const v1::Alias& alias : aliases) *request.add_aliases() = alias;
  return Need(admin_.parties.CreateParty(request), "party");
}

void SiteWorld::NewLot(const std::string& object, const std::string& expiry_date) {
  v1::GetItemRequest item;
  item.set_name("items/" + object.substr(0, object.find('/')));
  v1::CaptureEventRequest request;
  v1::Event& event = *request.mutable_event();
  event.set_kind(v1::EVENT_KIND_COMMISSION);
  event.set_member(Need(admin_.catalog.GetItem(item), "item").member());
  event.mutable_event_time()->set_seconds(1'760'000'000);
  v1::EventObject& made = *event.add_objects();
  made.set_object(object);
  made.mutable_quantity()->set_amount("5");
  made.mutable_quantity()->set_unit("C62");
  made.set_expiry_date(expiry_date);
  Need(admin_.trace.CaptureEvent(request), "lot");
}

void SiteWorld::AddAlias(const std::string& code, const v1::Alias& alias) {
  v1::AddAliasRequest request;
  request.set_code(code);
  *request.mutable_alias() = alias;
  Need(admin_.catalog.AddAlias(request), "alias");
}

void SiteWorld::EndAlias(const std::string& code, const v1::Alias& alias) {
  v1::EndAliasRequest request;
  request.set_code(code);
  *request.mutable_alias() = alias;
  Need(admin_.catalog.EndAlias(request), "end of alias");
}

void SiteWorld::ChangeLife(const std::string& code, v1::LifeState state, const std::string& reason,
                           const std::string& successor) {
  v1::ChangeLifeStateRequest request;
  request.set_code(code);
  request.set_state(state);
  request.set_reason(reason);
  request.set_successor_code(successor);
  Need(admin_.catalog.ChangeLifeState(request), "life");
}

void SiteWorld::Merge(const std::string& code, const std::string& successor) {
  v1::ChangeLifeStateRequest request;
  request.set_code(code);
  request.set_state(v1::LIFE_STATE_MERGED);
  request.set_reason("one thing");
  request.set_successor_code(successor);
  auto merged = admin_.catalog.ChangeLifeState(request);
  if (!merged && merged.error().reason != "ALREADY_EXISTS") Need(std::move(merged), "merge");
}

FetchPack SiteWorld::Fetcher() const {
  return [this](const v1::FetchCodePackRequest& request, const auto& take) {
    return site_.packs.FetchCodePack(request, take);
  };
}

Answer<PackChange> SiteWorld::Fetch(PackStore& pack, const PackWanted& wanted) const {
  return pack.Fetch(wanted, Fetcher());
}

v1::Alias AliasOfScheme(v1::AliasScheme scheme, const std::string& value, int contained) {
  v1::Alias alias;
  alias.set_scheme(scheme);
  alias.set_value(value);
  if (contained > 0) alias.set_contained_quantity(contained);
  return alias;
}

std::int64_t NowUs() { return AskedNow().now_us; }

}  // namespace radyab::offline
