// party create, get, list, update, state.
#include "clients/cli/verbs/coded_verbs.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/party_client.h"

namespace radyab::cli {
namespace {

struct PartyThing {
  using Resource = v1::Party;
  using CreateRequest = v1::CreatePartyRequest;
  using GetRequest = v1::GetPartyRequest;
  using ListRequest = v1::ListPartiesRequest;
  using UpdateRequest = v1::UpdatePartyRequest;
  static constexpr const char* kFamily = "party";
  static constexpr const char* kCollection = "parties";
  static constexpr AliasBearer kBearer = AliasBearer::kParty;
  static constexpr FieldFlag kFlags[] = {
      {"--name-fa", "display_name.fa", "Persian name"},
      {"--name-en", "display_name.en", "English name"},
      {"--member", "member", "its member; without it that of the key"},
      {"--kind", "kind", "person or organisation"},
      {"--role", "roles", "customer or supplier; again for both", true},
      {"--phone", "phone", "telephone"},
      {"--email", "email", "e-mail address"},
  };
  static std::vector<Column> Columns() {
    return {{"CODE", "code"},   {"NAME", "display_name"}, {"KIND", "kind"},
            {"ROLES", "roles"}, {"STATE", "life.state"},  {"MEMBER", "member"}};
  }
  template <class Request>
  static Resource& Of(Request& request) {
    return *request.mutable_party();
  }
  using Connection = std::shared_ptr<const client::Connection>;
  static auto Create(const Connection& connection, const CreateRequest& request) {
    return client::PartyClient(connection).CreateParty(request);
  }
  static auto Get(const Connection& connection, const GetRequest& request) {
    return client::PartyClient(connection).GetParty(request);
  }
  static auto List(const Connection& connection, const ListRequest& request) {
    return client::PartyClient(connection).ListParties(request);
  }
  static auto Update(const Connection& connection, const UpdateRequest& request) {
    return client::PartyClient(connection).UpdateParty(request);
  }
};

}  // namespace

void AddPartyVerbs(CLI::App& app, Session& session) {
  CodedVerbs<PartyThing>::Add(app, session, "customers and suppliers");
}

}  // namespace radyab::cli
