// What a person is told whose change may be done or not, and that following it does it once only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kItem = "1042000017000113";
constexpr const char* kLot = "1042000017000113/lot/L7";
constexpr const char* kCase = "2670100002041624";
const grpc::Status kLost(grpc::StatusCode::DEADLINE_EXCEEDED, "Deadline Exceeded");

ProgramEnd Ask(const FakeServer& server, const std::vector<std::string>& arguments,
               const std::string& input = "") {
  return RunRadyab(arguments, input, {{"RADYAB_SERVER", server.address()}});
}

// The words behind "repeat with".
std::vector<std::string> RepeatWords(const ProgramEnd& end) {
  std::smatch found;
  if (!std::regex_search(end.err, found, std::regex("repeat with ([^\n]*)\n"))) return {};
  std::istringstream text(found[1]);
  return {std::istream_iterator<std::string>(text), {}};
}

std::vector<std::string> With(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Loses the answer of every change after it was done; `etag` moves on with each.
struct LosingServer {
  std::vector<std::string> requests;
  std::vector<std::string> ids;
  int version = 1;

  template <class Request>
  grpc::Status Take(const Request& request) {
    requests.push_back(request.SerializeAsString());
    ids.push_back(request.request_id());
    ++version;
    return kLost;
  }

  FakeAnswers Answers() {
    FakeAnswers answers;
    answers.create_item = [this](auto&, const v1::CreateItemRequest& request, v1::Item&) {
      return Take(request);
    };
    answers.get_item = [this](auto&, const v1::GetItemRequest& request, v1::Item& item) {
      item.set_name(request.name());
      item.mutable_display_name()->set_fa("نسخه " + std::to_string(version));
      item.set_etag("e" + std::to_string(version));
      return grpc::Status::OK;
    };
    answers.update_item = [this](const v1::UpdateItemRequest& request, v1::Item&) {
      return Take(request);
    };
    answers.get_case = [this](const v1::GetCaseRequest&, v1::Case& found) {
      found.set_etag("e" + std::to_string(version));
      return grpc::Status::OK;
    };
    answers.advance_case = [this](const v1::AdvanceCaseRequest& request, v1::Case&) {
      return Take(request);
    };
    answers.capture_event = [this](const v1::CaptureEventRequest& request,
                                   v1::CaptureEventResponse&) { return Take(request); };
    return answers;
  }
};

TEST(Repeat, OfAChangeWhoseAnswerWasLostIsTheSameChange) {
  const std::vector<std::vector<std::string>> changes = {
      {"item", "create", "--name-en", "milk", "--class", "0412"},
      {"item", "update", kItem, "--name-en", "milk", "--attribute", "fat=1.5"},
      {"item", "update", kItem, "--name-en", "milk", "--force"},
      {"case", "advance", kCase, "closed", "--reason", "done"},
      {"event", "ship", kLot, "--quantity", "2", "--to", "7000000017004271"},
  };
  for (const auto& words : changes) {
    LosingServer losing;
    const FakeServer server(losing.Answers());
    const auto first = Ask(server, words);
    EXPECT_EQ(first.exit_code, 4) << first.err;
    const auto repeat = RepeatWords(first);
    ASSERT_GE(repeat.size(), 2u) << testing::PrintToString(words) << first.err;
    EXPECT_EQ(repeat[0], "--request-id");
    const auto second = Ask(server, With(words, repeat));
    EXPECT_EQ(second.exit_code, 4) << second.err;
    ASSERT_EQ(losing.requests.size(), 2u) << second.err;
    EXPECT_EQ(losing.ids[0], repeat[1]);
    EXPECT_EQ(losing.requests[1], losing.requests[0]) << testing::PrintToString(words);
  }
}

TEST(Repeat, IsToldInTheMetadataOfJson) {
  LosingServer losing;
  const FakeServer server(losing.Answers());
  const auto end = Ask(server, {"item", "update", kItem, "--name-en", "milk", "--json"});
  const auto error = nlohmann::json::parse(end.err, nullptr, false);
  ASSERT_TRUE(error.is_object()) << end.err;
  EXPECT_EQ(error["error"]["metadata"]["request_id"], losing.ids.at(0));
  EXPECT_EQ(error["error"]["metadata"]["etag"], "e1");
  EXPECT_THAT(end.err, Not(HasSubstr("not done twice")));
}

TEST(Repeat, IsNotToldWhereNothingWasChanged) {
  FakeAnswers answers;
  answers.get_item = [](auto&, const v1::GetItemRequest&, v1::Item&) { return kLost; };
  answers.create_item = [](auto&, const v1::CreateItemRequest&, v1::Item&) {
    return client::StatusOf({.message = "no", .reason = "INVALID_FIELD"});
  };
  const FakeServer server(answers);
  const std::vector<std::vector<std::string>> commands = {
      {"item", "get", kItem},
      {"item", "update", kItem, "--name-en", "milk"},
      {"item", "create", "--name-en", "milk"}};
  for (const auto& words : commands) {
    EXPECT_THAT(Ask(server, words).err, Not(HasSubstr("repeat with"))) << words[1];
  }
}

TEST(Repeat, WantsTheVersionOrTheMomentBesideItsId) {
  LosingServer losing;
  const FakeServer server(losing.Answers());
  struct Case {
    std::vector<std::string> words;
    std::string wanted;
  };
  const Case cases[] = {
      {{"item", "update", kItem, "--name-en", "milk", "--request-id", "r"}, "--etag or --force"},
      {{"member", "update", "17", "--name-en", "maker", "--request-id", "r"}, "--etag or --force"},
      {{"class", "update", "0412", "--name-en", "milk", "--request-id", "r"}, "--etag or --force"},
      {{"case", "advance", kCase, "closed", "--request-id", "r"}, "wants --etag"},
      {{"case", "draft", kCase, "--text", "sorry", "--request-id", "r"}, "wants --etag"},
      {{"event", "ship", kLot, "--request-id", "r"}, "want --at"},
      {{"event", "ship", kLot, "--event-id", "r"}, "want --at"},
  };
  for (const Case& one : cases) {
    const auto end = Ask(server, one.words);
    EXPECT_EQ(end.exit_code, 2) << testing::PrintToString(one.words);
    EXPECT_THAT(end.err, AllOf(HasSubstr("radyab: usage: "), HasSubstr(one.wanted)));
  }
  EXPECT_TRUE(losing.requests.empty());
}

TEST(Repeat, IsToldWhenTheAnswerCouldNotBeWritten) {
  FakeAnswers answers;
  std::string id;
  answers.create_key = [&](const v1::CreateKeyRequest& request, v1::CreateKeyResponse& made) {
    id = request.request_id();
    made.set_secret("rk_very-secret");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = RunRadyabInto(
      "/dev/full", {"admin", "key", "create", "--role", "admin", "--display-name", "a"},
      {{"RADYAB_SERVER", server.address()}});
  EXPECT_EQ(end.exit_code, 5);
  EXPECT_THAT(end.err, AllOf(HasSubstr("could not be written to standard output"),
                             HasSubstr("--request-id " + id)));
  EXPECT_EQ(RunRadyabInto("/dev/full", {"code", "check", "--json", kItem}).exit_code, 5);
  EXPECT_EQ(RunRadyabInto("/dev/full", {"--help"}).exit_code, 5);
}

}  // namespace
}  // namespace radyab::cli
