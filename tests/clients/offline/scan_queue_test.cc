// What is kept is sent in its order, and stored once, whatever ends in between.
#include "clients/offline/scan_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/offline/site_world.h"

namespace radyab::offline {
namespace {

using testing::HasSubstr;

class ScanQueueTest : public ::testing::Test {
 protected:
  ScanQueueTest() : item_(world_.NewItem(world_.member(), "Goods").code()) { Reopen(); }

  void Reopen() {
    queue_.reset();
    folder_.reset();
    auto folder = OfflineFolder::Open(site_folder_.path());
    if (!folder) std::abort();
    folder_ = std::move(folder).value();
    queue_ = std::make_unique<ScanQueue>(folder_->queue());
  }
  v1::Event Made(int number) const {
    v1::Event event;
    event.set_kind(v1::EVENT_KIND_COMMISSION);
    event.mutable_event_time()->set_seconds(1'760'000'000 + number);
    v1::EventObject& object = *event.add_objects();
    object.set_object(item_ + "/lot/L1");
    object.mutable_quantity()->set_amount("1");
    object.mutable_quantity()->set_unit("C62");
    return event;
  }
  void Keep(const v1::Event& event) {
    const auto kept = queue_->Keep(event, NowUs());
    ASSERT_TRUE(kept.ok()) << kept.error().message;
  }
  std::vector<v1::Event> Stored() const {
    std::vector<v1::Event> events;
    v1::ListEventsRequest request;
    request.set_object(item_ + "/lot/L1");
    for (const auto& event : world_.site().trace.ListEvents(request)) {
      if (event) events.push_back(*event);
    }
    return events;
  }
  QueueCounts Counts() const { return *queue_->Count(); }

  SiteWorld world_;
  SiteFolder site_folder_;
  const std::string item_;
  std::unique_ptr<OfflineFolder> folder_;
  std::unique_ptr<ScanQueue> queue_;
};

TEST_F(ScanQueueTest, SendsInOrderAndForgetsWhatIsStored) {
  for (int i = 0; i < 250; ++i) Keep(Made(i));
  Reopen();
  EXPECT_EQ(Counts().waiting, 250);
  const auto sent = queue_->Replay(world_.site().trace, NowUs());
  ASSERT_TRUE(sent.ok()) << sent.error().message;
  EXPECT_EQ(sent->stored, 250);
  EXPECT_EQ(Counts().waiting, 0);
  const auto stored = Stored();
  ASSERT_EQ(stored.size(), 250u);
  for (int i = 0; i < 250; ++i) {
    EXPECT_EQ(stored[static_cast<std::size_t>(i)].event_time().seconds(), 1'760'000'000 + i);
  }
  const auto again = queue_->Replay(world_.site().trace, NowUs());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->stored + again->duplicates, 0);
  Keep(Made(999));
  queue_->ForEachWaiting([](const v1::QueuedOperation& operation) {
    EXPECT_EQ(operation.number(), 251) << "no number is used again";
    return true;
  });
}

TEST_F(ScanQueueTest, WhatWasStoredButNotNotedIsSentAgainAndStoredOnce) {
  for (int i = 0; i < 20; ++i) Keep(Made(i));
  folder_.reset();
  const SiteFolder copies;
  const auto copy = copies.path() / "queue.mdb";
  queue_.reset();
  std::filesystem::copy_file(site_folder_.path() / "queue.mdb", copy);
  Reopen();
  ASSERT_EQ(queue_->Replay(world_.site().trace, NowUs())->stored, 20);
  queue_.reset();
  folder_.reset();
  std::filesystem::copy_file(copy, site_folder_.path() / "queue.mdb",
                             std::filesystem::copy_options::overwrite_existing);
  Reopen();
  const auto again = queue_->Replay(world_.site().trace, NowUs());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->duplicates, 20);
  EXPECT_EQ(again->stored, 0);
  EXPECT_EQ(Stored().size(), 20u);
}

TEST_F(ScanQueueTest, ARefusedOneGoesToItsListAndBlocksNobody) {
  Keep(Made(1));
  v1::Event impossible = Made(2);
  impossible.set_kind(v1::EVENT_KIND_SHIP);
  impossible.mutable_objects(0)->set_object(item_ + "/lot/NEVER");
  Keep(impossible);
  Keep(Made(3));
  const auto sent = queue_->Replay(world_.site().trace, NowUs());
  ASSERT_TRUE(sent.ok()) << sent.error().message;
  EXPECT_EQ(sent->stored, 2);
  EXPECT_EQ(sent->refused, 1);
  EXPECT_EQ(Counts().waiting, 0);
  Reopen();
  std::vector<v1::QueuedOperation> refused;
  queue_->ForEachRefused([&](const v1::QueuedOperation& operation) {
    refused.push_back(operation);
    return true;
  });
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused[0].number(), 2);
  EXPECT_NE(refused[0].refusal_reason(), "");
  EXPECT_NE(refused[0].refusal_message(), "");
  EXPECT_TRUE(refused[0].has_refuse_time());
  EXPECT_EQ(refused[0].event().objects(0).object(), item_ + "/lot/NEVER");
  EXPECT_TRUE(*queue_->DropRefused(2));
  EXPECT_FALSE(*queue_->DropRefused(2));
  EXPECT_EQ(Counts().refused, 0);
}

TEST_F(ScanQueueTest, WhatCannotBeSentWaits) {
  Keep(Made(1));
  const auto desk = world_.As("radyab_wrong_key");
  const auto wrong_key = queue_->Replay(desk.trace, NowUs());
  ASSERT_FALSE(wrong_key.ok());
  EXPECT_EQ(Counts().waiting, 1);
  const auto partner = world_.As(world_.NewKey(v1::ROLE_DESK, world_.member()));
  EXPECT_FALSE(queue_->Replay(partner.trace, NowUs()).ok()) << "a role that may not";
  const auto hasty = world_.As(world_.server().admin(), 1);
  world_.server().Stop();
  const auto away = queue_->Replay(hasty.trace, NowUs());
  ASSERT_FALSE(away.ok());
  EXPECT_EQ(away.error().code, client::ErrorCode::kUnavailable);
  EXPECT_EQ(Counts().waiting, 1);
  EXPECT_EQ(Counts().refused, 0);
}

TEST_F(ScanQueueTest, AnEventWithoutTimeOrWithBrokenTextIsNotKept) {
  v1::Event event = Made(1);
  event.clear_event_time();
  EXPECT_EQ(queue_->Keep(event, NowUs()).error().reason, "MISSING_FIELD");
  event = Made(1);
  event.set_reference("\xFF");
  const auto broken = queue_->Keep(event, NowUs());
  ASSERT_FALSE(broken.ok());
  EXPECT_THAT(broken.error().message, HasSubstr("reference"));
  EXPECT_EQ(Counts().waiting, 0);
}

TEST(ScanQueueOnAFullDisk, ConfirmsNothingThatIsNotKept) {
  const SiteFolder folder;
  auto opened = KeptFile::Open(folder.path() / "queue.mdb", std::uint64_t{128} << 10);
  ASSERT_TRUE(opened.ok());
  ScanQueue queue(**opened);
  v1::Event event;
  event.mutable_event_time()->set_seconds(1);
  event.set_reference(std::string(300, 'x'));
  int confirmed = 0;
  std::string reason;
  for (int i = 0; i < 5'000 && reason.empty(); ++i) {
    const auto kept = queue.Keep(event, 1);
    kept ? static_cast<void>(++confirmed) : static_cast<void>(reason = kept.error().reason);
  }
  EXPECT_EQ(reason, "OFFLINE_FULL");
  EXPECT_GT(confirmed, 20);
  EXPECT_EQ(queue.Count()->waiting, confirmed);
}

}  // namespace
}  // namespace radyab::offline
