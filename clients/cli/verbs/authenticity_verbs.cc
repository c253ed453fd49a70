// authenticity register, ask, get, again: numbers under scratch layers.
#include <cstdio>

#include "clients/cli/output/language.h"
#include "clients/cli/text_source.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/authenticity_client.h"
#include "coding/iranian_ids.h"
#include "coding/refuse.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kNumbersOfCallMax = 1000;  // as the server takes them

struct AuthenticityArguments {
  std::string object;
  std::vector<std::string> numbers;
  std::string number;
  std::string member;
  std::string item;
  std::string request_id;
  ListLimit limit;
};

// Sends numbers by the thousand. What was sent before a fault stays registered; the same command
// again counts it as known.
class Registration {
 public:
  Registration(Session& session, const client::AuthenticityClient& client, std::string object)
      : session_(session), client_(client) {
    request_.set_object(std::move(object));
  }

  // False when no later number can be taken.
  bool Take(const std::string& line) {
    ++line_;
    std::string_view number = line;
    if (number.ends_with('\r')) number.remove_suffix(1);
    if (number.empty()) return true;
    const auto digits = coding::ParseAuthenticity16(number);
    if (!digits) {
      session_.errors().PrintRefusal("number " + std::to_string(line_), digits.refusal());
      exit_code_ = ExitCode::kRefused;
      return true;  // all wrong ones are told
    }
    if (exit_code_ == ExitCode::kRefused) return true;
    request_.add_numbers(*digits);
    return request_.numbers_size() < static_cast<int>(kNumbersOfCallMax) || Send();
  }

  bool Send() {
    if (request_.numbers_size() == 0 || exit_code_ != ExitCode::kOk)
      return exit_code_ == ExitCode::kOk;
    request_.set_request_id(session_.ChangeId(""));
    const auto answer = client_.RegisterAuthenticityNumbers(request_);
    if (!answer) {
      exit_code_ = session_.errors().Print(answer.error());
      const std::string where =
          LocalSentence("places count from 0 in the {1} numbers that end with number {2}",
                        {std::to_string(request_.numbers_size()), std::to_string(line_)});
      if (!session_.printer().json()) std::fprintf(stderr, "%s\n", where.c_str());
      return false;
    }
    total_.set_object(answer->object());
    total_.set_registered_count(total_.registered_count() + answer->registered_count());
    total_.set_known_count(total_.known_count() + answer->known_count());
    request_.clear_numbers();
    return true;
  }

  ExitCode exit_code() const { return exit_code_; }
  const v1::RegisterAuthenticityNumbersResponse& total() const { return total_; }

 private:
  Session& session_;
  const client::AuthenticityClient& client_;
  v1::RegisterAuthenticityNumbersRequest request_;
  v1::RegisterAuthenticityNumbersResponse total_;
  std::size_t line_ = 0;
  ExitCode exit_code_ = ExitCode::kOk;
};

ExitCode Register(Session& session, const AuthenticityArguments& arguments) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::AuthenticityClient client(connection);
  Registration registration(session, client, arguments.object);
  const bool read = ForEachText(
      arguments.numbers, [&](const std::string& line) { return registration.Take(line); },
      [] { return true; });
  registration.Send();
  const auto& total = registration.total();
  if (!total.object().empty()) session.printer().PrintMessage(total);
  if (!read) return ExitCode::kInternal;
  return registration.exit_code();
}

// 0: genuine; 1: asked for before.
ExitCode Ask(Session& session, const AuthenticityArguments& arguments) {
  v1::AskAuthenticityRequest request;
  request.set_number(arguments.number);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto answer = client::AuthenticityClient(connection).AskAuthenticity(request);
  const ExitCode code = PrintAnswer(session, answer);
  if (code != ExitCode::kOk) return code;
  return answer->verdict() == v1::AUTHENTICITY_VERDICT_GENUINE ? code : ExitCode::kRefused;
}

ExitCode Get(Session& session, const AuthenticityArguments& arguments) {
  v1::GetAuthenticityNumberRequest request;
  request.set_number(arguments.number);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session,
                     client::AuthenticityClient(connection).GetAuthenticityNumber(request));
}

ExitCode ListAgain(Session& session, const AuthenticityArguments& arguments) {
  v1::ListNumbersAskedAgainRequest request;
  if (!arguments.member.empty()) {
    const auto* member = TakeOrPrint(session.errors(), "--member", MemberName(arguments.member));
    if (member == nullptr) return ExitCode::kRefused;
    request.set_member(*member);
  }
  if (!arguments.item.empty()) {
    const auto* item = TakeOrPrint(session.errors(), "--item", CodeDigits(arguments.item));
    if (item == nullptr) return ExitCode::kRefused;
    request.set_item(*item);
  }
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::AuthenticityClient(connection).ListNumbersAskedAgain(request),
                   {{"OBJECT", "object"},
                    {"ASKED", "ask_count"},
                    {"FIRST", "first_ask_time"},
                    {"LAST", "last_ask_time"},
                    {"CREATED", "create_time"}},
                   arguments.limit);
}

}  // namespace

void AddAuthenticityVerbs(CLI::App& app, Session& session) {
  CLI::App& family =
      AddFamily(app, "authenticity", "numbers under scratch layers, each of which answers once");
  auto fresh = std::make_shared<AuthenticityArguments>();
  CLI::App& register_verb =
      AddVerb(family, "register", "registers the numbers of an item, a lot or a unit", session,
              [&session, fresh] { return Register(session, *fresh); });
  AddText(register_verb, "object", fresh->object, "CODE, CODE/lot/L or CODE/serial/S").Required();
  AddTexts(register_verb, "numbers", fresh->numbers,
           "16 digits each; without any, or with -, lines of standard input");

  auto ask = std::make_shared<AuthenticityArguments>();
  CLI::App& ask_verb = AddVerb(family, "ask", "is it genuine? The number answers once", session,
                               [&session, ask] { return Ask(session, *ask); });
  AddText(ask_verb, "number", ask->number, "16 digits").Required();
  AddRequestId(ask_verb, ask->request_id);

  auto get = std::make_shared<AuthenticityArguments>();
  CLI::App& get_verb = AddVerb(family, "get", "what is kept of a number, without asking", session,
                               [&session, get] { return Get(session, *get); });
  AddText(get_verb, "number", get->number, "16 digits").Required();

  auto again = std::make_shared<AuthenticityArguments>();
  CLI::App& again_verb = AddVerb(family, "again", "numbers that were asked for more than once",
                                 session, [&session, again] { return ListAgain(session, *again); });
  AddText(again_verb, "--member", again->member, "the member; without it that of the key");
  AddText(again_verb, "--item", again->item, "only those of this item");
  AddLimit(again_verb, again->limit);
}

}  // namespace radyab::cli
