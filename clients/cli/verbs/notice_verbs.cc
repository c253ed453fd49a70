// notice create, get, list, update, close, cancel; compare: notice_compare_verb.cc.
#include <fstream>
#include <iostream>

#include "clients/cli/message_field.h"
#include "clients/cli/notices/notice_table.h"
#include "clients/cli/party_names.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/notice_name.h"
#include "clients/cli/verbs/resource_update.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/notice_client.h"

namespace radyab::cli {
namespace {

constexpr FieldFlag kCreateFlags[] = {
    {"--number", "number", "the document's number, which the member uses once"},
    {"--to", "destination_party", "code of the party that gets; with --event that of the event"},
    {"--from", "source_party",
     "code of the supplier, for a paper of his; without it the member itself sends"},
    {"--shipped", "ship_time", "when it left: 2026-03-01T10:20:30+03:30"},
    {"--expected", "expected_arrival", "when it is awaited, in the same form"},
    {"--reference", "reference", "order or invoice"},
    {"--member", "member", "the member that records it; without it that of the key"},
};
constexpr FieldFlag kUpdateFlags[] = {
    {"--shipped", "ship_time", "when it left: 2026-03-01T10:20:30+03:30"},
    {"--expected", "expected_arrival", "when it is awaited, in the same form"},
    {"--reference", "reference", "order or invoice"},
};
constexpr FieldFlag kListFlags[] = {
    {"--member", "member", "whose; without it that of the key"},
    {"--state", "state", "open, received, closed or cancelled"},
    {"--side", "side", "recorded or awaited; without it both"},
    {"--from", "source_party", "code of the party that sends"},
    {"--to", "destination_party", "code of the party that gets"},
    {"--since", "expected_since", "awaited at or after this time"},
    {"--object", "object", "that announce this lot, unit, container or code"},
    {"--number", "number", "with this document number"},
};

struct CreateArguments {
  std::string table;
  std::vector<std::string> events;
  std::string request_id;
  std::unique_ptr<FieldFlags> flags;
};

void TellFault(const ErrorPrinter& errors, const TableFault& fault) {
  std::string where = fault.row > 0 ? "row " + std::to_string(fault.row) : "titles";
  if (fault.line > 0) where += " (line " + std::to_string(fault.line) + ")";
  if (!fault.column.empty()) where += ", column " + fault.column;
  errors.PrintFault(ExitCode::kRefused, where + ": " + fault.what);
}

// The lines of a table; nothing after what is wrong with them was printed.
std::optional<NoticeTable> TakeTable(const ErrorPrinter& errors, const std::string& path) {
  NoticeTable table;
  if (path == "-") {
    table = ReadNoticeTable(std::cin);
  } else {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      errors.PrintFault(ExitCode::kUsage, "file \"" + path + "\" cannot be read");
      return std::nullopt;
    }
    table = ReadNoticeTable(file);
  }
  for (const TableFault& fault : table.faults) TellFault(errors, fault);
  if (table.more_faults) {
    errors.PrintFault(ExitCode::kRefused, "there are more faults than these");
  }
  if (!table.faults.empty()) return std::nullopt;
  return table;
}

// What the server names by the lines of the request is told by the rows of the table.
ExitCode PrintByRows(const ErrorPrinter& errors, const NoticeTable& table,
                     client::ClientError error) {
  constexpr std::string_view kLines = "notice.lines[";
  for (client::FieldError& field : error.fields) {
    if (!field.field.starts_with(kLines)) continue;
    const std::size_t end = field.field.find(']');
    const std::string number = field.field.substr(kLines.size(), end - kLines.size());
    const auto place = static_cast<std::size_t>(std::strtoull(number.c_str(), nullptr, 10));
    if (place >= table.file_lines.size() || field.field.size() < end + 2) continue;
    std::string where = "row " + std::to_string(place + 1) + " (line " +
                        std::to_string(table.file_lines[place]) + ")";
    const auto column = ColumnOfLineField(std::string_view(field.field).substr(end + 2));
    if (!column.empty()) where += ", column " + std::string(column);
    const std::size_t told = error.message.find(field.field + ": ");
    if (told != std::string::npos) error.message.replace(told, field.field.size(), where);
    field.field = std::move(where);
  }
  return errors.Print(error);
}

ExitCode Create(Session& session, const CreateArguments& arguments) {
  const auto errors = session.errors();
  if (arguments.table.empty() && arguments.events.empty()) {
    return errors.PrintFault(ExitCode::kUsage,
                             "nothing is announced: give --lines TABLE, or --event, or both");
  }
  v1::CreateShippingNoticeRequest request;
  v1::ShippingNotice& notice = *request.mutable_notice();
  if (!arguments.flags->Apply(notice, errors)) return ExitCode::kRefused;
  NoticeTable table;
  if (!arguments.table.empty()) {
    auto read = TakeTable(errors, arguments.table);
    if (!read) return ExitCode::kRefused;
    table = *std::move(read);
    for (const v1::ShippingNoticeLine& line : table.lines) *notice.add_lines() = line;
  }
  for (const std::string& event : arguments.events) {
    request.add_events(event.starts_with("events/") ? event : "events/" + event);
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto answer = client::NoticeClient(connection).CreateShippingNotice(request);
  if (!answer) return PrintByRows(errors, table, answer.error());
  session.printer().PrintMessage(*answer);
  return ExitCode::kOk;
}

struct NoticeArguments {
  std::string name;
  std::string reason;
  std::string etag;
  std::string request_id;
};

ExitCode Get(Session& session, const NoticeArguments& arguments) {
  v1::GetShippingNoticeRequest request;
  request.set_name(NoticeName(arguments.name));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  auto answer = client::NoticeClient(connection).GetShippingNotice(request);
  if (!answer) return session.errors().Print(answer.error());
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(*answer);
    return ExitCode::kOk;
  }
  v1::ShippingNotice head = *answer;
  head.clear_lines();
  printer.PrintMessage(head);
  ListPrinter lines(printer, {{"NO", "number"},
                              {"OBJECT", "object"},
                              {"QUANTITY", "quantity"},
                              {"RECEIVED", "received"},
                              {"OUTSTANDING", "outstanding"},
                              {"EXPIRES", "expiry_date"},
                              {"CONTAINER", "container"}});
  for (const v1::ShippingNoticeLine& line : answer->lines()) lines.Add(line);
  lines.End();
  return ExitCode::kOk;
}

struct ListArguments {
  std::unique_ptr<FieldFlags> flags;
  ListLimit limit;
};

ExitCode List(Session& session, const ListArguments& arguments) {
  v1::ListShippingNoticesRequest request;
  if (!arguments.flags->Apply(request, session.errors())) return ExitCode::kRefused;
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintListWithParties(session, connection,
                              client::NoticeClient(connection).ListShippingNotices(request),
                              {{"NOTICE", "name"},
                               {"NUMBER", "number"},
                               {"STATE", "state"},
                               {"FROM", "source_party"},
                               {"TO", "destination_party"},
                               {"SHIPPED", "ship_time"},
                               {"EXPECTED", "expected_arrival"},
                               {"LINES", "counts.lines"},
                               {"REFERENCE", "reference"}},
                              arguments.limit);
}

struct UpdateArguments {
  std::string name;
  UpdateOptions options;
  std::unique_ptr<FieldFlags> flags;
};

ExitCode Update(Session& session, const UpdateArguments& arguments) {
  if (arguments.flags->GivenFields().empty()) return PrintNothingToChange(session);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::NoticeClient client(connection);
  const std::string name = NoticeName(arguments.name);
  v1::UpdateShippingNoticeRequest request;
  const auto read = [&] {
    v1::GetShippingNoticeRequest present;
    present.set_name(name);
    return client.GetShippingNotice(present);
  };
  if (!FillUpdate(session, *arguments.flags, arguments.options, name, read, request,
                  *request.mutable_notice())) {
    return session.exit_code;
  }
  return PrintAnswer(session, client.UpdateShippingNotice(request));
}

template <class Request>
Request EndOf(Session& session, const NoticeArguments& arguments) {
  Request request;
  request.set_name(NoticeName(arguments.name));
  request.set_reason(arguments.reason);
  request.set_etag(arguments.etag);
  request.set_request_id(session.ChangeId(arguments.request_id));
  return request;
}

ExitCode Close(Session& session, const NoticeArguments& arguments) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const auto request = EndOf<v1::CloseShippingNoticeRequest>(session, arguments);
  return PrintAnswer(session, client::NoticeClient(connection).CloseShippingNotice(request));
}

ExitCode Cancel(Session& session, const NoticeArguments& arguments) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const auto request = EndOf<v1::CancelShippingNoticeRequest>(session, arguments);
  return PrintAnswer(session, client::NoticeClient(connection).CancelShippingNotice(request));
}

CLI::App& AddNamed(CLI::App& family, const char* name, const char* help, Session& session,
                   std::string& target, std::function<ExitCode()> run) {
  CLI::App& verb = AddVerb(family, name, help, session, std::move(run));
  AddText(verb, "notice", target, "its number in the registry, or notices/NUMBER").Required();
  return verb;
}

void AddEndVerb(CLI::App& family, Session& session, const char* name, const char* help,
                const char* reason_help, ExitCode (*run)(Session&, const NoticeArguments&)) {
  auto arguments = std::make_shared<NoticeArguments>();
  CLI::App& verb = AddNamed(family, name, help, session, arguments->name,
                            [&session, arguments, run] { return run(session, *arguments); });
  AddText(verb, "--reason", arguments->reason, reason_help);
  AddText(verb, "--etag", arguments->etag, "refuse unless this is the present version");
  AddRequestId(verb, arguments->request_id);
}

}  // namespace

void AddNoticeVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "notice", "shipping notices: what is on its way");

  auto create = std::make_shared<CreateArguments>();
  CLI::App& create_verb =
      AddVerb(family, "create", "records a notice of a table, of ship events, or of both", session,
              [&session, create] { return Create(session, *create); });
  create->flags = std::make_unique<FieldFlags>(create_verb, kCreateFlags);
  AddBytes(create_verb, "--lines", create->table,
           "table (CSV) with object, quantity, unit, lot, production_date, expiry_date, container; "
           "-: standard input");
  AddTexts(create_verb, "--event", create->events,
           "a SHIP event whose goods are announced; again for more")
      .OneEach();
  AddRequestId(create_verb, create->request_id);

  auto get = std::make_shared<NoticeArguments>();
  AddNamed(family, "get", "shows a notice, and what of each line has arrived", session, get->name,
           [&session, get] { return Get(session, *get); });

  auto list = std::make_shared<ListArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "notices that the member sent or awaits", session,
                                [&session, list] { return List(session, *list); });
  list->flags = std::make_unique<FieldFlags>(list_verb, kListFlags);
  AddLimit(list_verb, list->limit);

  auto update = std::make_shared<UpdateArguments>();
  CLI::App& update_verb =
      AddNamed(family, "update", "changes what may change while it is open", session, update->name,
               [&session, update] { return Update(session, *update); });
  update->flags = std::make_unique<FieldFlags>(update_verb, kUpdateFlags);
  AddUpdateOptions(update_verb, update->options);

  AddCompareVerb(family, session);
  AddEndVerb(family, session, "close", "nothing more of it is awaited",
             "why; needed unless all of it arrived", &Close);
  AddEndVerb(family, session, "cancel", "it was made in error or not sent", "why", &Cancel);
}

}  // namespace radyab::cli
