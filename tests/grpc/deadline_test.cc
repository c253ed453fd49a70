// Calls that wait for the store: their deadline and their callers are honoured until the change
// begins.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "radyab/v1/catalog_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

using std::chrono::milliseconds;

constexpr char kGoodItem[] = "item { class_name: 'classes/0415' display_name { en: 'Good' } }";

// What stands in the store's queue while the committer is held inside the change of another call.
class WaitingCall : public ::testing::Test {
 protected:
  WaitingCall() {
    store().Hold();
    const int begun = store().bodies_begun();
    running_ = std::async(std::launch::async, [this] { return Create(std::chrono::minutes(1)); });
    while (store().bodies_begun() == begun) std::this_thread::yield();
  }
  ~WaitingCall() override { store().Release(); }

  SwitchableStore& store() { return world_.server().store(); }
  Answer Create(milliseconds deadline) {
    return world_.client().CallBytes("CatalogService.CreateItem",
                                     RequestBytes("CatalogService.CreateItem", kGoodItem), member_,
                                     deadline);
  }
  // What is answered behind the end of a call on the same connection shows that the server has
  // heard of it; its own clock for the call began later than the caller's.
  void LetServerHear() {
    for (int i = 0; i < 100; ++i) world_.Call("CodeService.Check", "text: '1'", member_);
  }
  // Lets the committer go on, and waits until all that waited is over.
  void Settle() {
    store().Release();
    EXPECT_TRUE(running_.get().ok());
    EXPECT_TRUE(Create(std::chrono::minutes(1)).ok());
  }

  ApiWorld world_;
  const std::string member_ = world_.Key("MEMBER");
  std::future<Answer> running_;
};

TEST_F(WaitingCall, WhoseDeadlinePassesChangesNothing) {
  const int begun = store().bodies_begun();
  EXPECT_EQ(Create(milliseconds(50)).status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  LetServerHear();
  Settle();
  EXPECT_EQ(store().bodies_begun() - begun, 2 * 2 - 1) << "two changes ran, each twice, not three";
}

TEST_F(WaitingCall, ThatIsCancelledChangesNothing) {
  const int begun = store().bodies_begun();
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + member_);
  auto stream = world_.client().Stream("CatalogService.CreateItem", context, "");
  stream->Write(Buffer(RequestBytes("CatalogService.CreateItem", kGoodItem)));
  stream->WritesDone();
  // It waits in the queue once the next one, sent behind it, finds the queue in use.
  while (store().CheckQueue(std::chrono::steady_clock::now()).ok()) std::this_thread::yield();
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  LetServerHear();
  Settle();
  EXPECT_EQ(store().bodies_begun() - begun, 2 * 2 - 1) << "two changes ran, each twice, not three";
}

TEST_F(WaitingCall, ThatBeganInTimeIsDoneThoughItsCallerHasGone) {
  Settle();
  store().Hold();
  const int begun = store().bodies_begun();
  auto call = std::async(std::launch::async, [&] { return Create(milliseconds(500)); });
  while (store().bodies_begun() == begun) std::this_thread::yield();
  EXPECT_EQ(call.get().status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  const auto items = [&] {
    return world_.Call("CatalogService.ListItems", "", world_.admin())
        .As<v1::ListItemsResponse>()
        .items_size();
  };
  const int before = items();
  store().Release();
  EXPECT_TRUE(Create(std::chrono::minutes(1)).ok());
  EXPECT_EQ(items() - before, 2) << "the one that began, and the one after it";
}

TEST_F(WaitingCall, IsTurnedAwayAtOnceWhenTheQueueIsTooLongForItsDeadline) {
  auto first = std::async(std::launch::async, [this] { return Create(std::chrono::minutes(1)); });
  while (store().CheckQueue(std::chrono::steady_clock::now()).ok()) std::this_thread::yield();
  const milliseconds lasted(100);
  std::this_thread::sleep_for(lasted);  // so long the running change has lasted at least
  const Answer answer = Create(lasted);
  EXPECT_EQ(answer.Outcome(), "RESOURCE_EXHAUSTED/WRITE_QUEUE_FULL");
  EXPECT_GE(answer.retry_after, lasted);
  Settle();
  EXPECT_TRUE(first.get().ok());
}

}  // namespace
}  // namespace radyab::rpc
