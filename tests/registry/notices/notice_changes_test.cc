#include <gmock/gmock.h>

#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using enum absl::StatusCode;
using testing::HasSubstr;

class NoticeChanges : public testing::Test {
 protected:
  NoticeChanges() { notice_ = world_.Create(maker_, Numbered("N-1"), {Shipped()}); }
  std::string Shipped() { return world_.Ship("L1", "5", 0).name(); }
  v1::ShippingNotice Changed(const std::string& reference) {
    v1::ShippingNotice wanted;
    wanted.set_name(notice_.name());
    wanted.set_reference(reference);
    return wanted;
  }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
  Firm& shop_ = world_.shop;
  v1::ShippingNotice notice_;
};

TEST_F(NoticeChanges, UpdateOnlyTheNamedFields) {
  v1::ShippingNotice wanted = Changed("order 9");
  wanted.mutable_expected_arrival()->set_seconds(1'800'000'000);
  wanted.set_number("other");
  auto updated = world_.Update(maker_.caller, wanted, {"reference", "expected_arrival"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->reference(), "order 9");
  EXPECT_EQ(updated->number(), "N-1");
  EXPECT_EQ(updated->ship_time().seconds(), notice_.ship_time().seconds());
  EXPECT_NE(updated->etag(), notice_.etag());
  updated = world_.Update(maker_.caller, Changed(""), {"ship_time", "expected_arrival"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_FALSE(updated->has_ship_time());
  EXPECT_FALSE(updated->has_expected_arrival());
  EXPECT_EQ(updated->reference(), "order 9");
  EXPECT_EQ(world_.Get(shop_, notice_.name()).lines_size(), 1) << "lines stay";
}

TEST_F(NoticeChanges, RefuseOldVersionsBadValuesAndOtherMembers) {
  v1::ShippingNotice stale = Changed("x");
  stale.set_etag("1");
  EXPECT_EQ(ReasonIn(world_.Update(maker_.caller, stale, {"reference"}).status()),
            Reason::kStaleEtag);
  EXPECT_EQ(ReasonIn(world_.Close(maker_.caller, {notice_.name(), "x", "1"}).status()),
            Reason::kStaleEtag);
  EXPECT_EQ(ReasonIn(world_.Cancel(maker_.caller, {notice_.name(), "x", "1"}).status()),
            Reason::kStaleEtag);
  v1::ShippingNotice early = Changed("");
  early.mutable_expected_arrival()->set_seconds(1);
  EXPECT_EQ(FieldIn(world_.Update(maker_.caller, early, {"expected_arrival"}).status()),
            "expected_arrival");
  // The member it goes to sees it and may close it, but neither change nor cancel it.
  for (const Firm* firm : {&shop_, &world_.carrier}) {
    for (const std::string& name : {notice_.name(), std::string("notices/99")}) {
      v1::ShippingNotice wanted = Changed("x");
      wanted.set_name(name);
      EXPECT_EQ(world_.Update(firm->caller, wanted, {"reference"}).status().message(),
                name + ": not found");
      EXPECT_EQ(world_.Cancel(firm->caller, {name, "x", ""}).status().message(),
                name + ": not found");
    }
  }
  EXPECT_EQ(world_.Close(world_.carrier.caller, {notice_.name(), "x", ""}).status().message(),
            notice_.name() + ": not found");
}

TEST_F(NoticeChanges, CloseAsReceivedWhenAllCame) {
  world_.Receive("L1", "5", 5);
  const auto closed = world_.Close(shop_.caller, {notice_.name(), "", notice_.etag()});
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->state(), v1::SHIPPING_NOTICE_STATE_RECEIVED);
  EXPECT_EQ(closed->arrivals_until(), "events/3");
}

TEST_F(NoticeChanges, CloseWithAReasonWhenSomethingIsOutstanding) {
  world_.Receive("L1", "4", 5);
  const auto refusal = world_.Close(shop_.caller, {notice_.name(), "", ""}).status();
  EXPECT_EQ(FieldIn(refusal), "reason");
  EXPECT_EQ(ReasonIn(refusal), Reason::kMissingField);
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("1 of 1 lines are outstanding"));
  EXPECT_EQ(
      FieldIn(world_.Close(shop_.caller, {notice_.name(), std::string(501, 'x'), ""}).status()),
      "reason");
  const auto closed = world_.Close(shop_.caller, {notice_.name(), "one broke", ""});
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->state(), v1::SHIPPING_NOTICE_STATE_CLOSED);
  EXPECT_EQ(closed->state_reason(), "one broke");
}

TEST_F(NoticeChanges, RefuseToChangeWhatIsEnded) {
  EXPECT_EQ(FieldIn(world_.Cancel(maker_.caller, {notice_.name(), "", ""}).status()), "reason");
  ASSERT_TRUE(world_.Cancel(maker_.caller, {notice_.name(), "never left", ""}).ok());
  for (const auto& refusal : {world_.Cancel(maker_.caller, {notice_.name(), "again", ""}).status(),
                              world_.Close(maker_.caller, {notice_.name(), "again", ""}).status(),
                              world_.Update(maker_.caller, Changed("x"), {"reference"}).status()}) {
    EXPECT_EQ(refusal.code(), kFailedPrecondition);
    EXPECT_EQ(ReasonIn(refusal), Reason::kIllegalTransition);
    EXPECT_THAT(std::string(refusal.message()), HasSubstr("notices/1 is CANCELLED"));
  }
  const auto read = world_.Get(shop_, notice_.name());
  EXPECT_EQ(read.state(), v1::SHIPPING_NOTICE_STATE_CANCELLED);
  EXPECT_EQ(read.lines_size(), 1);
  NoticeFilter open;
  open.state = v1::SHIPPING_NOTICE_STATE_OPEN;
  EXPECT_TRUE(world_.List(maker_.caller, open)->empty());
  EXPECT_TRUE(world_.List(shop_.caller, open)->empty());
}

}  // namespace
}  // namespace radyab::notices::tests
