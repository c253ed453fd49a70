// The health service tells whether changes get durable.
#include "grpc/write_heartbeat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "registry/storage/keyspace.h"
#include "registry/storage/memory_store.h"
#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"
#include "tests/grpc/switchable_store.h"

namespace radyab::rpc {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

// What a heartbeat told last, and a way to wait for it.
class Told {
 public:
  WriteHeartbeat::Tell Ear() {
    return [this](const absl::Status& health) {
      const std::lock_guard lock(mutex_);
      last_ = health;
      ++count_;
      changed_.notify_all();
    };
  }
  // The first thing told after `count` others; an error of its own when nothing is.
  absl::Status After(int count) {
    std::unique_lock lock(mutex_);
    const bool came =
        changed_.wait_for(lock, std::chrono::seconds(60), [&] { return count_ > count; });
    return came ? last_ : absl::DataLossError("silence");
  }
  int count() {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  absl::Status last_;
  int count_ = 0;
};

constexpr HeartbeatTimes kQuick = {milliseconds(5), milliseconds(60'000)};

absl::Status PutLarge(storage::Store& store, const std::string& key) {
  return store.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Put(key, std::string(60'000, 'x'));
  });
}

TEST(WriteHeartbeat, TellsOfAFullStoreAndOfItsRoomAgain) {
  storage::StoreOptions options;
  options.file_bytes_max = 200'000;
  const auto store = storage::OpenMemoryStore(options);
  Told told;
  const WriteHeartbeat heartbeat(*store, kQuick, told.Ear());
  EXPECT_EQ(told.After(0), absl::OkStatus());

  int rows = 0;
  while (PutLarge(*store, "row" + std::to_string(rows)).ok()) ++rows;
  ASSERT_GT(rows, 0);
  // What is left has room for a heartbeat: fill it too, but for less than that.
  while (store
             ->Write([&](storage::WriteTransaction& transaction) {
               return transaction.Put("small" + std::to_string(rows++), std::string(50, 'x'));
             })
             .ok()) {
  }
  const absl::Status full = told.After(1);
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted) << full;

  ASSERT_TRUE(
      store
          ->Write([](storage::WriteTransaction& transaction) { return transaction.Delete("row0"); })
          .ok());
  EXPECT_EQ(told.After(2), absl::OkStatus());
  EXPECT_EQ(told.count(), 3);
}

TEST(WriteHeartbeat, TellsOfADiskThatDoesNotAnswer) {
  SwitchableStore store{storage::StoreOptions()};
  Told told;
  const WriteHeartbeat heartbeat(store, {milliseconds(5), milliseconds(50)}, told.Ear());
  ASSERT_EQ(told.After(0), absl::OkStatus());
  store.Hold();
  const absl::Status silence = told.After(1);
  EXPECT_THAT(std::string(silence.message()), HasSubstr("no change got durable for 50 ms"));
  store.Release();
  EXPECT_EQ(told.After(2), absl::OkStatus());
}

TEST(WriteHeartbeat, WritesOneRowAndNoOther) {
  SwitchableStore store{storage::StoreOptions()};
  {
    Told told;
    WriteHeartbeat heartbeat(store, kQuick, told.Ear());
    heartbeat.WaitForFirst();
    EXPECT_EQ(told.count(), 1);
    while (store.bodies_begun() < 3) std::this_thread::yield();
  }
  const Rows rows = store.Dump();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.begin()->first, keyspace::Meta("heartbeat"));
}

// The answer of grpc.health.v1.Health/Check: 1 SERVING, 2 NOT_SERVING, 0 no answer.
int HealthOf(const RawClient& client) {
  grpc::ClientContext context;
  const auto stream = client.Stream("/grpc.health.v1.Health/Watch", context, "");
  stream->Write(Buffer(""));
  grpc::ByteBuffer reply;
  const std::string bytes = stream->Read(&reply) ? TextOf(reply) : "";
  context.TryCancel();
  stream->Finish();
  return bytes.size() == 2 ? bytes[1] : 0;
}

// One more member, whose rows fill the folder.
std::string OneMore(const RawClient& client, const std::string& key) {
  return client
      .CallBytes("MemberService.CreateMember",
                 RequestBytes("MemberService.CreateMember", "member { display_name { en: 'M' } }"),
                 key)
      .Outcome();
}

TEST(WriteHeartbeat, TurnsTheHealthOfAServerOverAFullFolder) {
  constexpr int kMembersMax = 20'000;
  const ScratchFolder folder;
  const auto arguments = [&](const std::string& bytes_max) {
    return std::vector<std::string>{"--data",           (folder.path() / "data").string(),
                                    "--listen",         "127.0.0.1:0",
                                    "--file-bytes-max", bytes_max,
                                    "--heartbeat-ms",   "20",
                                    "--log-form",       "json"};
  };
  std::string key;
  {
    ServerProcess process(arguments("1048576"), folder.path());
    const int port = process.WaitForPort();
    ASSERT_NE(port, 0) << process.errors();
    const RawClient client("127.0.0.1:" + std::to_string(port));
    key = WholeFile(folder.path() / "data" / "admin.key");
    key.pop_back();
    EXPECT_EQ(HealthOf(client), 1) << process.errors();
    int members = 0;
    while (HealthOf(client) == 1 && members < kMembersMax) {
      for (int i = 0; i < 20; ++i, ++members) OneMore(client, key);
    }
    EXPECT_EQ(HealthOf(client), 2);
    // A fold makes some room again: a few changes may still find it.
    std::string outcome = "OK";
    while (outcome == "OK" && members < kMembersMax) outcome = OneMore(client, key), ++members;
    EXPECT_EQ(outcome, "RESOURCE_EXHAUSTED/STORE_FULL");
    EXPECT_THAT(process.errors(), HasSubstr(R"("event":"unhealthy")"));
    process.Signal(SIGTERM);
    EXPECT_EQ(process.WaitForEnd(), 0);
  }
  ServerProcess process(arguments("1073741824"), folder.path());
  const int port = process.WaitForPort();
  ASSERT_NE(port, 0) << process.errors();
  const RawClient client("127.0.0.1:" + std::to_string(port));
  EXPECT_EQ(HealthOf(client), 1) << process.errors();
  EXPECT_EQ(OneMore(client, key), "OK");
}

}  // namespace
}  // namespace radyab::rpc
