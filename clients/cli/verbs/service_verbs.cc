// service create, get, list, update, state.
#include "clients/cli/verbs/coded_verbs.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/catalog_client.h"

namespace radyab::cli {
namespace {

struct ServiceThing {
  using Resource = v1::Service;
  using CreateRequest = v1::CreateServiceRequest;
  using GetRequest = v1::GetServiceRequest;
  using ListRequest = v1::ListServicesRequest;
  using UpdateRequest = v1::UpdateServiceRequest;
  static constexpr const char* kFamily = "service";
  static constexpr const char* kCollection = "services";
  static constexpr AliasBearer kBearer = AliasBearer::kService;
  static constexpr FieldFlag kFlags[] = {
      {"--name-fa", "display_name.fa", "Persian name"},
      {"--name-en", "display_name.en", "English name"},
      {"--member", "member", "its member; without it that of the key"},
      {"--class", "class_name", "key code of its class, at least two levels deep"},
  };
  static std::vector<Column> Columns() {
    return {{"CODE", "code"},
            {"NAME", "display_name"},
            {"CLASS", "class_name"},
            {"STATE", "life.state"},
            {"MEMBER", "member"}};
  }
  template <class Request>
  static Resource& Of(Request& request) {
    return *request.mutable_service();
  }
  using Connection = std::shared_ptr<const client::Connection>;
  static auto Create(const Connection& connection, const CreateRequest& request) {
    return client::CatalogClient(connection).CreateService(request);
  }
  static auto Get(const Connection& connection, const GetRequest& request) {
    return client::CatalogClient(connection).GetService(request);
  }
  static auto List(const Connection& connection, const ListRequest& request) {
    return client::CatalogClient(connection).ListServices(request);
  }
  static auto Update(const Connection& connection, const UpdateRequest& request) {
    return client::CatalogClient(connection).UpdateService(request);
  }
};

}  // namespace

void AddServiceVerbs(CLI::App& app, Session& session) {
  CodedVerbs<ServiceThing>::Add(app, session, "coded services");
  AddServiceDuplicateVerbs(FamilyOf(app, ServiceThing::kFamily), session);
}

}  // namespace radyab::cli
