// What is kept is sent in its order, and stored once, whatever ends in between.
#include "clients/offline/scan_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "tests/clients/offline/site_world.h"
#include "tests/crash/file_calls.h"

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

TEST_F(ScanQueueTest, ARefusedOneThatIsPutBackIsStoredOnce) {
  v1::Event early = Made(5);
  early.set_kind(v1::EVENT_KIND_SHIP);
  early.set_destination_party(world_.NewParty(world_.member(), "Customer").code());
  Keep(early);
  Keep(Made(9));
  ASSERT_EQ(queue_->Replay(world_.site().trace, NowUs())->refused, 1);
  EXPECT_FALSE(*queue_->RetryRefused(2)) << "stored, not refused";
  EXPECT_FALSE(*queue_->RetryRefused(0));
  v1::CaptureEventRequest missing;
  *missing.mutable_event() = Made(1);
  missing.mutable_event()->mutable_objects(0)->mutable_quantity()->set_amount("10");
  ASSERT_TRUE(world_.site().trace.CaptureEvent(missing).ok()) << "a person mends it";
  Keep(Made(11));
  ASSERT_TRUE(*queue_->RetryRefused(1));
  EXPECT_FALSE(*queue_->RetryRefused(1)) << "it waits already";
  EXPECT_EQ(Counts().refused, 0);
  std::vector<std::int64_t> waiting;
  queue_->ForEachWaiting([&](const v1::QueuedOperation& operation) {
    waiting.push_back(operation.number());
    EXPECT_EQ(operation.refusal_reason() + operation.refusal_message(), "");
    EXPECT_FALSE(operation.has_refuse_time());
    return true;
  });
  EXPECT_EQ(waiting, (std::vector<std::int64_t>{1, 3})) << "in the order of scanning";
  const SiteFolder copies;
  queue_.reset();
  folder_.reset();
  std::filesystem::copy_file(site_folder_.path() / "queue.mdb", copies.path() / "queue.mdb");
  Reopen();
  EXPECT_EQ(queue_->Replay(world_.site().trace, NowUs())->stored, 2);
  // The program died before it could note that.
  queue_.reset();
  folder_.reset();
  std::filesystem::copy_file(copies.path() / "queue.mdb", site_folder_.path() / "queue.mdb",
                             std::filesystem::copy_options::overwrite_existing);
  Reopen();
  EXPECT_EQ(queue_->Replay(world_.site().trace, NowUs())->duplicates, 2);
  EXPECT_EQ(Stored().size(), 4u);
}

TEST_F(ScanQueueTest, AllRefusedOnesArePutBackTogether) {
  for (int i = 0; i < 3; ++i) {
    v1::Event event = Made(i);
    event.mutable_objects(0)->set_object("not an object");
    Keep(event);
  }
  ASSERT_EQ(queue_->Replay(world_.site().trace, NowUs())->refused, 3);
  EXPECT_EQ(*queue_->RetryAllRefused(), 3);
  EXPECT_EQ(*queue_->RetryAllRefused(), 0);
  EXPECT_EQ(Counts().waiting, 3);
  ASSERT_EQ(queue_->Replay(world_.site().trace, NowUs())->refused, 3) << "not mended";
  EXPECT_EQ(Counts().refused, 3);
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

// LMDB's own calls come to the disk through tests/crash/file_calls.cc.
TEST_F(ScanQueueTest, AFullDiskConfirmsNothingLosesNothingAndGoesOnWhenThereIsRoom) {
  const auto kept_after = [&](int number) { return queue_->Keep(Made(number), NowUs()); };
  for (int i = 0; i < 30; ++i) Keep(Made(i));
  for (const int error : {ENOSPC, EDQUOT}) {
    const std::int64_t before = Counts().waiting;
    crash::FileJournal journal(site_folder_.path());
    journal.FailWrites("queue.mdb", error);
    for (int i = 0; i < 5; ++i) {
      const auto refused = kept_after(100 + i);
      ASSERT_FALSE(refused.ok());
      EXPECT_EQ(refused.error().reason, "OFFLINE_FULL");
      EXPECT_THAT(refused.error().message, HasSubstr("queue.mdb"));
      EXPECT_THAT(refused.error().message, HasSubstr("nothing of this was kept"));
    }
    // What was answered by the server and could not be noted waits on.
    const auto sent = queue_->Replay(world_.site().trace, NowUs());
    ASSERT_FALSE(sent.ok());
    EXPECT_EQ(sent.error().reason, "OFFLINE_FULL");
    EXPECT_EQ(Counts().waiting, before);
    journal.FailWrites("queue.mdb", 0);
    ASSERT_TRUE(kept_after(200 + error).ok()) << "there is room again";
    EXPECT_EQ(Counts().waiting, before + 1);
  }
  Reopen();
  EXPECT_EQ(Counts().waiting, 32);
  const auto sent = queue_->Replay(world_.site().trace, NowUs());
  ASSERT_TRUE(sent.ok()) << sent.error().message;
  EXPECT_GE(sent->duplicates, 30);
  EXPECT_EQ(sent->duplicates + sent->stored, 32);
  EXPECT_EQ(Stored().size(), 32u);
}

TEST_F(ScanQueueTest, ADiskThatFailsIsNotCalledFull) {
  Keep(Made(1));
  crash::FileJournal journal(site_folder_.path());
  journal.FailWrites("queue.mdb", EIO);
  const auto refused = queue_->Keep(Made(2), NowUs());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().reason, "OFFLINE_FAILED");
  journal.FailWrites("queue.mdb", 0);
  Reopen();
  EXPECT_EQ(Counts().waiting, 1);
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
