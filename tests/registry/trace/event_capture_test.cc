#include "registry/trace/event_capture.h"

#include <gmock/gmock.h>

#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/trace/event_rows.h"
#include "tests/registry/trace/trace_world.h"

namespace radyab::trace::tests {
namespace {

using enum absl::StatusCode;
using radyab::tests::FieldIn;
using radyab::tests::ReasonIn;

class EventCapture : public testing::Test {
 protected:
  // Sends the event again and expects the stored answer and no change.
  void ExpectDuplicate(const Firm& firm, const v1::Event& again, const v1::Event& stored) {
    const auto before = world_.Rows();
    const auto captured = world_.Capture(firm, again);
    ASSERT_TRUE(captured.ok()) << captured.status();
    EXPECT_TRUE(captured->duplicate);
    EXPECT_EQ(captured->event.SerializeAsString(), stored.SerializeAsString());
    EXPECT_EQ(world_.Rows(), before);
  }

  absl::Status ChangeLife(const std::string& code, v1::LifeState state) {
    return world_.registry
        .Write([&](storage::WriteTransaction& transaction) {
          return catalog::ChangeLifeState(transaction, Admin(), {code, state, "test", "", ""});
        })
        .status();
  }

  TraceWorld world_;
  Firm& maker_ = world_.maker;
  std::string lot_ = world_.LotOf(maker_, "L1");
};

TEST_F(EventCapture, StoresTheCanonicalEventWithItsNumberAndTime) {
  const auto stored = world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5.0").Id("a"));
  EXPECT_TRUE(ParseEventName(stored.name()).has_value()) << stored.name();
  EXPECT_TRUE(stored.has_record_time());
  EXPECT_EQ(stored.objects(0).quantity().amount(), "5");
  EXPECT_EQ(stored.source_party(), maker_.party);
  const auto read = world_.EventNamed(maker_.caller, stored.name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), stored.SerializeAsString());
}

TEST_F(EventCapture, AnswersTheSameEventWithTheStoredOne) {
  const v1::Event event =
      EventOf(kCommission, 0).Lot(lot_, "5").Piece(world_.UnitOf(maker_, "S")).Id("a");
  const auto stored = world_.Take(maker_, event);
  ExpectDuplicate(maker_, event, stored);
  // Said in other words: without the id, in another order, with what is understood by itself.
  v1::Event again = EventOf(kCommission, 0)
                        .Piece(world_.UnitOf(maker_, "S"))
                        .Lot(lot_, "5.00")
                        .From(maker_.party);
  again.set_zone_offset("+00:00");
  again.set_member(world_.registry.MemberRow(maker_.member).name());
  ExpectDuplicate(maker_, again, stored);
  again.set_event_id("another id");
  ExpectDuplicate(maker_, again, stored);
}

TEST_F(EventCapture, AnswersADuplicateAlsoWhenItCouldNoLongerHappen) {
  const v1::Event event = EventOf(kCommission, 0).Piece(world_.UnitOf(maker_, "S"));
  const auto stored = world_.Take(maker_, event);
  ASSERT_TRUE(ChangeLife(maker_.item, v1::LIFE_STATE_SUSPENDED).ok());
  ExpectDuplicate(maker_, event, stored);
}

TEST_F(EventCapture, KnowsAnArrivalWithItsSenderNamedOrLeftOut) {
  Firm& shop = world_.shop;
  const auto arrival = [&](int minute) {
    return EventOf(v1::EVENT_KIND_RECEIVE, minute).Lot(lot_, "1");
  };
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "9"));
  world_.Take(maker_, EventOf(v1::EVENT_KIND_SHIP, 1).Lot(lot_, "5").To(shop.party));
  const auto left_out = world_.Take(shop, arrival(2));
  ExpectDuplicate(shop, arrival(2), left_out);
  ExpectDuplicate(shop, arrival(2).From(maker_.party), left_out);
  // The other way round, while more of the lot is still on the way.
  const auto named = world_.Take(shop, arrival(3).From(maker_.party));
  ExpectDuplicate(shop, arrival(3), named);
  ExpectDuplicate(shop, arrival(3).From(maker_.party), named);
  // And when nothing is on the way any more.
  const auto last = world_.Take(
      shop, EventOf(v1::EVENT_KIND_RECEIVE, 4).Lot(lot_, "3").From(maker_.party).Id("last"));
  ExpectDuplicate(shop, EventOf(v1::EVENT_KIND_RECEIVE, 4).Lot(lot_, "3").Id("last"), last);
}

TEST_F(EventCapture, KeepsArrivalsFromTwoSendersApart) {
  Firm &shop = world_.shop, &carrier = world_.carrier;
  const v1::EventKind receive = v1::EVENT_KIND_RECEIVE, ship = v1::EVENT_KIND_SHIP;
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "9"));
  world_.Take(maker_, EventOf(ship, 1).Lot(lot_, "2").To(carrier.party));
  world_.Take(carrier, EventOf(receive, 2).Lot(lot_, "2"));
  world_.Take(carrier, EventOf(ship, 3).Lot(lot_, "2").To(shop.party));
  world_.Take(maker_, EventOf(ship, 3).Lot(lot_, "2").To(shop.party));
  const auto first = world_.Take(shop, EventOf(receive, 4).Lot(lot_, "1").From(maker_.party));
  const auto second = world_.Take(shop, EventOf(receive, 4).Lot(lot_, "1").From(carrier.party));
  ExpectDuplicate(shop, EventOf(receive, 4).Lot(lot_, "1").From(carrier.party), second);
  ExpectDuplicate(shop, EventOf(receive, 4).Lot(lot_, "1").From(maker_.party), first);
  ExpectDuplicate(shop, EventOf(receive, 4).Lot(lot_, "1"), first);
}

TEST_F(EventCapture, RefusesAnEventIdWithOtherContent) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Id("a"));
  const auto refusal = world_.Refused(maker_, EventOf(kCommission, 0).Lot(lot_, "6").Id("a"),
                                      kAlreadyExists, Reason::kAlreadyExists);
  EXPECT_EQ(ReasonOf(refusal)->metadata.at("field"), "event_id");
}

TEST_F(EventCapture, KeepsEventIdsOfMembersApart) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Id("a"));
  world_.Take(world_.shop,
              EventOf(kCommission, 0).Lot(world_.LotOf(world_.shop, "L1"), "6").Id("a"));
}

TEST_F(EventCapture, TellsEveryPartOfTheContentApart) {
  const auto base = [&] {
    return EventOf(kCommission, 0).Lot(lot_, "5").Dates("2026-01-01", "2026-12-01");
  };
  world_.Take(maker_, base());
  world_.Take(maker_, base().At("hall 1"));
  world_.Take(maker_, base().Reference("order 1"));
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5").Dates("2026-01-01", ""));
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "5").Dates("2026-01-01", "2026-12-01"));
  v1::Event zone = base();
  zone.set_zone_offset("+03:30");
  world_.Take(maker_, zone);
  v1::Event nanos = base();
  nanos.mutable_event_time()->set_nanos(1);
  world_.Take(maker_, nanos);
  for (const std::string& customer : maker_.customers) {
    world_.Take(maker_, EventOf(v1::EVENT_KIND_DELIVER, 2).Lot(lot_, "1").To(customer));
  }
  for (const std::string& customer : maker_.customers) {
    world_.Take(maker_, EventOf(v1::EVENT_KIND_RETURN, 3).Lot(lot_, "1").From(customer));
  }
}

TEST_F(EventCapture, ChecksWhoAsksBeforeItTellsOfDuplicates) {
  v1::Event event = EventOf(kCommission, 0).Lot(lot_, "5").Id("a");
  world_.Take(maker_, event);
  event.set_member(world_.registry.MemberRow(maker_.member).name());
  world_.Refused(world_.shop, event, kNotFound, Reason::kNotFound).IgnoreError();
  Firm nobody = world_.shop;
  nobody.caller = Admin();
  event.set_member("");
  const auto refusal = world_.Capture(nobody, event).status();
  EXPECT_EQ(FieldIn(refusal), "member");
  EXPECT_EQ(ReasonIn(refusal), Reason::kMissingField);
}

TEST_F(EventCapture, RefusesGoodsOfACodeThatIsNotActive) {
  ASSERT_TRUE(ChangeLife(maker_.item, v1::LIFE_STATE_SUSPENDED).ok());
  const auto before = world_.registry.Dump();
  const auto refusal = world_.Capture(maker_, EventOf(kCommission, 0).Lot(lot_, "5")).status();
  EXPECT_EQ(refusal.code(), kFailedPrecondition);
  EXPECT_EQ(ReasonIn(refusal), Reason::kNotActive);
  EXPECT_EQ(world_.registry.Dump(), before);
  ASSERT_TRUE(ChangeLife(maker_.item, v1::LIFE_STATE_ACTIVE).ok());
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5"));
}

TEST_F(EventCapture, MovesGoodsOfACodeThatIsNoLongerActive) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5"));
  ASSERT_TRUE(ChangeLife(maker_.item, v1::LIFE_STATE_RETIRED).ok());
  world_.Take(maker_, EventOf(v1::EVENT_KIND_DELIVER, 1).Lot(lot_, "5").To(maker_.customers[0]));
}

TEST_F(EventCapture, SendsNothingToAPartyThatIsNotActive) {
  world_.Take(maker_, EventOf(kCommission, 0).Lot(lot_, "5"));
  world_.Take(maker_, EventOf(v1::EVENT_KIND_DELIVER, 1).Lot(lot_, "1").To(maker_.customers[0]));
  ASSERT_TRUE(ChangeLife(maker_.customers[0], v1::LIFE_STATE_SUSPENDED).ok());
  for (const auto kind : {v1::EVENT_KIND_DELIVER, v1::EVENT_KIND_SHIP}) {
    world_
        .Refused(maker_, EventOf(kind, 2).Lot(lot_, "1").To(maker_.customers[0]),
                 kFailedPrecondition, Reason::kNotActive)
        .IgnoreError();
  }
  world_.Take(maker_, EventOf(v1::EVENT_KIND_RETURN, 2).Lot(lot_, "1").From(maker_.customers[0]));
}

TEST_F(EventCapture, RefusesGoodsOfAGenericItem) {
  const auto gtin = radyab::tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "4006381333931");
  const auto item = world_.registry.MakeItem(maker_.member, "pen", {gtin});
  const auto generic = world_.registry.Read([&](storage::ReadTransaction& transaction) {
    return catalog::GetItem(transaction, "items/" + item.Digits());
  });
  ASSERT_TRUE(generic.ok());
  ASSERT_FALSE(generic->generic_item().empty());
  const std::string code = generic->generic_item().substr(6);
  Firm admin = maker_;
  admin.caller = Admin();
  v1::Event event = EventOf(kCommission, 0).Lot(code + "/lot/L", "5");
  event.set_member(world_.registry.MemberRow(maker_.member).name());
  const auto refusal = world_.Capture(admin, event).status();
  EXPECT_EQ(refusal.code(), kInvalidArgument) << refusal;
  EXPECT_EQ(FieldIn(refusal), "objects[0].object");
}

TEST_F(EventCapture, KeepsAnEventOfAThousandObjectsWhole) {
  EventOf event(kCommission, 0);
  for (std::size_t i = 0; i < kEventObjectsMax; ++i) {
    std::string serial = "%%%%%%%%%%%%%%%%" + std::to_string(1000 + i);
    std::string escaped;
    for (const char c : serial) escaped += c == '%' ? std::string("%25") : std::string(1, c);
    event.UnitOfLot(world_.UnitOf(maker_, escaped), "ABCDEFGHIJKLMNOPQRST")
        .Dates("2026-01-01", "2027-01-01");
  }
  const auto stored = world_.Take(maker_, event);
  ASSERT_EQ(stored.objects_size(), static_cast<int>(kEventObjectsMax));
  const auto read = world_.EventNamed(maker_.caller, stored.name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), stored.SerializeAsString());
  // The rows it goes on in name no event; the next event has a number of its own.
  const auto number = *ParseEventName(stored.name());
  EXPECT_TRUE(absl::IsNotFound(world_.EventNamed(Admin(), EventName(number + 1)).status()));
  const auto next = world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "5"));
  EXPECT_EQ(*ParseEventName(next.name()), number + 4);
  ExpectDuplicate(maker_, event, stored);
}

TEST_F(EventCapture, FillsARowExactlyWithoutReadingOn) {
  EventOf event(kCommission, 0);
  for (int i = 0; i < kEventRowObjectsMax; ++i) {
    event.Piece(world_.UnitOf(maker_, "S" + std::to_string(i)));
  }
  const auto stored = world_.Take(maker_, event);
  world_.Take(maker_, EventOf(kCommission, 1).Lot(lot_, "5"));
  EXPECT_EQ(world_.EventNamed(maker_.caller, stored.name())->objects_size(), kEventRowObjectsMax);
}

TEST_F(EventCapture, TellsEventNamesFromOtherTexts) {
  for (const char* bad : {"", "events/", "events/0", "events/01", "events/x", "events/1x", "1",
                          "events/99999999999999999999"}) {
    EXPECT_EQ(FieldIn(world_.EventNamed(maker_.caller, bad).status()), "name") << bad;
  }
  EXPECT_TRUE(absl::IsNotFound(world_.EventNamed(maker_.caller, "events/4711").status()));
}

}  // namespace
}  // namespace radyab::trace::tests
