// party duplicates, item duplicates and service duplicates find, list, reject, reopen: the queues
// of parties that may be one customer, and of items and services that may be registered twice.
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

struct PartyPairs {
  using FindRequest = v1::FindPartyDuplicatesRequest;
  using ListRequest = v1::ListPartyDuplicatesRequest;
  using JudgeRequest = v1::JudgePartyDuplicateRequest;
  static constexpr const char* kCollection = "parties";
  static constexpr const char* kHelp = "parties that may be one customer";
  static std::vector<Column> Columns() {
    return {{"FIRST", "first"},      {"NAME", "first_name"}, {"SECOND", "second"},
            {"NAME", "second_name"}, {"ZONE", "zone"},       {"PROBABILITY", "probability"},
            {"FIELDS", "fields"},    {"REASON", "reason"}};
  }
  static auto Find(const client::LinkageClient& client, const FindRequest& request) {
    return client.FindPartyDuplicates(request);
  }
  static auto List(const client::LinkageClient& client, const ListRequest& request) {
    return client.ListPartyDuplicates(request);
  }
  static auto Judge(const client::LinkageClient& client, const JudgeRequest& request) {
    return client.JudgePartyDuplicate(request);
  }
};

// Of items, or of services: what is asked differs by a flag.
struct ItemPairs {
  using FindRequest = v1::FindItemDuplicatesRequest;
  using ListRequest = v1::ListItemDuplicatesRequest;
  using JudgeRequest = v1::JudgeItemDuplicateRequest;
  static constexpr const char* kCollection = "items";
  static constexpr const char* kHelp = "items that may be registered twice";
  static std::vector<Column> Columns() {
    return {{"FIRST", "first"},      {"NAME", "first_name"}, {"SECOND", "second"},
            {"NAME", "second_name"}, {"ZONE", "zone"},       {"LIKENESS", "likeness"},
            {"REASON", "reason"}};
  }
  static auto Find(const client::LinkageClient& client, const FindRequest& request) {
    return client.FindItemDuplicates(request);
  }
  static auto List(const client::LinkageClient& client, const ListRequest& request) {
    return client.ListItemDuplicates(request);
  }
  static auto Judge(const client::LinkageClient& client, const JudgeRequest& request) {
    return client.JudgeItemDuplicate(request);
  }
};

struct ServicePairs : ItemPairs {
  static constexpr const char* kCollection = "services";
  static constexpr const char* kHelp = "services that may be registered twice";
  static auto Find(const client::LinkageClient& client, FindRequest request) {
    request.set_services(true);
    return ItemPairs::Find(client, request);
  }
  static auto List(const client::LinkageClient& client, ListRequest request) {
    request.set_services(true);
    return ItemPairs::List(client, request);
  }
};

template <class Pairs>
ExitCode Find(Session& session, const DuplicateArguments& arguments) {
  typename Pairs::FindRequest request;
  if (!TakeMember(session, arguments, request)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, Pairs::Find(client::LinkageClient(connection), request));
}

template <class Pairs>
ExitCode List(Session& session, const DuplicateArguments& arguments) {
  typename Pairs::ListRequest request;
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
  return PrintList(session, Pairs::List(client::LinkageClient(connection), request),
                   Pairs::Columns(), arguments.limit);
}

template <class Pairs>
ExitCode Judge(Session& session, const DuplicateArguments& arguments,
               v1::DuplicateVerdict verdict) {
  const auto first = CodeName(Pairs::kCollection, arguments.first);
  const auto second = CodeName(Pairs::kCollection, arguments.second);
  if (TakeOrPrint(session.errors(), "first", first) == nullptr ||
      TakeOrPrint(session.errors(), "second", second) == nullptr) {
    return ExitCode::kRefused;
  }
  typename Pairs::JudgeRequest request;
  request.set_first(*first);
  request.set_second(*second);
  request.set_verdict(verdict);
  request.set_reason(arguments.reason);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, Pairs::Judge(client::LinkageClient(connection), request));
}

template <class Pairs>
void AddJudgeVerb(CLI::App& family, Session& session, const std::string& name,
                  const std::string& help, v1::DuplicateVerdict verdict) {
  auto judge = std::make_shared<DuplicateArguments>();
  CLI::App& verb = AddVerb(family, name, help, session, [&session, judge, verdict] {
    return Judge<Pairs>(session, *judge, verdict);
  });
  AddText(verb, "first", judge->first, "the code of the one").Required();
  AddText(verb, "second", judge->second, "the code of the other").Required();
  AddText(verb, "--reason", judge->reason, "why, 1 to 500 characters").Required();
  AddRequestId(verb, judge->request_id);
}

template <class Pairs>
void AddVerbs(CLI::App& parent, Session& session) {
  CLI::App& family = AddFamily(parent, "duplicates", Pairs::kHelp);
  auto find = std::make_shared<DuplicateArguments>();
  CLI::App& find_verb = AddVerb(family, "find", "looks for them and keeps what it finds", session,
                                [&session, find] { return Find<Pairs>(session, *find); });
  AddText(find_verb, "--member", find->member, "the member; without it that of the key");

  auto list = std::make_shared<DuplicateArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists the pairs that wait for a decision", session,
                                [&session, list] { return List<Pairs>(session, *list); });
  AddText(list_verb, "--member", list->member, "the member; without it that of the key");
  AddText(list_verb, "--zone", list->zone, "suggested or review; without it both");
  AddFlag(list_verb, "--rejected", list->rejected, "those that were found to be two instead");
  AddLimit(list_verb, list->limit);

  AddJudgeVerb<Pairs>(family, session, "reject", "they are two: never suggested again",
                      v1::DUPLICATE_VERDICT_NOT_THE_SAME);
  AddJudgeVerb<Pairs>(family, session, "reopen", "takes a rejection back",
                      v1::DUPLICATE_VERDICT_OPEN);
}

}  // namespace

void AddPartyDuplicateVerbs(CLI::App& party, Session& session) {
  AddVerbs<PartyPairs>(party, session);
}

void AddItemDuplicateVerbs(CLI::App& item, Session& session) { AddVerbs<ItemPairs>(item, session); }

void AddServiceDuplicateVerbs(CLI::App& service, Session& session) {
  AddVerbs<ServicePairs>(service, session);
}

}  // namespace radyab::cli
