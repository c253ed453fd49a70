// event commission, pack, unpack, ship, receive, deliver, return; get, list.
#include "clients/cli/event_words.h"
#include "clients/cli/field_flags.h"
#include "clients/cli/message_field.h"
#include "clients/cli/offline_site.h"
#include "clients/cli/output/language.h"
#include "clients/cli/party_names.h"
#include "clients/cli/text_source.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/trace_client.h"

namespace radyab::cli {
namespace {

constexpr FieldFlag kContainerFlags[] = {
    {"--container", "container", "the container, sscc/N or its 18 digits"}};
constexpr FieldFlag kMakerFlags[] = {
    {"--from", "source_party", "code of the maker or supplier; without it the member itself"}};
constexpr FieldFlag kShipFlags[] = {
    {"--to", "destination_party", "code of the party that shall receive it"},
    {"--from", "source_party", "code of the sender; without it the member itself"}};
constexpr FieldFlag kReceiveFlags[] = {
    {"--from", "source_party", "code of the party it comes from"},
    {"--to", "destination_party", "code of the receiver; without it the member itself"}};
constexpr FieldFlag kDeliverFlags[] = {{"--to", "destination_party", "code of the customer"}};
constexpr FieldFlag kReturnFlags[] = {
    {"--from", "source_party", "code of the customer"},
    {"--to", "destination_party", "code of who takes it; without it the member itself"}};
constexpr FieldFlag kEventFlags[] = {
    {"--place", "place", "where: a GLN or a named place"},
    {"--reference", "reference", "order, invoice or delivery note"},
    {"--event-id", "event_id", "your own id, with --at; the same event sent twice is stored once"},
    {"--member", "member", "the member that records it; without it that of the key"},
};

struct EventKindWords {
  const char* verb;
  v1::EventKind kind;
  const char* help;
  std::span<const FieldFlag> flags;
};

const EventKindWords kEventKinds[] = {
    {"commission", v1::EVENT_KIND_COMMISSION, "goods come into being", kMakerFlags},
    {"pack", v1::EVENT_KIND_PACK, "goods go into a container", kContainerFlags},
    {"unpack", v1::EVENT_KIND_UNPACK, "goods come out of a container", kContainerFlags},
    {"ship", v1::EVENT_KIND_SHIP, "goods leave for another party", kShipFlags},
    {"receive", v1::EVENT_KIND_RECEIVE, "goods in transit arrive", kReceiveFlags},
    {"deliver", v1::EVENT_KIND_DELIVER, "goods are handed to a customer", kDeliverFlags},
    {"return", v1::EVENT_KIND_RETURN, "a customer gives goods back", kReturnFlags},
};

struct EventArguments {
  v1::EventKind kind = v1::EVENT_KIND_UNSPECIFIED;
  std::vector<std::string> objects;
  std::vector<std::string> quantities;
  std::string time;
  std::string lot;
  std::string production_date;
  std::string expiry_date;
  std::string request_id;
  std::string offline;
  std::unique_ptr<FieldFlags> kind_flags;
  std::unique_ptr<FieldFlags> flags;
};

// Lists come from programs of other systems too, which end their lines with CR LF.
std::string_view WithoutCarriageReturn(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// Gives the one amount of the command line to every lot of the event that has none of its own.
std::optional<coding::Refusal> SpreadAmount(const std::string& quantity, v1::Event& event) {
  bool used = false;
  for (v1::EventObject& object : *event.mutable_objects()) {
    if (!IsLot(object)) continue;
    used = true;
    if (object.has_quantity()) continue;
    v1::Event alone;
    if (auto refusal = AddObject(object.object(), quantity, alone)) return refusal;
    *object.mutable_quantity() = alone.objects(0).quantity();
  }
  if (used) return std::nullopt;
  return coding::Refusal{.reason = coding::RefusalReason::kOutOfRange,
                         .at = 0,
                         .length = 0,
                         .message = "no object is a lot: want no amount, not \"" + quantity + "\""};
}

// The objects of the arguments, or of standard input ("OBJECT" or "OBJECT<tab>AMOUNT" a line). The
// exit code when they were refused.
std::optional<ExitCode> TakeObjects(const Session& session, const EventArguments& arguments,
                                    v1::Event& event) {
  const auto errors = session.errors();
  const std::size_t count = arguments.quantities.size();
  if (count > 1 && count != arguments.objects.size()) {
    return errors.PrintFault(ExitCode::kUsage, "--quantity is given once, or once for each object");
  }
  const bool from_input = arguments.objects.size() == 1 && arguments.objects.front() == "-";
  std::optional<ExitCode> failed;
  std::size_t at = 0;
  const auto take = [&](const std::string& line) {
    const std::string_view text = WithoutCarriageReturn(line);
    if (text.empty() && from_input) return true;
    const std::size_t tab = text.find('\t');
    std::string_view quantity = count > 1 ? std::string_view(arguments.quantities[at]) : "";
    if (tab != std::string_view::npos) quantity = text.substr(tab + 1);
    ++at;
    if (const auto refusal = AddObject(text.substr(0, tab), quantity, event)) {
      failed = errors.PrintRefusal("object " + std::to_string(at), *refusal);
    }
    return !failed;
  };
  if (!ForEachText(arguments.objects, take, [] { return true; })) {
    return errors.PrintFault(ExitCode::kInternal, "standard input cannot be read");
  }
  if (failed || count != 1) return failed;
  if (const auto refusal = SpreadAmount(arguments.quantities[0], event)) {
    failed = errors.PrintRefusal("--quantity", *refusal);
  }
  return failed;
}

// Keeps the event in the queue of a folder.
ExitCode Keep(Session& session, const std::string& folder, const v1::Event& event) {
  const auto site = OpenSite(session, folder);
  if (site == nullptr) return session.exit_code;
  const auto kept = site->queue.Keep(event, offline::AskedNow().now_us);
  if (!kept) return session.errors().Print(kept.error());
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(*kept);
  } else {
    printer.PrintText(
        LocalSentence("{1} is kept; it waits to be sent", {std::to_string(kept->number())}) + "\n");
  }
  return ExitCode::kOk;
}

ExitCode Capture(Session& session, const EventArguments& arguments) {
  v1::CaptureEventRequest request;
  v1::Event& event = *request.mutable_event();
  event.set_kind(arguments.kind);
  if (!arguments.flags->Apply(event, session.errors()) ||
      !arguments.kind_flags->Apply(event, session.errors())) {
    return ExitCode::kRefused;
  }
  if (arguments.time.empty() && (!event.event_id().empty() || !arguments.request_id.empty())) {
    return session.errors().PrintFault(
        ExitCode::kUsage,
        "--event-id and --request-id want --at beside them: without it every run tells of another "
        "moment, and the same id of another event is refused");
  }
  const std::string time = arguments.time.empty() ? LocalNow() : arguments.time;
  if (const auto refusal = SetField(event, "event_time", time)) {
    return session.errors().PrintRefusal("--at", *refusal);
  }
  if (const auto failed = TakeObjects(session, arguments, event)) return *failed;
  for (v1::EventObject& object : *event.mutable_objects()) {
    object.set_lot(arguments.lot);
    object.set_production_date(arguments.production_date);
    object.set_expiry_date(arguments.expiry_date);
  }
  if (!arguments.offline.empty()) return Keep(session, arguments.offline, event);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  session.RepeatWith("--at", time);
  const auto answer = client::TraceClient(connection).CaptureEvent(request);
  if (!answer) return session.errors().Print(answer.error());
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(*answer);
  } else {
    printer.PrintText(answer->event().name() +
                      (answer->duplicate() ? "  was there before\n" : "  stored\n"));
  }
  return ExitCode::kOk;
}

struct EventQuery {
  std::string text;
  ListLimit limit;
};

ExitCode GetEvent(Session& session, const EventQuery& query) {
  v1::GetEventRequest request;
  request.set_name(query.text.starts_with("events/") ? query.text : "events/" + query.text);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::TraceClient(connection).GetEvent(request));
}

ExitCode ListEvents(Session& session, const EventQuery& query) {
  const auto object = ObjectName(query.text);
  if (!object) return session.errors().PrintRefusal("object", object.refusal());
  v1::ListEventsRequest request;
  request.set_object(*object);
  request.set_page_size(PageSizeFor(query.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintListWithParties(session, connection,
                              client::TraceClient(connection).ListEvents(request),
                              {{"EVENT", "name"},
                               {"KIND", "kind"},
                               {"TIME", "event_time"},
                               {"FROM", "source_party"},
                               {"TO", "destination_party"},
                               {"CONTAINER", "container"},
                               {"PLACE", "place"},
                               {"REFERENCE", "reference"}},
                              query.limit);
}

void AddCaptureVerb(CLI::App& family, Session& session, const EventKindWords& words) {
  auto arguments = std::make_shared<EventArguments>();
  arguments->kind = words.kind;
  CLI::App& verb = AddVerb(family, words.verb, words.help, session,
                           [&session, arguments] { return Capture(session, *arguments); });
  AddTexts(
      verb, "objects", arguments->objects,
      "CODE/lot/L, CODE/serial/S, sscc/N; -: lines of standard input, each with tab and amount "
      "if need be")
      .Required();
  AddTexts(verb, "--quantity", arguments->quantities,
           "how much of a lot: 12 or '1.5 KGM'; once, or once for each object");
  AddText(verb, "--at", arguments->time,
          "when, with offset: 2026-03-01T10:20:30+03:30; without it now");
  if (words.kind == v1::EVENT_KIND_COMMISSION) {
    AddText(verb, "--lot", arguments->lot, "lot to which commissioned units belong");
    AddText(verb, "--produced", arguments->production_date, "day of production, YYYY-MM-DD");
    AddText(verb, "--expires", arguments->expiry_date, "last day of use, YYYY-MM-DD");
  }
  arguments->kind_flags = std::make_unique<FieldFlags>(verb, words.flags);
  arguments->flags = std::make_unique<FieldFlags>(verb, kEventFlags);
  AddText(verb, "--request-id", arguments->request_id,
          "tells a retry from a new change; with --at");
  AddOffline(verb, arguments->offline,
             "keeps it in the queue of this folder, to be sent later (queue send)");
}

}  // namespace

void AddEventVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "event", "custody: what happened to which goods");
  for (const EventKindWords& words : kEventKinds) AddCaptureVerb(family, session, words);

  auto get = std::make_shared<EventQuery>();
  CLI::App& get_verb = AddVerb(family, "get", "shows one event", session,
                               [&session, get] { return GetEvent(session, *get); });
  AddText(get_verb, "event", get->text, "its number, or events/NUMBER").Required();

  auto list = std::make_shared<EventQuery>();
  CLI::App& list_verb = AddVerb(family, "list", "the events that named an object, oldest first",
                                session, [&session, list] { return ListEvents(session, *list); });
  AddText(list_verb, "object", list->text, "CODE/lot/L, CODE/serial/S or sscc/N").Required();
  AddLimit(list_verb, list->limit);
}

}  // namespace radyab::cli
