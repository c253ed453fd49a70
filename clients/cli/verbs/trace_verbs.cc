// trace forward and back, custody, contents, deliveries, sscc mint.
#include <set>

#include "clients/cli/party_names.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/trace_client.h"

namespace radyab::cli {
namespace {

struct TraceArguments {
  std::string object;
  ListLimit limit;
};

ExitCode TraceForward(Session& session, const TraceArguments& arguments) {
  const auto object = ObjectName(arguments.object);
  if (!object) return session.errors().PrintRefusal("object", object.refusal());
  v1::TraceForwardRequest request;
  request.set_object(*object);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintListWithParties(session, connection,
                              client::TraceClient(connection).TraceForward(request),
                              {{"HOLDER", "party"},
                               {"CUSTOMER", "customer"},
                               {"STATE", "state"},
                               {"QUANTITY", "quantity"},
                               {"UNITS", "unit_count"},
                               {"CONTAINERS", "containers"},
                               {"FIRST", "first_time"},
                               {"LAST", "last_time"}},
                              arguments.limit);
}

// Prints the pages of a trace as they come; the suppliers, which any page may name, stand at the
// end.
class BackPages {
 public:
  BackPages(const Printer& printer, std::shared_ptr<const client::Connection> connection)
      : printer_(printer), names_(std::move(connection)), list_(printer, columns_) {}

  void Take(v1::TraceBackResponse page) {
    page.clear_next_page_token();
    if (printer_.json()) return printer_.PrintMessage(page);
    for (const v1::TraceStep& step : page.steps()) {
      list_.Add(step);
      names_.See(step, columns_);
    }
    if (!page.supplier_party().empty()) suppliers_.insert(page.supplier_party());
    suppliers_.insert(page.supplier_parties().begin(), page.supplier_parties().end());
  }

  void End() {
    list_.End();
    if (printer_.json()) return;
    std::string line = "supplier";
    for (const std::string& supplier : suppliers_) line += "  " + supplier;
    printer_.PrintText(line + (suppliers_.empty() ? "  not known\n" : "\n"));
    for (const std::string& supplier : suppliers_) names_.See(supplier);
    names_.Print(printer_);
  }

 private:
  const std::vector<Column> columns_ = {{"WHAT", "object"},
                                        {"EVENT", "event.kind"},
                                        {"TIME", "event.event_time"},
                                        {"FROM", "event.source_party"},
                                        {"TO", "event.destination_party"},
                                        {"CONTAINER", "event.container"},
                                        {"PLACE", "event.place"}};
  const Printer& printer_;
  PartyNames names_;
  ListPrinter list_;
  std::set<std::string> suppliers_;
};

ExitCode TraceBack(Session& session, const TraceArguments& arguments) {
  const auto object = ObjectName(arguments.object);
  if (!object) return session.errors().PrintRefusal("object", object.refusal());
  v1::TraceBackRequest request;
  request.set_object(*object);
  request.set_page_size(PageSizeFor({}));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const Printer printer = session.printer();
  BackPages pages(printer, connection);
  auto page_range = client::TraceClient(connection).TraceBack(request);
  for (const auto& page : page_range) {
    if (!page) return session.errors().Print(page.error());
    pages.Take(*page);
  }
  pages.End();
  return ExitCode::kOk;
}

ExitCode ShowCustody(Session& session, const TraceArguments& arguments) {
  const auto object = ObjectName(arguments.object);
  if (!object) return session.errors().PrintRefusal("object", object.refusal());
  v1::GetCustodyRequest request;
  request.set_object(*object);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintListWithParties(session, connection,
                              client::TraceClient(connection).GetCustody(request),
                              {{"OBJECT", "object"},
                               {"HOLDER", "holder_party"},
                               {"STATE", "state"},
                               {"GOES TO", "destination_party"},
                               {"QUANTITY", "quantity"},
                               {"CONTAINER", "container"},
                               {"PLACE", "place"},
                               {"SINCE", "since"},
                               {"EVENT", "event"}},
                              arguments.limit);
}

ExitCode ListContents(Session& session, const TraceArguments& arguments) {
  const auto container = ContainerName(arguments.object);
  if (!container) return session.errors().PrintRefusal("container", container.refusal());
  v1::ListContentsRequest request;
  request.set_container(*container);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::TraceClient(connection).ListContents(request),
                   {{"OBJECT", "object"}, {"QUANTITY", "quantity"}}, arguments.limit);
}

ExitCode ListDeliveries(Session& session, const TraceArguments& arguments) {
  const auto party = CodeDigits(arguments.object);
  if (!party) return session.errors().PrintRefusal("party", party.refusal());
  v1::ListDeliveriesRequest request;
  request.set_party(*party);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::TraceClient(connection).ListDeliveries(request),
                   {{"OBJECT", "object"},
                    {"QUANTITY", "quantity"},
                    {"TIME", "event_time"},
                    {"EVENT", "event"},
                    {"REFERENCE", "reference"}},
                   arguments.limit);
}

struct MintArguments {
  int count = 1;
  std::string extension_digit;
  std::string member;
  std::string request_id;
};

ExitCode MintSscc(Session& session, const MintArguments& arguments) {
  v1::MintSsccRequest request;
  if (!arguments.member.empty()) {
    const auto member = MemberName(arguments.member);
    if (!member) return session.errors().PrintRefusal("--member", member.refusal());
    request.set_member(*member);
  }
  request.set_count(arguments.count);
  request.set_extension_digit(arguments.extension_digit);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto answer = client::TraceClient(connection).MintSscc(request);
  if (!answer) return session.errors().Print(answer.error());
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(*answer);
  } else {
    for (const std::string& sscc : answer->ssccs()) printer.PrintText("sscc/" + sscc + "\n");
  }
  return ExitCode::kOk;
}

using Run = ExitCode (*)(Session&, const TraceArguments&);

void AddTraceVerb(CLI::App& parent, Session& session, const std::string& name,
                  const std::string& help, const std::string& what, Run run) {
  auto arguments = std::make_shared<TraceArguments>();
  CLI::App& verb = AddVerb(parent, name, help, session,
                           [&session, arguments, run] { return run(session, *arguments); });
  AddText(verb, "object", arguments->object, what).Required();
  if (run != TraceBack) AddLimit(verb, arguments->limit);
}

}  // namespace

void AddTraceVerbs(CLI::App& app, Session& session) {
  constexpr const char* kObjects = "CODE/lot/L, CODE/serial/S or sscc/N";
  CLI::App& family = AddFamily(app, "trace", "the way of goods, forward and back");
  AddTraceVerb(family, session, "forward", "every holder now, the customers among them", kObjects,
               TraceForward);
  AddTraceVerb(family, session, "back", "the way back to the supplier", kObjects, TraceBack);
  AddTraceVerb(app, session, "custody", "who holds an object now", kObjects, ShowCustody);
  AddTraceVerb(app, session, "contents", "what is directly inside a container", "sscc/N",
               ListContents);
  AddTraceVerb(app, session, "deliveries", "what a party received, latest first",
               "the party's code", ListDeliveries);

  CLI::App& sscc = AddFamily(app, "sscc", "numbers of containers");
  auto mint = std::make_shared<MintArguments>();
  CLI::App& mint_verb = AddVerb(sscc, "mint", "takes the next numbers of a member", session,
                                [&session, mint] { return MintSscc(session, *mint); });
  AddNumber(mint_verb, "--count", mint->count, "how many, 1 to 1000").Between(1, 1000);
  AddText(mint_verb, "--extension", mint->extension_digit, "extension digit, 0 to 9");
  AddText(mint_verb, "--member", mint->member, "without it the member of the key");
  AddRequestId(mint_verb, mint->request_id);
}

}  // namespace radyab::cli
