#include "clients/cli/verbs/life_state.h"

#include "clients/cli/message_field.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cpp/catalog_client.h"

namespace radyab::cli {
namespace {

struct LifeStateArguments {
  std::string code;
  std::string state;
  std::string reason;
  std::string successor;
  std::string etag;
  std::string request_id;
};

ExitCode ChangeLifeState(Session& session, const LifeStateArguments& arguments) {
  v1::ChangeLifeStateRequest request;
  const auto take = [&](const char* what, const char* field, const std::string& value) {
    if (value.empty()) return true;
    const auto refusal = SetField(request, field, value);
    if (refusal) session.errors().PrintRefusal(what, *refusal);
    return !refusal;
  };
  if (!take("code", "code", arguments.code) || !take("state", "state", arguments.state) ||
      !take("--successor", "successor_code", arguments.successor)) {
    return ExitCode::kRefused;
  }
  request.set_reason(arguments.reason);
  request.set_etag(arguments.etag);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::CatalogClient(connection).ChangeLifeState(request));
}

}  // namespace

void AddLifeStateVerb(CLI::App& family, Session& session) {
  auto state = std::make_shared<LifeStateArguments>();
  CLI::App& verb = AddVerb(family, "state", "moves its code to another state of its life", session,
                           [&session, state] { return ChangeLifeState(session, *state); });
  AddText(verb, "code", state->code, "the code").Required();
  AddText(verb, "state", state->state, "active, suspended, retired, merged, duplicate or annulled")
      .Required();
  AddText(verb, "--reason", state->reason, "why, 1 to 500 characters").Required();
  AddText(verb, "--successor", state->successor, "code that takes its place (merged, duplicate)");
  AddText(verb, "--etag", state->etag, "refuse unless this is the present version");
  AddRequestId(verb, state->request_id);
}

}  // namespace radyab::cli
