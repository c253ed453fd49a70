#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <regex>
#include <set>
#include <thread>

#include "clients/cpp/attempt.h"
#include "clients/cpp/catalog_client.h"
#include "clients/cpp/request_id.h"
#include "tests/clients/fake_server.h"

namespace radyab::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// Answers a call with the given statuses, one an attempt, the last one again and again.
class Script {
 public:
  explicit Script(std::vector<grpc::Status> statuses) : statuses_(std::move(statuses)) {}

  grpc::Status Next(const std::string& request_id) {
    std::lock_guard lock(mutex_);
    request_ids_.push_back(request_id);
    return statuses_[std::min(request_ids_.size(), statuses_.size()) - 1];
  }
  std::vector<std::string> request_ids() {
    std::lock_guard lock(mutex_);
    return request_ids_;
  }

 private:
  std::mutex mutex_;
  std::vector<grpc::Status> statuses_;
  std::vector<std::string> request_ids_;
};

FakeAnswers AnswersOf(Script& script) {
  FakeAnswers answers;
  answers.get_item = [&](auto&, const v1::GetItemRequest& request, v1::Item& item) {
    item.set_name(request.name());
    return script.Next("");
  };
  answers.create_item = [&](auto&, const v1::CreateItemRequest& request, v1::Item&) {
    return script.Next(request.request_id());
  };
  return answers;
}

const grpc::Status kUnavailable(grpc::StatusCode::UNAVAILABLE, "away");

TEST(Call, SendsTheKeyAndADeadline) {
  std::string key;
  bool bounded = false;
  FakeAnswers answers;
  answers.get_item = [&](grpc::ServerContext& context, const v1::GetItemRequest&, v1::Item&) {
    key = HeaderOf(context, "authorization");
    bounded = context.deadline() < std::chrono::system_clock::now() + seconds(11);
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  EXPECT_TRUE(CatalogClient(server.Connect()).GetItem({}).ok());
  EXPECT_EQ(key, "Bearer test-key");
  EXPECT_TRUE(bounded);
}

TEST(Call, RepeatsAReadWhenTheServerWasAway) {
  Script script({kUnavailable, kUnavailable, grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  v1::GetItemRequest request;
  request.set_name("items/1042000017000113");
  const auto item = CatalogClient(server.Connect()).GetItem(request);
  ASSERT_TRUE(item.ok());
  EXPECT_EQ(item->name(), "items/1042000017000113");
  EXPECT_EQ(script.request_ids().size(), 3u);
}

TEST(Call, KeepsTheRequestIdWhenAChangeIsRepeated) {
  Script script({kUnavailable, kUnavailable, grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  ASSERT_TRUE(CatalogClient(server.Connect()).CreateItem({}).ok());
  const auto ids = script.request_ids();
  ASSERT_EQ(ids.size(), 3u);
  EXPECT_FALSE(ids[0].empty());
  EXPECT_EQ(ids[1], ids[0]);
  EXPECT_EQ(ids[2], ids[0]);
}

TEST(Call, GivesEachChangeARequestIdOfItsOwn) {
  Script script({grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  const CatalogClient catalog(server.Connect());
  ASSERT_TRUE(catalog.CreateItem({}).ok());
  ASSERT_TRUE(catalog.CreateItem({}).ok());
  const auto ids = script.request_ids();
  const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  EXPECT_TRUE(std::regex_match(ids[0], uuid)) << ids[0];
  EXPECT_NE(ids[0], ids[1]);
}

TEST(Call, LeavesTheCallersRequestIdAlone) {
  Script script({grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  v1::CreateItemRequest request;
  request.set_request_id("mine");
  ASSERT_TRUE(CatalogClient(server.Connect()).CreateItem(request).ok());
  EXPECT_EQ(script.request_ids(), std::vector<std::string>{"mine"});
}

TEST(Call, NeverRepeatsWhatTheServerRefused) {
  for (const auto code : {grpc::StatusCode::INVALID_ARGUMENT, grpc::StatusCode::ABORTED,
                          grpc::StatusCode::RESOURCE_EXHAUSTED, grpc::StatusCode::INTERNAL,
                          grpc::StatusCode::DEADLINE_EXCEEDED}) {
    Script script({grpc::Status(code, "no"), grpc::Status::OK});
    FakeServer server(AnswersOf(script));
    const auto item = CatalogClient(server.Connect()).CreateItem({});
    ASSERT_FALSE(item.ok());
    EXPECT_EQ(static_cast<int>(item.error().code), static_cast<int>(code));
    EXPECT_EQ(script.request_ids().size(), 1u) << ErrorCodeName(item.error().code);
  }
}

TEST(Call, RepeatsWhatTheServerAskedToSendAgainAndWaitsAsLong) {
  const auto busy = StatusOf({.code = grpc::StatusCode::RESOURCE_EXHAUSTED,
                              .message = "too many changes wait",
                              .reason = "WRITE_QUEUE_FULL",
                              .retry_after = milliseconds(60)});
  Script script({busy, grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  const auto begun = steady_clock::now();
  EXPECT_TRUE(CatalogClient(server.Connect()).CreateItem({}).ok());
  EXPECT_GE(steady_clock::now() - begun, milliseconds(60));
  EXPECT_EQ(script.request_ids().size(), 2u);
}

TEST(Call, GivesUpAfterTheLastAttempt) {
  Script script({kUnavailable});
  FakeServer server(AnswersOf(script));
  auto options = FakeServer::QuickOptions();
  options.retry.attempts_max = 5;
  const auto item = CatalogClient(server.Connect(options)).GetItem({});
  ASSERT_FALSE(item.ok());
  EXPECT_EQ(item.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(item.error().attempts, 5);
  EXPECT_EQ(script.request_ids().size(), 5u);
}

TEST(Call, OfVeryManyAtOnceIsServedAtItsFirstAttempt) {
  FakeAnswers answers;
  answers.get_item = [](auto&, const v1::GetItemRequest&, v1::Item&) {
    std::this_thread::sleep_for(milliseconds(2));
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  auto options = FakeServer::QuickOptions();
  options.retry.attempts_max = 1;
  const CatalogClient catalog(server.Connect(options));
  std::atomic<int> served = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 100; ++i) {
    callers.emplace_back([&] { served += catalog.GetItem({}).ok() ? 1 : 0; });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(served, 100) << "a server that serves is never told to be busy";
}

TEST(Call, IsPatientUpToItsDeadlineWhileTheServerIsAway) {
  Script script({kUnavailable});
  FakeServer server(AnswersOf(script));
  auto options = FakeServer::QuickOptions();
  options.deadline = milliseconds(300);
  const auto begun = steady_clock::now();
  const auto item = CatalogClient(server.Connect(options)).GetItem({});
  ASSERT_FALSE(item.ok());
  EXPECT_EQ(item.error().code, ErrorCode::kUnavailable);
  EXPECT_GT(item.error().attempts, 10);
  EXPECT_GE(steady_clock::now() - begun, milliseconds(290));
}

TEST(Call, IsRepeatedWhenAServerThatGoesDownCancelsIt) {
  Script script({grpc::Status(grpc::StatusCode::CANCELLED, ""), grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  EXPECT_TRUE(CatalogClient(server.Connect()).CreateItem({}).ok());
  const auto ids = script.request_ids();
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(ids[1], ids[0]);
  Script refusing({StatusOf({.code = grpc::StatusCode::CANCELLED, .reason = "ON_PURPOSE"})});
  FakeServer other(AnswersOf(refusing));
  EXPECT_FALSE(CatalogClient(other.Connect()).CreateItem({}).ok());
  EXPECT_EQ(refusing.request_ids().size(), 1u) << "a refusal with a reason is final";
}

TEST(Call, EndsAtItsDeadline) {
  FakeAnswers answers;
  answers.get_item = [](grpc::ServerContext& context, const v1::GetItemRequest&, v1::Item&) {
    while (!context.IsCancelled()) std::this_thread::yield();
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  auto options = FakeServer::QuickOptions();
  options.deadline = milliseconds(50);
  const auto begun = steady_clock::now();
  const auto item = CatalogClient(server.Connect(options)).GetItem({});
  ASSERT_FALSE(item.ok());
  EXPECT_EQ(item.error().code, ErrorCode::kDeadlineExceeded);
  EXPECT_LT(steady_clock::now() - begun, seconds(5));
}

TEST(Call, DoesNotWaitBeyondItsDeadline) {
  Script script({StatusOf({.code = grpc::StatusCode::RESOURCE_EXHAUSTED,
                           .message = "busy",
                           .reason = "WRITE_QUEUE_FULL",
                           .retry_after = std::chrono::hours(1)})});
  FakeServer server(AnswersOf(script));
  const auto begun = steady_clock::now();
  const auto item = CatalogClient(server.Connect()).CreateItem({});
  ASSERT_FALSE(item.ok());
  EXPECT_EQ(item.error().reason, "WRITE_QUEUE_FULL");
  EXPECT_LT(steady_clock::now() - begun, seconds(5));
}

TEST(Call, TellsReasonFieldsAndFactsOfARefusal) {
  Script script(
      {StatusOf({.message = "the item is refused",
                 .reason = "INVALID_FIELD",
                 .metadata = {{"at", "8"}, {"length", "1"}},
                 .fields = {{"item.class_name", "want digits"}, {"item.unit", "unknown"}}})});
  FakeServer server(AnswersOf(script));
  const auto item = CatalogClient(server.Connect()).CreateItem({});
  ASSERT_FALSE(item.ok());
  const ClientError& error = item.error();
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(error.message, "the item is refused");
  EXPECT_EQ(error.reason, "INVALID_FIELD");
  EXPECT_EQ(error.metadata.at("at"), "8");
  ASSERT_EQ(error.fields.size(), 2u);
  EXPECT_EQ(error.fields[0], (FieldError{"item.class_name", "want digits"}));
}

TEST(Call, RefusesTextThatIsNoUtf8BeforeSendingIt) {
  Script script({grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  v1::CreateItemRequest request;
  request.add_aliases()->set_value("good");
  request.add_aliases()->set_value("bad\xFF");
  const auto item = CatalogClient(server.Connect()).CreateItem(request);
  ASSERT_FALSE(item.ok());
  EXPECT_EQ(item.error().code, ErrorCode::kInvalidArgument);
  ASSERT_EQ(item.error().fields.size(), 1u);
  EXPECT_EQ(item.error().fields[0].field, "aliases[1].value");
  EXPECT_TRUE(script.request_ids().empty());
}

TEST(Call, ServesManyThreadsAtOnce) {
  Script script({grpc::Status::OK});
  FakeServer server(AnswersOf(script));
  const CatalogClient catalog(server.Connect());
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 25; ++call) good += catalog.CreateItem({}).ok() ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 200);
  const auto ids = script.request_ids();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 200u);
}

TEST(Backoff, DoublesUpToItsMostAndStaysBetweenHalfAndAll) {
  const RetryPolicy policy{
      .attempts_max = 10, .backoff_first = milliseconds(100), .backoff_max = milliseconds(1'000)};
  const ClientError away{.code = ErrorCode::kUnavailable};
  for (int round = 0; round < 200; ++round) {
    const int whole[] = {100, 200, 400, 800, 1'000, 1'000};
    for (int attempt = 1; attempt <= 6; ++attempt) {
      const auto wait = WaitBeforeRepeat(policy, away, attempt);
      ASSERT_TRUE(wait.has_value());
      EXPECT_GE(wait->count(), whole[attempt - 1] / 2);
      EXPECT_LE(wait->count(), whole[attempt - 1]);
    }
  }
}

}  // namespace
}  // namespace radyab::client
