// party households find, veto, vetoes: who lives together.
#include <cstdio>

#include "clients/cli/output/language.h"
#include "clients/cli/output/message_text.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/linkage_client.h"

namespace radyab::cli {
namespace {

struct HouseholdArguments {
  std::string member;
  bool for_review = false;
  std::string first;
  std::string second;
  bool withdraw = false;
  std::string reason;
  std::string request_id;
  ListLimit limit;
};

template <class Request>
bool TakeMember(const Session& session, const HouseholdArguments& arguments, Request& request) {
  if (arguments.member.empty()) return true;
  const auto member = MemberName(arguments.member);
  if (TakeOrPrint(session.errors(), "--member", member) == nullptr) return false;
  request.set_member(*member);
  return true;
}

// A line a person, the lines of a household together: CODE, name, and what ties him to the others.
std::string HouseholdText(const v1::Household& household) {
  std::string text = std::to_string(household.member_count());
  text += household.for_review() ? " (review)\n" : "\n";
  for (const v1::HouseholdMember& member : household.members()) {
    text += "  " + member.party() + "  " + FieldText(member, "display_name") + "\n";
  }
  for (const v1::HouseholdTie& tie : household.ties()) {
    text += "    " + tie.first() + " - " + tie.second() + ": " + FieldText(tie, "kind") + "\n";
  }
  return text;
}

ExitCode Find(Session& session, const HouseholdArguments& arguments) {
  v1::FindHouseholdsRequest request;
  if (!TakeMember(session, arguments, request)) return ExitCode::kRefused;
  request.set_for_review_only(arguments.for_review);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const Printer printer = session.printer();
  bool whole = false;
  std::int64_t persons = 0, households = 0;
  const auto error = client::LinkageClient(connection)
                         .FindHouseholds(request, [&](const v1::FindHouseholdsResponse& part) {
                           for (const v1::Household& household : part.households()) {
                             ++households;
                             if (printer.json()) {
                               printer.PrintMessage(household);
                             } else {
                               printer.PrintText(HouseholdText(household));
                             }
                           }
                           whole = part.has_person_count();
                           persons = part.person_count();
                           return true;
                         });
  if (error) return session.errors().Print(*error);
  if (!whole) {
    return session.errors().PrintFault(ExitCode::kUnreachable,
                                       "the server ended before the search did");
  }
  std::fflush(stdout);
  const std::string told = LocalSentence("{1} households among {2} persons",
                                         {std::to_string(households), std::to_string(persons)});
  std::fprintf(stderr, "%s\n", told.c_str());
  return ExitCode::kOk;
}

ExitCode Veto(Session& session, const HouseholdArguments& arguments) {
  const auto first = CodeName("parties", arguments.first);
  const auto second = CodeName("parties", arguments.second);
  if (TakeOrPrint(session.errors(), "first", first) == nullptr ||
      TakeOrPrint(session.errors(), "second", second) == nullptr) {
    return ExitCode::kRefused;
  }
  v1::VetoHouseholdRequest request;
  request.set_first(*first);
  request.set_second(*second);
  request.set_withdraw(arguments.withdraw);
  request.set_reason(arguments.reason);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::LinkageClient(connection).VetoHousehold(request));
}

ExitCode Vetoes(Session& session, const HouseholdArguments& arguments) {
  v1::ListHouseholdVetoesRequest request;
  if (!TakeMember(session, arguments, request)) return ExitCode::kRefused;
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(
      session, client::LinkageClient(connection).ListHouseholdVetoes(request),
      {{"FIRST", "first"}, {"SECOND", "second"}, {"WHEN", "create_time"}, {"REASON", "reason"}},
      arguments.limit);
}

}  // namespace

void AddHouseholdVerbs(CLI::App& party, Session& session) {
  CLI::App& family = AddFamily(party, "households", "persons who live together");
  auto find = std::make_shared<HouseholdArguments>();
  CLI::App& find_verb = AddVerb(family, "find", "shows the households of a member", session,
                                [&session, find] { return Find(session, *find); });
  AddText(find_verb, "--member", find->member, "the member; without it that of the key");
  AddFlag(find_verb, "--for-review", find->for_review, "only those of more than 12 persons");

  auto veto = std::make_shared<HouseholdArguments>();
  CLI::App& veto_verb = AddVerb(family, "veto", "says that two are not of one household", session,
                                [&session, veto] { return Veto(session, *veto); });
  AddText(veto_verb, "first", veto->first, "the code of the one").Required();
  AddText(veto_verb, "second", veto->second, "the code of the other").Required();
  AddText(veto_verb, "--reason", veto->reason, "why, 1 to 500 characters").Required();
  AddFlag(veto_verb, "--withdraw", veto->withdraw, "takes the veto back");
  AddRequestId(veto_verb, veto->request_id);

  auto vetoes = std::make_shared<HouseholdArguments>();
  CLI::App& vetoes_verb = AddVerb(family, "vetoes", "lists the vetoes of a member", session,
                                  [&session, vetoes] { return Vetoes(session, *vetoes); });
  AddText(vetoes_verb, "--member", vetoes->member, "the member; without it that of the key");
  AddLimit(vetoes_verb, vetoes->limit);
}

}  // namespace radyab::cli
