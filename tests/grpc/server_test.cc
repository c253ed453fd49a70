// The server around the services: start, deadlines, drain, health, reflection.
#include "grpc/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <regex>
#include <thread>

#include "radyab/v1/admin_service.pb.h"
#include "radyab/v1/code_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr char kGoodItem[] = "item { class_name: 'classes/0415' display_name { en: 'Good' } }";

class ServerOfTest : public ::testing::Test {
 protected:
  ApiWorld world_;
  const std::string member_ = world_.Key("MEMBER");
};

// One message to a bidirectional method of another package, and the reply.
std::string Ask(const RawClient& client, const std::string& path, const std::string& request) {
  grpc::ClientContext context;
  const auto stream = client.Stream(path, context, "");
  stream->Write(Buffer(request));
  stream->WritesDone();
  grpc::ByteBuffer reply;
  const bool answered = stream->Read(&reply);
  stream->Finish();
  return answered ? TextOf(reply) : "";
}

// Of this process, in which the server runs.
int ThreadCount() {
  const std::filesystem::directory_iterator threads("/proc/self/task");
  return static_cast<int>(std::distance(begin(threads), end(threads)));
}

TEST_F(ServerOfTest, IsServingByTheHealthProtocol) {
  const std::string path = "/grpc.health.v1.Health/Watch";
  const std::string serving("\x08\x01", 2);
  for (const std::string& service : {std::string(), std::string("radyab.v1.CatalogService")}) {
    grpc::ClientContext context;
    const auto stream = world_.client().Stream(path, context, "");
    std::string request;  // field 1, a text
    if (!service.empty()) {
      request += '\x0a';
      request += static_cast<char>(service.size());
      request += service;
    }
    stream->Write(Buffer(request));
    grpc::ByteBuffer reply;
    ASSERT_TRUE(stream->Read(&reply));
    EXPECT_EQ(TextOf(reply), serving) << service;
    context.TryCancel();
    stream->Finish();
  }
}

TEST_F(ServerOfTest, ListsEveryServiceOfTheProtosByReflection) {
  const std::string reply =
      Ask(world_.client(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
          std::string("\x3a\x01*", 3));
  int services = 0;
  for (const auto& file : std::filesystem::directory_iterator(
           std::filesystem::path(RADYAB_SOURCE_DIR) / "grpc/proto/radyab/v1")) {
    std::ifstream stream(file.path());
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    static const std::regex service(R"(\nservice (\w+) \{)");
    std::smatch match;
    if (!std::regex_search(text, match, service)) continue;
    ++services;
    EXPECT_THAT(reply, HasSubstr("radyab.v1." + std::string(match[1])));
  }
  EXPECT_EQ(services, 17);
  EXPECT_THAT(reply, HasSubstr("grpc.health.v1.Health"));
}

TEST_F(ServerOfTest, RefusesAPortInUse) {
  ServerSettings settings;
  settings.listen = "127.0.0.1:" + std::to_string(world_.server().port());
  const auto second = Server::Start(
      settings, SystemServing(world_.server().store(), world_.server().environment()));
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(settings.listen));
  EXPECT_TRUE(world_.Call("CatalogService.CreateItem", kGoodItem, member_).ok());
}

TEST_F(ServerOfTest, SaysWhichTlsFileCannotBeUsed) {
  ServerSettings settings;
  settings.listen = "127.0.0.1:0";
  settings.tls_cert = "/nowhere/cert.pem";
  const auto serving = SystemServing(world_.server().store(), world_.server().environment());
  EXPECT_THAT(std::string(Server::Start(settings, serving).status().message()),
              HasSubstr("tls-key"));
  settings.tls_key = "/nowhere/key.pem";
  EXPECT_THAT(std::string(Server::Start(settings, serving).status().message()),
              HasSubstr("/nowhere/cert.pem"));
}

TEST_F(ServerOfTest, AnswersACallWhoseDeadlinePassesWhileItWaits) {
  SwitchableStore& store = world_.server().store();
  store.Hold();
  const std::string request = std::string(kGoodItem) + " request_id: 'late'";
  const Answer late = world_.client().CallBytes("CatalogService.CreateItem",
                                                RequestBytes("CatalogService.CreateItem", request),
                                                member_, milliseconds(100));
  EXPECT_EQ(late.Outcome(), "DEADLINE_EXCEEDED");
  store.Release();
  const Answer retry = world_.Call("CatalogService.CreateItem", request, member_);
  EXPECT_TRUE(retry.ok()) << ::testing::PrintToString(retry);
}

TEST_F(ServerOfTest, DoesNothingForACallThatIsLateAlready) {
  const Rows before = world_.server().store().Dump();
  const Answer late = world_.client().CallBytes(
      "CatalogService.CreateItem", RequestBytes("CatalogService.CreateItem", kGoodItem), member_,
      milliseconds(-1000));
  EXPECT_EQ(late.Outcome(), "DEADLINE_EXCEEDED");
  EXPECT_EQ(world_.server().store().Dump(), before);
}

TEST_F(ServerOfTest, FinishesCallsInFlightBeforeItEnds) {
  SwitchableStore& store = world_.server().store();
  store.Hold();
  const int begun = store.bodies_begun();
  auto call = std::async(std::launch::async, [this] {
    return world_.Call("CatalogService.CreateItem", kGoodItem, member_);
  });
  while (store.bodies_begun() == begun) std::this_thread::yield();
  auto drain = std::async(std::launch::async,
                          [this] { world_.server().server().Drain(std::chrono::seconds(20)); });
  // The drain has begun once a new call is turned away.
  while (RawClient("127.0.0.1:" + std::to_string(world_.server().port()))
             .CallBytes("CodeService.Check", "", "", milliseconds(200))
             .ok()) {
  }
  EXPECT_EQ(drain.wait_for(milliseconds(0)), std::future_status::timeout);
  store.Release();
  EXPECT_TRUE(call.get().ok());
  drain.get();
}

TEST_F(ServerOfTest, TellsOpenStreamsThatItEndsAndAnswersWhatTheyHaveSent) {
  grpc::ClientContext asking_context;
  const auto asking = world_.client().Stream("CodeService.ResolveStream", asking_context, member_);
  asking->Write(Buffer(RequestBytes("CodeService.ResolveStream", "text: 'x'")));
  grpc::ByteBuffer reply;
  ASSERT_TRUE(asking->Read(&reply));

  SwitchableStore& store = world_.server().store();
  store.Hold();
  grpc::ClientContext importing_context;
  const auto importing =
      world_.client().Stream("CatalogService.ImportItems", importing_context, member_);
  const int begun = store.bodies_begun();
  importing->Write(Buffer(RequestBytes("CatalogService.ImportItems", kGoodItem)));
  while (store.bodies_begun() == begun) std::this_thread::yield();

  const auto start = std::chrono::steady_clock::now();
  auto drain = std::async(std::launch::async,
                          [this] { world_.server().server().Drain(std::chrono::seconds(60)); });
  EXPECT_FALSE(asking->Read(&reply));
  const Answer asked = AnswerOf(asking->Finish());
  EXPECT_EQ(asked.Outcome(), "UNAVAILABLE/STORE_CLOSED");
  EXPECT_TRUE(asked.may_be_tried_again);
  store.Release();
  EXPECT_TRUE(importing->Read(&reply)) << "the row was read: it is committed and told";
  EXPECT_FALSE(importing->Read(&reply));
  EXPECT_EQ(AnswerOf(importing->Finish()).Outcome(), "UNAVAILABLE/STORE_CLOSED");
  drain.get();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST_F(ServerOfTest, EndsACallThatOutlastsTheDrain) {
  // A client that reads nothing, and takes in no more than HTTP/2 begins with.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  const RawClient client(
      grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(world_.server().port()),
                                grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  const auto stream = client.Stream("CodeService.ResolveStream", context, member_);
  const std::string text = "text: '" + std::string(8'000, 'x') + "'";
  const std::string request = RequestBytes("CodeService.ResolveStream", text);
  std::atomic<int> written = 0;
  std::thread writer([&] {
    while (stream->Write(Buffer(request))) ++written;
  });
  // The stream stands still once its answers fill every buffer on the way.
  auto moved = std::chrono::steady_clock::now();
  for (int seen = -1; std::chrono::steady_clock::now() - moved < milliseconds(300);) {
    if (written != seen) moved = std::chrono::steady_clock::now();
    seen = written;
    std::this_thread::yield();
  }
  world_.server().server().Drain(milliseconds(50));
  writer.join();
  grpc::ByteBuffer reply;
  while (stream->Read(&reply)) {
  }
  const Answer end = AnswerOf(stream->Finish());
  EXPECT_FALSE(end.ok());
  EXPECT_EQ(end.reason, "") << "it was cut off: its answers could not be sent";
}

TEST_F(ServerOfTest, ServesCallsWhileManyReflectionStreamsStandOpen) {
  constexpr int kStreams = 200;  // each would hold a thread
  struct Open {
    grpc::ClientContext context;
    std::unique_ptr<RawStream> stream;
  };
  const int threads_before = ThreadCount();
  std::vector<std::unique_ptr<RawClient>> clients;
  std::deque<Open> open(kStreams);
  for (Open& one : open) {
    if (clients.empty() || (&one - &open.front()) % 50 == 0) {
      clients.push_back(
          std::make_unique<RawClient>("127.0.0.1:" + std::to_string(world_.server().port())));
    }
    one.stream = clients.back()->Stream(
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", one.context, "");
    one.stream->Write(Buffer(std::string("\x3a\x01*", 3)));
  }
  EXPECT_TRUE(world_.Call("CatalogService.CreateItem", kGoodItem, member_).ok());
  EXPECT_LE(ThreadCount() - threads_before, kWaitingThreadsMax + 16);
  for (Open& one : open) {
    one.context.TryCancel();
    one.stream->Finish();
  }
}

TEST_F(ServerOfTest, TakesNoCompressedMessage) {
  // 32 MiB that are some 32 KiB on the wire, and no key.
  v1::CheckRequest bomb;
  bomb.mutable_text()->assign(std::size_t{32} << 20, '1');
  for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    grpc::ClientContext context;
    context.set_compression_algorithm(algorithm);
    const auto stream = world_.client().Stream("CodeService.Check", context, "");
    stream->Write(Buffer(bomb.SerializeAsString()));
    stream->WritesDone();
    EXPECT_EQ(AnswerOf(stream->Finish()).Outcome(), "UNIMPLEMENTED");
  }
  EXPECT_TRUE(world_.Call("CatalogService.CreateItem", kGoodItem, member_).ok());
}

TEST_F(ServerOfTest, LooksAgainAtAKeyWhenTheClockWasSetBack) {
  std::atomic<std::int64_t> now_us = 1'800'000'000'000'000;
  Serving serving = SystemServing(world_.server().store(), world_.server().environment());
  serving.now_us = [&] { return now_us.load(); };
  ServerSettings settings;
  settings.listen = "127.0.0.1:0";
  const auto server = Server::Start(settings, serving);
  ASSERT_TRUE(server.ok()) << server.status();
  const RawClient client("127.0.0.1:" + std::to_string((*server)->port()));
  const auto made =
      world_
          .Call("AdminService.CreateKey",
                "key { role: ROLE_DESK member: '$member' display_name: 'lost' }", world_.admin())
          .As<v1::CreateKeyResponse>();
  grpc::ClientContext context;
  const auto stream = client.Stream("CodeService.ResolveStream", context, made.secret());
  const auto request = Buffer(RequestBytes("CodeService.ResolveStream", "text: 'x'"));
  grpc::ByteBuffer reply;
  stream->Write(request);
  ASSERT_TRUE(stream->Read(&reply));
  ASSERT_TRUE(
      world_.Call("AdminService.RevokeKey", "name: '" + made.key().name() + "'", world_.admin())
          .ok());
  now_us -= std::int64_t{3'600} * 1'000'000;
  stream->Write(request);
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(AnswerOf(stream->Finish()).Outcome(), "UNAUTHENTICATED/WRONG_KEY");
}

TEST_F(ServerOfTest, TurnsAwayChangesWhenTooManyWait) {
  storage::StoreOptions options;
  options.queue_length_max = 2;
  SwitchableStore store(options);
  const auto& environment = world_.server().environment();
  store.Restore(world_.server().store().Dump());
  ServerSettings settings;
  settings.listen = "127.0.0.1:0";
  const auto server = Server::Start(settings, SystemServing(store, environment));
  ASSERT_TRUE(server.ok()) << server.status();
  const RawClient client("127.0.0.1:" + std::to_string((*server)->port()));
  store.Hold();
  std::vector<std::future<Answer>> calls;
  calls.reserve(8);
  for (int i = 0; i < 8; ++i) {
    calls.push_back(std::async(std::launch::async, [&] {
      return client.CallBytes("CatalogService.CreateItem",
                              RequestBytes("CatalogService.CreateItem", kGoodItem), member_);
    }));
  }
  // Those that find no room are answered at once, while the others wait.
  const auto ready = [](auto& call) {
    return call.wait_for(milliseconds(1)) == std::future_status::ready;
  };
  while (std::ranges::none_of(calls, ready)) {
  }
  store.Release();
  int refused = 0;
  for (auto& call : calls) {
    const Answer answer = call.get();
    if (answer.ok()) continue;
    EXPECT_EQ(answer.Outcome(), "RESOURCE_EXHAUSTED/WRITE_QUEUE_FULL");
    EXPECT_TRUE(answer.may_be_tried_again);
    ++refused;
  }
  EXPECT_GE(refused, 1);
  EXPECT_TRUE(client
                  .CallBytes("CatalogService.CreateItem",
                             RequestBytes("CatalogService.CreateItem", kGoodItem), member_)
                  .ok());
}

}  // namespace
}  // namespace radyab::rpc
