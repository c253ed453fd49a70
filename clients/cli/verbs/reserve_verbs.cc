// code reserve, code reservations: codes set aside to be printed before they name anything.
#include <cstdio>

#include "clients/cli/message_field.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/message_text.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/catalog_client.h"

namespace radyab::cli {
namespace {

struct ReserveArguments {
  int count = 0;
  bool services = false;
  std::string member;
  std::string class_name;
  std::string expires;
  std::string request_id;
};

bool FillRequest(const ErrorPrinter& errors, const ReserveArguments& arguments,
                 v1::ReserveCodesRequest& request) {
  request.set_count(arguments.count);
  request.set_services(arguments.services);
  if (!arguments.member.empty()) {
    const auto* member = TakeOrPrint(errors, "--member", MemberName(arguments.member));
    if (member == nullptr) return false;
    request.set_member(*member);
  }
  if (!arguments.class_name.empty()) {
    const auto* name = TakeOrPrint(errors, "--class", ClassName(arguments.class_name));
    if (name == nullptr) return false;
    request.set_class_name(*name);
  }
  if (arguments.expires.empty()) return true;
  const auto refusal = SetField(request, "expire_time", arguments.expires);
  if (refusal) errors.PrintRefusal("--expires", *refusal);
  return !refusal;
}

// A code a line, as labels and scripts take them.
ExitCode Reserve(Session& session, const ReserveArguments& arguments) {
  v1::ReserveCodesRequest request;
  if (!FillRequest(session.errors(), arguments, request)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto answer = client::CatalogClient(connection).ReserveCodes(request);
  if (!answer || session.printer().json()) return PrintAnswer(session, answer);
  std::string lines;
  for (const std::string& code : answer->codes()) lines += code + "\n";
  session.printer().PrintText(lines);
  std::fflush(stdout);
  const std::string told = LocalSentence(
      "{1} reserved for {2} until {3}",
      {std::to_string(answer->codes_size()), answer->member(), FieldText(*answer, "expire_time")});
  std::fprintf(stderr, "%s\n", told.c_str());
  return ExitCode::kOk;
}

struct ReservationsArguments {
  std::string member;
  ListLimit limit;
};

ExitCode List(Session& session, const ReservationsArguments& arguments) {
  v1::ListReservationsRequest request;
  if (!arguments.member.empty()) {
    const auto* member = TakeOrPrint(session.errors(), "--member", MemberName(arguments.member));
    if (member == nullptr) return ExitCode::kRefused;
    request.set_member(*member);
  }
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::CatalogClient(connection).ListReservations(request),
                   {{"CODE", "code"},
                    {"STATE", "state"},
                    {"EXPIRES", "expire_time"},
                    {"CLASS", "class_name"},
                    {"REASON", "reason"}},
                   arguments.limit);
}

}  // namespace

void AddReserveVerbs(CLI::App& code, Session& session) {
  auto reserve = std::make_shared<ReserveArguments>();
  CLI::App& reserve_verb =
      AddVerb(code, "reserve", "sets codes aside, to be printed before use", session,
              [&session, reserve] { return Reserve(session, *reserve); });
  AddNumber(reserve_verb, "--count", reserve->count, "how many, 1 to 1000").Required();
  AddFlag(reserve_verb, "--service", reserve->services, "they shall name services, not items");
  AddText(reserve_verb, "--member", reserve->member, "their member; without it that of the key");
  AddText(reserve_verb, "--class", reserve->class_name,
          "key code of the class of what they will name; without it any");
  AddText(reserve_verb, "--expires", reserve->expires,
          "until when they can be used; without it for 90 days");
  AddRequestId(reserve_verb, reserve->request_id);

  auto list = std::make_shared<ReservationsArguments>();
  CLI::App& list_verb = AddVerb(code, "reservations", "codes that are reserved or annulled unused",
                                session, [&session, list] { return List(session, *list); });
  AddText(list_verb, "--member", list->member, "their member; without it that of the key");
  AddLimit(list_verb, list->limit);
}

}  // namespace radyab::cli
