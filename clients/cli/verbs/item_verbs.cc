// item create, get, list, update, state.
#include "clients/cli/verbs/coded_verbs.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/catalog_client.h"

namespace radyab::cli {
namespace {

struct ItemThing {
  using Resource = v1::Item;
  using CreateRequest = v1::CreateItemRequest;
  using GetRequest = v1::GetItemRequest;
  using ListRequest = v1::ListItemsRequest;
  using UpdateRequest = v1::UpdateItemRequest;
  static constexpr const char* kFamily = "item";
  static constexpr const char* kCollection = "items";
  static constexpr AliasBearer kBearer = AliasBearer::kItem;
  static constexpr FieldFlag kFlags[] = {
      {"--name-fa", "display_name.fa", "Persian name"},
      {"--name-en", "display_name.en", "English name"},
      {"--member", "member", "its member; without it that of the key"},
      {"--class", "class_name", "key code of its class, at least two levels deep"},
      {"--unit", "unit", "unit in which it is counted, UN/ECE Rec 20; without it C62, the piece"},
  };
  static std::vector<Column> Columns() {
    return {{"CODE", "code"}, {"NAME", "display_name"}, {"CLASS", "class_name"},
            {"UNIT", "unit"}, {"STATE", "life.state"},  {"MEMBER", "member"}};
  }
  template <class Request>
  static Resource& Of(Request& request) {
    return *request.mutable_item();
  }
  using Connection = std::shared_ptr<const client::Connection>;
  static auto Create(const Connection& connection, const CreateRequest& request) {
    return client::CatalogClient(connection).CreateItem(request);
  }
  static auto Get(const Connection& connection, const GetRequest& request) {
    return client::CatalogClient(connection).GetItem(request);
  }
  static auto List(const Connection& connection, const ListRequest& request) {
    return client::CatalogClient(connection).ListItems(request);
  }
  static auto Update(const Connection& connection, const UpdateRequest& request) {
    return client::CatalogClient(connection).UpdateItem(request);
  }
};

}  // namespace

void AddItemVerbs(CLI::App& app, Session& session) {
  CodedVerbs<ItemThing>::Add(app, session, "product types");
  AddItemDuplicateVerbs(FamilyOf(app, ItemThing::kFamily), session);
}

}  // namespace radyab::cli
