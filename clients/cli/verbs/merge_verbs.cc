// party merge, unmerge, merges: two parties made one, and parted again.
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/linkage_client.h"

namespace radyab::cli {
namespace {

struct MergeArguments {
  std::string absorbed;
  std::string survivor;
  std::vector<std::string> take;
  std::string reason;
  std::string request_id;
  bool preview = false;
  bool despite_conflicts = false;
  ListLimit limit;
};

bool TakeParty(const Session& session, const char* what, const std::string& text,
               std::string* target) {
  const auto name = CodeName("parties", text);
  const std::string* taken = TakeOrPrint(session.errors(), what, name);
  if (taken != nullptr) *target = *taken;
  return taken != nullptr;
}

template <class Request>
bool FillPair(const Session& session, const MergeArguments& arguments, Request& request) {
  for (const std::string& field : arguments.take) request.add_take_from_absorbed(field);
  return TakeParty(session, "code", arguments.absorbed, request.mutable_absorbed()) &&
         TakeParty(session, "--into", arguments.survivor, request.mutable_survivor());
}

ExitCode Preview(Session& session, const MergeArguments& arguments) {
  v1::PreviewMergePartiesRequest request;
  if (!FillPair(session, arguments, request)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::LinkageClient(connection).PreviewMergeParties(request));
}

ExitCode Merge(Session& session, const MergeArguments& arguments) {
  if (arguments.preview) return Preview(session, arguments);
  v1::MergePartiesRequest request;
  if (!FillPair(session, arguments, request)) return ExitCode::kRefused;
  request.set_reason(arguments.reason);
  request.set_despite_conflicts(arguments.despite_conflicts);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::LinkageClient(connection).MergeParties(request));
}

ExitCode Unmerge(Session& session, const MergeArguments& arguments) {
  v1::UnmergePartiesRequest request;
  if (!TakeParty(session, "code", arguments.absorbed, request.mutable_absorbed())) {
    return ExitCode::kRefused;
  }
  request.set_reason(arguments.reason);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::LinkageClient(connection).UnmergeParties(request));
}

ExitCode Merges(Session& session, const MergeArguments& arguments) {
  v1::ListPartyMergesRequest request;
  if (!TakeParty(session, "code", arguments.survivor, request.mutable_survivor())) {
    return ExitCode::kRefused;
  }
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::LinkageClient(connection).ListPartyMerges(request),
                   {{"PARTY", "absorbed"}, {"WHEN", "merge_time"}, {"REASON", "reason"}},
                   arguments.limit);
}

}  // namespace

void AddMergeVerbs(CLI::App& party, Session& session) {
  auto merge = std::make_shared<MergeArguments>();
  CLI::App& merge_verb = AddVerb(party, "merge", "makes a party part of another", session,
                                 [&session, merge] { return Merge(session, *merge); });
  AddText(merge_verb, "code", merge->absorbed, "the party that becomes part of the other")
      .Required();
  AddText(merge_verb, "--into", merge->survivor, "the party that stays").Required();
  AddTexts(merge_verb, "--take", merge->take,
           "take this field from the absorbed party: display_name, phone, email, address, "
           "birth_date or preferred_channel; again for each")
      .Single();
  Argument preview =
      AddFlag(merge_verb, "--preview", merge->preview, "only show what would become of them");
  AddText(merge_verb, "--reason", merge->reason, "why, 1 to 500 characters").Excludes(preview);
  AddFlag(merge_verb, "--despite-conflicts", merge->despite_conflicts,
          "although they bear different identifiers");
  AddRequestId(merge_verb, merge->request_id);

  auto unmerge = std::make_shared<MergeArguments>();
  CLI::App& unmerge_verb = AddVerb(party, "unmerge", "takes a merge back", session,
                                   [&session, unmerge] { return Unmerge(session, *unmerge); });
  AddText(unmerge_verb, "code", unmerge->absorbed, "the party that was absorbed").Required();
  AddText(unmerge_verb, "--reason", unmerge->reason, "why, 1 to 500 characters").Required();
  AddRequestId(unmerge_verb, unmerge->request_id);

  auto merges = std::make_shared<MergeArguments>();
  CLI::App& merges_verb = AddVerb(party, "merges", "lists what was merged into a party", session,
                                  [&session, merges] { return Merges(session, *merges); });
  AddText(merges_verb, "code", merges->survivor, "the party that stayed").Required();
  AddLimit(merges_verb, merges->limit);
}

}  // namespace radyab::cli
