#include "registry/notices/shipped_lines.h"

#include <gmock/gmock.h>

#include "registry/notices/notice_row.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ShippedLines : public testing::Test {
 protected:
  // Units of the lot, in a box.
  void Box(const std::string& box, const std::vector<std::string>& serials, int minute) {
    EventOf made(kCommission, minute), packed(kPack, minute + 1);
    for (const std::string& serial : serials) {
      made.UnitOfLot(world_.UnitOf(maker_, serial), "L1").Dates("", "2027-05-31");
      packed.Piece(world_.UnitOf(maker_, serial));
    }
    world_.Take(maker_, made);
    world_.Take(maker_, packed.Into(box));
  }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
  Firm& shop_ = world_.shop;
};

TEST_F(ShippedLines, TellWhatWasInsideToAnyDepthWhenItLeft) {
  Box(Sscc(1), {"S1", "S2", "S3"}, 0);
  world_.Take(maker_, EventOf(kCommission, 2).Lot(world_.LotOf(maker_, "L2"), "9.5"));
  world_.Take(maker_, EventOf(kPack, 3).Lot(world_.LotOf(maker_, "L2"), "7").Into(Sscc(1)));
  world_.Take(maker_, EventOf(kUnpack, 4)
                          .Lot(world_.LotOf(maker_, "L2"), "2.5")
                          .Piece(world_.UnitOf(maker_, "S2"))
                          .Into(Sscc(1)));
  world_.Take(maker_, EventOf(kPack, 5).Piece(Sscc(1)).Into(Sscc(2)));
  const auto shipped = world_.Take(
      maker_,
      EventOf(kShip, 6).Piece(Sscc(2)).Lot(world_.LotOf(maker_, "L2"), "5").To(shop_.party));
  // The shop opens the pallet before the notice is made.
  world_.Take(shop_, EventOf(kReceive, 7).Piece(Sscc(2)).Lot(world_.LotOf(maker_, "L2"), "5"));
  world_.Take(shop_, EventOf(kUnpack, 8).Piece(Sscc(1)).Into(Sscc(2)));
  world_.Take(shop_, EventOf(kUnpack, 9).Piece(world_.UnitOf(maker_, "S1")).Into(Sscc(1)));

  const auto created = world_.Create(maker_, Numbered("N-1"), {shipped.name()});
  EXPECT_EQ(created.destination_party(), shop_.party);
  EXPECT_EQ(created.ship_time().seconds(), shipped.event_time().seconds());
  EXPECT_THAT(created.events(), ElementsAre(shipped.name()));
  const auto notice = world_.Get(shop_, created.name());
  EXPECT_THAT(Words(notice), ElementsAre(Sscc(2), Sscc(1) + " in " + Sscc(2),
                                         world_.LotOf(maker_, "L2") + " 4.5 KGM in " + Sscc(1),
                                         world_.UnitOf(maker_, "S1") + " in " + Sscc(1),
                                         world_.UnitOf(maker_, "S3") + " in " + Sscc(1),
                                         world_.LotOf(maker_, "L2") + " 5 KGM"));
  EXPECT_EQ(notice.lines(3).lot(), "L1");
  EXPECT_EQ(notice.lines(3).expiry_date(), "2027-05-31");
  EXPECT_EQ(notice.lines(0).event(), shipped.name());
  EXPECT_EQ(notice.lines(3).event(), "");
}

TEST_F(ShippedLines, GatherEventsToOneParty) {
  const auto first = world_.Ship("L1", "5", 0);
  const auto second = world_.Ship("L2", "6", 10);
  const auto created = world_.Create(maker_, Numbered("N-1"), {second.name(), first.name()});
  EXPECT_EQ(created.ship_time().seconds(), second.event_time().seconds());
  EXPECT_THAT(
      Words(world_.Get(maker_, created.name())),
      ElementsAre(world_.LotOf(maker_, "L2") + " 6 KGM", world_.LotOf(maker_, "L1") + " 5 KGM"));
}

TEST_F(ShippedLines, RefuseWhatIsNoShipmentOfTheMemberToOneParty) {
  const auto shipped = world_.Ship("L1", "5", 0);
  const auto received =
      world_.Take(shop_, EventOf(kReceive, 5).Lot(world_.LotOf(maker_, "L1"), "5"));
  world_.Take(maker_, EventOf(kCommission, 6).Lot(world_.LotOf(maker_, "L3"), "5"));
  const auto elsewhere = world_.Take(
      maker_, EventOf(kShip, 7).Lot(world_.LotOf(maker_, "L3"), "5").To(world_.carrier.party));
  const auto made = "events/1";
  const auto refused = [&](const NoticeWorld::Names& events) {
    return world_.Refused(maker_, Numbered("N-1"), events);
  };
  const auto no_ship = refused({shipped.name(), made});
  EXPECT_EQ(FieldIn(no_ship), "events[1]");
  EXPECT_THAT(std::string(no_ship.message()), HasSubstr("events/1 is a COMMISSION; want a SHIP"));
  const auto two = refused({shipped.name(), elsewhere.name()});
  EXPECT_EQ(FieldIn(two), "events[1]");
  EXPECT_THAT(std::string(two.message()), HasSubstr("a notice goes to one party"));
  EXPECT_EQ(FieldIn(refused({shipped.name(), shipped.name()})), "events[1]");
  EXPECT_EQ(FieldIn(refused({"event 1"})), "events[0]");
  // One that another member recorded answers like one that is not there, though it is seen.
  ASSERT_TRUE(world_.EventNamed(maker_.caller, received.name()).ok());
  const auto foreign = refused({received.name()});
  const auto missing = refused({"events/99"});
  EXPECT_EQ(foreign.message(), received.name() + ": not found");
  EXPECT_EQ(missing.message(), "events/99: not found");
  EXPECT_EQ(ReasonIn(foreign), ReasonIn(missing));
  EXPECT_EQ(FieldIn(refused(NoticeWorld::Names(101, shipped.name()))), "events");
  auto elsewhere_meant = Numbered("N-1", world_.carrier.party);
  EXPECT_EQ(FieldIn(world_.Refused(maker_, elsewhere_meant, {shipped.name()})),
            "destination_party");
  world_.Create(maker_, Numbered("N-1"), {shipped.name()});
}

TEST_F(ShippedLines, AnnounceAnEventOnceUntilTheNoticeIsCancelled) {
  const auto shipped = world_.Ship("L1", "5", 0);
  const auto first = world_.Create(maker_, Numbered("N-1"), {shipped.name()});
  const auto refusal = world_.Refused(maker_, Numbered("N-2"), {shipped.name()});
  EXPECT_EQ(FieldIn(refusal), "events[0]");
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("announced by notices/1 already"));
  ASSERT_TRUE(world_.Cancel(maker_.caller, {first.name(), "wrong date", ""}).ok());
  world_.Create(maker_, Numbered("N-2"), {shipped.name()});
}

TEST_F(ShippedLines, RefuseAPieceThatTwoEventsSent) {
  world_.Take(maker_, EventOf(kCommission, 0).Piece(world_.UnitOf(maker_, "S1")));
  const auto ship = [&](int minute) {
    return world_.Take(maker_,
                       EventOf(kShip, minute).Piece(world_.UnitOf(maker_, "S1")).To(shop_.party));
  };
  const auto first = ship(1);
  world_.Take(maker_, EventOf(kReturn, 2).Piece(world_.UnitOf(maker_, "S1")).From(shop_.party));
  const auto second = ship(3);
  const auto refusal = world_.Refused(maker_, Numbered("N-1"), {first.name(), second.name()});
  EXPECT_EQ(FieldIn(refusal), "events");
  world_.Create(maker_, Numbered("N-1"), {second.name()});
}

TEST_F(ShippedLines, RefuseMoreLinesThanANoticeHolds) {
  // Eleven boxes of 999 units on pallets: 10,989 units and 11 boxes.
  EventOf shipping(kShip, 5000);
  for (int box = 0; box < 11; ++box) {
    std::vector<std::string> serials;
    for (int i = 0; i < 999; ++i) serials.push_back(std::to_string(box * 1000 + i));
    Box(Sscc(box), serials, box * 10);
    shipping.Piece(Sscc(box));
  }
  const auto shipped = world_.Take(maker_, shipping.To(shop_.party));
  const auto refusal = world_.Refused(maker_, Numbered("N-1"), {shipped.name()});
  EXPECT_EQ(ReasonIn(refusal), Reason::kLimitExceeded);
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("more than 10000 lines"));
}

}  // namespace
}  // namespace radyab::notices::tests
