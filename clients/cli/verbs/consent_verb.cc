// party consent: one consent given or withdrawn, the others left as they are.
#include <algorithm>

#include "clients/cli/contact_words.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/party_client.h"

namespace radyab::cli {
namespace {

struct ConsentArguments {
  std::string code;
  std::vector<std::string> consents;
};

// Puts the consent in the place of the one to the same thing. A withdrawal keeps when it was given.
void TakeConsent(const v1::Consent& wanted, v1::Party& party) {
  const auto same = std::ranges::find_if(*party.mutable_consents(), [&](const v1::Consent& one) {
    return one.purpose() == wanted.purpose() && one.channel() == wanted.channel();
  });
  if (same == party.mutable_consents()->end()) {
    *party.add_consents() = wanted;
    return;
  }
  v1::Consent taken = wanted;
  if (!taken.has_given_time() && same->has_given_time()) {
    *taken.mutable_given_time() = same->given_time();
  }
  *same = std::move(taken);
}

ExitCode ChangeConsents(Session& session, const ConsentArguments& arguments) {
  const auto name = CodeName("parties", arguments.code);
  if (TakeOrPrint(session.errors(), "code", name) == nullptr) return ExitCode::kRefused;
  std::vector<v1::Consent> wanted;
  for (const std::string& word : arguments.consents) {
    const auto consent = ConsentOf(word);
    if (TakeOrPrint(session.errors(), "consent", consent) == nullptr) return ExitCode::kRefused;
    wanted.push_back(*consent);
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::PartyClient parties(connection);
  v1::GetPartyRequest get;
  get.set_name(*name);
  auto present = parties.GetParty(get);
  if (!present) return session.errors().Print(present.error());
  v1::UpdatePartyRequest update;
  v1::Party& party = *update.mutable_party();
  party.set_name(*name);
  party.set_etag(present->etag());
  *party.mutable_consents() = present->consents();
  for (const v1::Consent& consent : wanted) TakeConsent(consent, party);
  update.mutable_update_mask()->add_paths("consents");
  return PrintAnswer(session, parties.UpdateParty(update));
}

}  // namespace

void AddConsentVerb(CLI::App& party, Session& session) {
  auto consent = std::make_shared<ConsentArguments>();
  CLI::App& verb =
      AddVerb(party, "consent", "notes what a party allowed or forbade, beside its other consents",
              session, [&session, consent] { return ChangeConsents(session, *consent); });
  AddText(verb, "code", consent->code, "its code").Required();
  AddTexts(verb, "consents", consent->consents,
           "PURPOSE/CHANNEL=given or =withdrawn, with @TIME unless it is now")
      .Required();
}

}  // namespace radyab::cli
