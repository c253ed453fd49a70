// case open, get, list, advance, draft, responses, timeline, track.
#include "clients/cli/field_flags.h"
#include "clients/cli/message_field.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/resource_update.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/case_client.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kTextFileBytesMax = 1 << 20;

constexpr FieldFlag kOpenFlags[] = {
    {"--type", "type", "complaint, enquiry, suggestion, return or praise"},
    {"--channel", "channel",
     "phone, email, web, letter, fax, chat, sms, social, counter, scanner, partner"},
    {"--complainant", "complainant_party", "code of the complainant's party"},
    {"--contact", "contact", "telephone or e-mail of a complainant who is no party"},
    {"--language", "language", "fa, en or ar"},
    {"--narrative", "narrative", "what happened, in the complainant's words"},
    {"--occurred", "occurred_time", "when it happened: 2026-03-01T10:20:30+03:30"},
    {"--owner", "owner", "who works on it"},
    {"--member", "member", "who answers it; without it the member of the key"},
};
constexpr FieldFlag kAdvanceFlags[] = {
    {"--reason", "reason", "why, or what was done"},
    {"--owner", "owner", "who works on it"},
    {"--delivery-id", "delivery_id", "id of the message that was really sent"},
    {"--channel", "channel", "how the answer was sent"},
};
constexpr FieldFlag kListFlags[] = {
    {"--member", "member", "only those of this member"},
    {"--subject", "subject", "only those about this code, lot, unit or container"},
    {"--complainant", "complainant_party", "only those of this party"},
    {"--state", "state", "only those in this stage"},
};

struct CaseArguments {
  std::string code;
  std::string text;
  std::string text_file;
  std::string state;
  std::string etag;
  std::string token;
  std::string request_id;
  std::string match = "typed";
  std::vector<std::string> subjects;
  bool subject_unknown = false;
  bool anonymous = false;
  ListLimit limit;
  std::unique_ptr<FieldFlags> flags;
};

// The text of --…-file, when one was given, into `text`. False after the fault was printed.
bool TakeTextFile(const Session& session, const std::string& path, std::string& text) {
  if (path.empty()) return true;
  auto content = ReadSmallFile(path, kTextFileBytesMax);
  if (!content) {
    session.errors().PrintFault(ExitCode::kUsage, "file \"" + path + "\" cannot be read");
    return false;
  }
  text = *std::move(content);
  return true;
}

ExitCode OpenCase(Session& session, const CaseArguments& arguments) {
  v1::CreateCaseRequest request;
  v1::Case& opened = *request.mutable_case_();
  if (!arguments.flags->Apply(opened, session.errors())) return ExitCode::kRefused;
  if (!TakeTextFile(session, arguments.text_file, *opened.mutable_narrative())) {
    return ExitCode::kUsage;
  }
  for (const std::string& word : arguments.subjects) {
    v1::CaseSubject& subject = *opened.add_subjects();
    auto refusal = SetField(subject, "object", word);
    if (!refusal) refusal = SetField(subject, "match", arguments.match);
    if (refusal) return session.errors().PrintRefusal("--subject", *refusal);
  }
  opened.set_subject_unknown(arguments.subject_unknown);
  opened.set_anonymous(arguments.anonymous);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::CaseClient(connection).CreateCase(request));
}

ExitCode GetCase(Session& session, const CaseArguments& arguments) {
  const auto name = CodeName("cases", arguments.code);
  if (!name) return session.errors().PrintRefusal("code", name.refusal());
  v1::GetCaseRequest request;
  request.set_name(*name);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::CaseClient(connection).GetCase(request));
}

// Puts etag and id into the request of a change of the case `name`, and notes how to repeat it. The
// etag is that of the case as it stands when the caller named none. False after what was wrong was
// printed, with the exit code in the session.
template <class Request>
bool FillVersion(Session& session, const client::CaseClient& cases, const CaseArguments& arguments,
                 Request& request) {
  request.set_etag(arguments.etag);
  if (arguments.etag.empty()) {
    if (!arguments.request_id.empty()) {
      session.exit_code = PrintRetryWithoutVersion(session, "--etag");
      return false;
    }
    v1::GetCaseRequest get;
    get.set_name(request.name());
    const auto present = cases.GetCase(get);
    if (!present) {
      session.exit_code = session.errors().Print(present.error());
      return false;
    }
    request.set_etag(present->etag());
  }
  request.set_request_id(session.ChangeId(arguments.request_id));
  session.RepeatWith("--etag", request.etag());
  return true;
}

ExitCode AdvanceCase(Session& session, const CaseArguments& arguments) {
  const auto name = CodeName("cases", arguments.code);
  if (!name) return session.errors().PrintRefusal("code", name.refusal());
  v1::AdvanceCaseRequest request;
  request.set_name(*name);
  if (const auto refusal = SetField(request, "state", arguments.state)) {
    return session.errors().PrintRefusal("state", *refusal);
  }
  if (!arguments.flags->Apply(request, session.errors())) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::CaseClient cases(connection);
  if (!FillVersion(session, cases, arguments, request)) return session.exit_code;
  return PrintAnswer(session, cases.AdvanceCase(request));
}

ExitCode DraftResponse(Session& session, const CaseArguments& arguments) {
  const auto name = CodeName("cases", arguments.code);
  if (!name) return session.errors().PrintRefusal("code", name.refusal());
  v1::DraftResponseRequest request;
  request.set_name(*name);
  request.set_text(arguments.text);
  if (!TakeTextFile(session, arguments.text_file, *request.mutable_text())) return ExitCode::kUsage;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::CaseClient cases(connection);
  if (!FillVersion(session, cases, arguments, request)) return session.exit_code;
  return PrintAnswer(session, cases.DraftResponse(request));
}

ExitCode ListCases(Session& session, const CaseArguments& arguments) {
  v1::ListCasesRequest request;
  if (!arguments.flags->Apply(request, session.errors())) return ExitCode::kRefused;
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::CaseClient(connection).ListCases(request),
                   {{"CASE", "code"},
                    {"TYPE", "type"},
                    {"STATE", "state"},
                    {"CHANNEL", "channel"},
                    {"OWNER", "owner"},
                    {"CAME IN", "create_time"},
                    {"SUBJECTS", "subjects"}},
                   arguments.limit);
}

ExitCode ListResponses(Session& session, const CaseArguments& arguments) {
  const auto name = CodeName("cases", arguments.code);
  if (!name) return session.errors().PrintRefusal("code", name.refusal());
  v1::ListResponsesRequest request;
  request.set_name(*name);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::CaseClient(connection).ListResponses(request),
                   {{"NO", "number"},
                    {"WRITTEN", "create_time"},
                    {"TOLD", "communicate_time"},
                    {"CHANNEL", "channel"},
                    {"TEXT", "text"}},
                   arguments.limit);
}

ExitCode ListTimeline(Session& session, const CaseArguments& arguments) {
  const auto name = CodeName("cases", arguments.code);
  if (!name) return session.errors().PrintRefusal("code", name.refusal());
  v1::ListTimelineRequest request;
  request.set_name(*name);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::CaseClient(connection).ListTimeline(request),
                   {{"NO", "number"},
                    {"TIME", "time"},
                    {"WHAT", "kind"},
                    {"FROM", "from_state"},
                    {"TO", "to_state"},
                    {"RESPONSE", "response_number"},
                    {"WHO", "actor"},
                    {"REASON", "reason"}},
                   arguments.limit);
}

ExitCode TrackCase(Session& session, const CaseArguments& arguments) {
  const auto code = CodeDigits(arguments.code);
  if (!code) return session.errors().PrintRefusal("code", code.refusal());
  v1::TrackCaseRequest request;
  request.set_code(*code);
  request.set_token(arguments.token);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::CaseClient(connection).TrackCase(request));
}

using Run = ExitCode (*)(Session&, const CaseArguments&);

struct Declared {
  CLI::App& verb;
  CaseArguments& arguments;
};

// A verb of the family; `with_code`: its first word is the case.
Declared Declare(CLI::App& family, Session& session, const std::string& name,
                 const std::string& help, Run run, bool with_code) {
  auto arguments = std::make_shared<CaseArguments>();
  CLI::App& verb = AddVerb(family, name, help, session,
                           [&session, arguments, run] { return run(session, *arguments); });
  if (with_code) AddText(verb, "code", arguments->code, "the tracking code").Required();
  return {verb, *arguments};
}

void AddVersionWords(CLI::App& verb, CaseArguments& arguments) {
  AddText(verb, "--etag", arguments.etag,
          "refuse unless this is the present version; without it the one that is read just before");
  AddRequestId(verb, arguments.request_id);
}

void AddOpenVerb(CLI::App& family, Session& session) {
  auto [verb, arguments] =
      Declare(family, session, "open", "opens a case; shows its token once", OpenCase, false);
  arguments.flags = std::make_unique<FieldFlags>(verb, kOpenFlags);
  AddTexts(verb, "--subject", arguments.subjects,
           "CODE, CODE/lot/L, CODE/serial/S or sscc/N; again for each");
  AddText(verb, "--match", arguments.match, "how the subjects were found: scan, typed or inferred");
  AddFlag(verb, "--subject-unknown", arguments.subject_unknown, "what it is about is not known");
  AddFlag(verb, "--anonymous", arguments.anonymous, "the complainant wishes not to be named");
  AddBytes(verb, "--narrative-file", arguments.text_file,
           "file with the narrative; -: standard input")
      .Excludes(ArgumentOf(verb, "--narrative"));
  AddRequestId(verb, arguments.request_id);
}

}  // namespace

void AddCaseVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "case", "complaints and their answers");
  AddOpenVerb(family, session);
  Declare(family, session, "get", "shows a case", GetCase, true);

  auto [list_verb, list] =
      Declare(family, session, "list", "lists cases, oldest first", ListCases, false);
  list.flags = std::make_unique<FieldFlags>(list_verb, kListFlags);
  AddLimit(list_verb, list.limit);

  auto [advance_verb, advance] =
      Declare(family, session, "advance", "moves a case to another stage", AdvanceCase, true);
  AddText(advance_verb, "state", advance.state,
          "acknowledged, investigating, response_drafted, decision_communicated or closed")
      .Required();
  advance.flags = std::make_unique<FieldFlags>(advance_verb, kAdvanceFlags);
  AddVersionWords(advance_verb, advance);

  auto [draft_verb, draft] =
      Declare(family, session, "draft", "writes an answer", DraftResponse, true);
  Argument text = AddText(draft_verb, "--text", draft.text, "the answer");
  AddBytes(draft_verb, "--text-file", draft.text_file, "file with the answer; -: standard input")
      .Excludes(text);
  AddVersionWords(draft_verb, draft);

  Declare(family, session, "responses", "the answers of a case", ListResponses, true);
  Declare(family, session, "timeline", "the history of a case", ListTimeline, true);

  auto [track_verb, track] =
      Declare(family, session, "track", "where is my complaint? without a key", TrackCase, true);
  AddText(track_verb, "--token", track.token, "the token given with the tracking code").Required();
}

}  // namespace radyab::cli
