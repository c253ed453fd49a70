// party duplicates find, list, reject, reopen: the queue of parties that may be one customer.
#include "clients/cli/message_field.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/linkage_client.h"

namespace radyab::cli {
namespace {

struct DuplicateArguments {
  std::string member;
  std::string zone;
  bool rejected = false;
  std::string first;
  std::string second;
  std::string reason;
  std::string request_id;
  ListLimit limit;
};

template <class Request>
bool TakeMember(const Session& session, const DuplicateArguments& arguments, Request& request) {
  if (arguments.member.empty()) return true;
  const auto member = MemberName(arguments.member);
  if (TakeOrPrint(session.errors(), "--member", member) == nullptr) return false;
  request.set_member(*member);
  return true;
}

ExitCode Find(Session& session, const DuplicateArguments& arguments) {
  v1::FindPartyDuplicatesRequest request;
  if (!TakeMember(session, arguments, request)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::LinkageClient(connection).FindPartyDuplicates(request));
}

ExitCode List(Session& session, const DuplicateArguments& arguments) {
  v1::ListPartyDuplicatesRequest request;
  if (!TakeMember(session, arguments, request)) return ExitCode::kRefused;
  if (!arguments.zone.empty()) {
    if (const auto refusal = SetField(request, "zone", arguments.zone)) {
      return session.errors().PrintRefusal("--zone", *refusal);
    }
  }
  if (arguments.rejected) request.set_verdict(v1::DUPLICATE_VERDICT_NOT_THE_SAME);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::LinkageClient(connection).ListPartyDuplicates(request),
                   {{"FIRST", "first"},
                    {"NAME", "first_name"},
                    {"SECOND", "second"},
                    {"NAME", "second_name"},
                    {"ZONE", "zone"},
                    {"PROBABILITY", "probability"},
                    {"FIELDS", "fields"},
                    {"REASON", "reason"}},
                   arguments.limit);
}

ExitCode Judge(Session& session, const DuplicateArguments& arguments,
               v1::DuplicateVerdict verdict) {
  const auto first = CodeName("parties", arguments.first);
  const auto second = CodeName("parties", arguments.second);
  if (TakeOrPrint(session.errors(), "first", first) == nullptr ||
      TakeOrPrint(session.errors(), "second", second) == nullptr) {
    return ExitCode::kRefused;
  }
  v1::JudgePartyDuplicateRequest request;
  request.set_first(*first);
  request.set_second(*second);
  request.set_verdict(verdict);
  request.set_reason(arguments.reason);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::LinkageClient(connection).JudgePartyDuplicate(request));
}

void AddJudgeVerb(CLI::App& family, Session& session, const std::string& name,
                  const std::string& help, v1::DuplicateVerdict verdict) {
  auto judge = std::make_shared<DuplicateArguments>();
  CLI::App& verb = AddVerb(family, name, help, session,
                           [&session, judge, verdict] { return Judge(session, *judge, verdict); });
  AddText(verb, "first", judge->first, "the code of the one").Required();
  AddText(verb, "second", judge->second, "the code of the other").Required();
  AddText(verb, "--reason", judge->reason, "why, 1 to 500 characters").Required();
  AddRequestId(verb, judge->request_id);
}

}  // namespace

void AddDuplicateVerbs(CLI::App& party, Session& session) {
  CLI::App& family = AddFamily(party, "duplicates", "parties that may be one customer");
  auto find = std::make_shared<DuplicateArguments>();
  CLI::App& find_verb = AddVerb(family, "find", "looks for them and keeps what it finds", session,
                                [&session, find] { return Find(session, *find); });
  AddText(find_verb, "--member", find->member, "the member; without it that of the key");

  auto list = std::make_shared<DuplicateArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists the pairs that wait for a decision", session,
                                [&session, list] { return List(session, *list); });
  AddText(list_verb, "--member", list->member, "the member; without it that of the key");
  AddText(list_verb, "--zone", list->zone, "suggested or review; without it both");
  AddFlag(list_verb, "--rejected", list->rejected, "those that were found to be two instead");
  AddLimit(list_verb, list->limit);

  AddJudgeVerb(family, session, "reject", "they are two: never suggested again",
               v1::DUPLICATE_VERDICT_NOT_THE_SAME);
  AddJudgeVerb(family, session, "reopen", "takes a rejection back", v1::DUPLICATE_VERDICT_OPEN);
}

}  // namespace radyab::cli
