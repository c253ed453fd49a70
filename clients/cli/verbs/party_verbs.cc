// party create, get, list, update, state, and what makes parties one.
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
      {"--contact", "contact_points",
       "one more: phone=NUMBER or email=ADDRESS, with ,verified behind it if it is; again for each",
       true},
      {"--postcode", "address.postcode", "postcode"},
      {"--city", "address.city", "town or village"},
      {"--street", "address.street", "street"},
      {"--number", "address.number", "number of the house"},
      {"--unit", "address.unit", "floor or flat"},
      {"--birth-date", "birth_date", "of a person: 1983-07-06 or 1362-04-15"},
      {"--consent", "consents",
       "PURPOSE/CHANNEL=given or =withdrawn, with @TIME unless it is now; again for each", true},
      {"--channel", "preferred_channel", "how it wants to be spoken to: phone, sms, email, post …"},
      {"--verified", "verified_schemes",
       "an identifier that was checked with its issuer: national_id or legal_id", true},
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
  CLI::App& party = FamilyOf(app, PartyThing::kFamily);
  AddConsentVerb(party, session);
  AddMergeVerbs(party, session);
  AddPartyDuplicateVerbs(party, session);
  AddHouseholdVerbs(party, session);
  AddCleanVerb(party, session);
}

}  // namespace radyab::cli
