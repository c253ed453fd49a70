// The events that a session ends in.
#include <gtest/gtest.h>

#include "tests/clients/warehouse/session_scans.h"

namespace radyab::warehouse {
namespace {

using Kind = VerdictKind;
constexpr const char* kShop = "7042000017000231";
constexpr const char* kBox = "195210010000000014";
constexpr const char* kPallet = "095210010000000017";

void RecordAll(ScanSession& session) {
  while (!session.events().empty()) session.Recorded("events/1");
}

TEST(SessionEvents, OfAWholeSessionAreOneAtItsEnd) {
  Scanned scanned(SessionKind::kReceive);
  scanned.On("TIMES:3");
  scanned.On(Lot(kMilk, "L1"));
  scanned.On(Lot(kMilk, "L1"));
  scanned.On(Unit(kMilk, "7"));
  EXPECT_TRUE(scanned.session.events().empty());
  EXPECT_EQ(scanned.On("FINISH"), Kind::kFinishing);
  ASSERT_EQ(scanned.session.events().size(), 1U);
  const SessionEvent& event = scanned.session.events().front();
  EXPECT_EQ(event.id, "s-1");
  EXPECT_EQ(event.moment_us, kNoon + 5'000'000) << "the moment of finish";
  ASSERT_EQ(event.objects.size(), 2U);
  EXPECT_EQ(event.objects[0],
            (SessionEvent::Object{std::string(kMilk) + "/lot/L1", coding::Decimal{4, 0}, "C62"}));
  EXPECT_EQ(event.objects[1],
            (SessionEvent::Object{std::string(kMilk) + "/serial/7", std::nullopt, ""}));
  EXPECT_FALSE(scanned.session.finished());
  scanned.session.Recorded("events/1");
  EXPECT_TRUE(scanned.session.finished());
  EXPECT_FALSE(scanned.session.has_unrecorded());
}

TEST(SessionEvents, AreSplitAtAThousandObjects) {
  Scanned scanned(SessionKind::kReceive);
  for (int i = 0; i < 2'001; ++i) scanned.On(Unit(kMilk, std::to_string(i)));
  scanned.On("FINISH");
  const auto& events = scanned.session.events();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].objects.size(), 1'000U);
  EXPECT_EQ(events[1].objects.size(), 1'000U);
  EXPECT_EQ(events[2].objects.size(), 1U);
  EXPECT_NE(events[0].id, events[1].id);
  EXPECT_EQ(events[0].moment_us, events[2].moment_us);
}

TEST(SessionEvents, ThatAreRefusedOpenTheSessionAgain) {
  Scanned scanned(SessionKind::kReceive);
  scanned.On(Lot(kMilk, "L1"));
  scanned.On(Lot(kCheese, "K1"));
  scanned.On("FINISH");
  EXPECT_EQ(scanned.session.Refused("IMPOSSIBLE_MOVE").kind, Kind::kEventRefused);
  EXPECT_FALSE(scanned.session.finishing());
  EXPECT_TRUE(scanned.session.has_unrecorded());
  scanned.On("REMOVE");
  EXPECT_EQ(scanned.On(Lot(kCheese, "K1")), Kind::kRemoved);
  scanned.On("FINISH");
  ASSERT_EQ(scanned.session.events().size(), 1U);
  EXPECT_EQ(scanned.session.events()[0].id, "s-2") << "another content, another id";
  EXPECT_EQ(scanned.session.events()[0].objects.size(), 1U);
}

TEST(SessionEvents, WhatIsRecordedOfASplitIsNotRecordedAgain) {
  Scanned scanned(SessionKind::kReceive);
  for (int i = 0; i < 1'001; ++i) scanned.On(Unit(kMilk, std::to_string(10'000 + i)));
  scanned.On("FINISH");
  scanned.session.Recorded("events/1");
  scanned.session.Refused("IMPOSSIBLE_MOVE");
  EXPECT_FALSE(scanned.session.finishing());
  EXPECT_EQ(scanned.On("UNDO"), Kind::kUndone) << "the last unit is not recorded";
  EXPECT_EQ(scanned.On("UNDO"), Kind::kNothingToUndo) << "the others are";
  EXPECT_EQ(scanned.On("FINISH"), Kind::kFinishing);
  EXPECT_TRUE(scanned.session.finished());
}

TEST(SessionEvents, OfEachScanAreHeldBackByOneScan) {
  Scanned scanned(SessionKind::kReceive, {}, true);
  scanned.On(Lot(kMilk, "L1"));
  EXPECT_TRUE(scanned.session.events().empty());
  scanned.On(Lot(kMilk, "L1"));
  ASSERT_EQ(scanned.session.events().size(), 1U);
  EXPECT_EQ(scanned.session.events()[0].scan, 1);
  EXPECT_EQ(scanned.session.events()[0].moment_us, kNoon + 1'000'000);
  EXPECT_EQ(*scanned.session.events()[0].objects[0].amount, (coding::Decimal{1, 0}));
  EXPECT_EQ(scanned.On("UNDO"), Kind::kUndone);
  EXPECT_EQ(scanned.On("UNDO"), Kind::kNothingToUndo) << "the first is on its way";
  EXPECT_EQ(scanned.On("REMOVE"), Kind::kCommandRefused);
  scanned.On(Lot(kMilk, "L2"));
  scanned.On("FINISH");
  ASSERT_EQ(scanned.session.events().size(), 2U);
  EXPECT_EQ(scanned.session.events()[1].objects[0].object, std::string(kMilk) + "/lot/L2");
  RecordAll(scanned.session);
  EXPECT_TRUE(scanned.session.finished());
}

TEST(SessionEvents, OfEachScanThatAreRefusedAreTakenOffTheCount) {
  Scanned scanned(SessionKind::kReceive, {Line(std::string(kMilk) + "/serial/7", 1)}, true);
  scanned.On(Unit(kMilk, "7"));
  scanned.On("FINISH");
  const Verdict refused = scanned.session.Refused("IMPOSSIBLE_MOVE: it is elsewhere");
  EXPECT_EQ(refused.scan, 1);
  EXPECT_EQ(refused.object, std::string(kMilk) + "/serial/7");
  EXPECT_EQ(scanned.session.Missing().size(), 1U);
  EXPECT_TRUE(scanned.session.finished());
  EXPECT_EQ(scanned.session.fault_count(), 1);
}

TEST(SessionEvents, OfAShipmentNameTheCustomerThatWasScanned) {
  Scanned scanned(SessionKind::kShip);
  scanned.On(Lot(kMilk, "L1"));
  EXPECT_EQ(scanned.On("FINISH"), Kind::kPartyWanted);
  EXPECT_EQ(scanned.On(Party(kShop, false)), Kind::kPartyRefused);
  Meaning closed = Party(kShop, true);
  closed.usable = false;
  EXPECT_EQ(scanned.On(closed), Kind::kPartyRefused);
  EXPECT_EQ(scanned.On("FINISH"), Kind::kPartyWanted);
  EXPECT_EQ(scanned.On(Party(kShop, true)), Kind::kPartySet);
  EXPECT_EQ(scanned.On("FINISH"), Kind::kFinishing);
  EXPECT_EQ(scanned.session.events().at(0).party, kShop);
}

TEST(SessionEvents, OfAShipmentScanByScanWantTheCustomerFirst) {
  Scanned scanned(SessionKind::kShip, {}, true);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kPartyWanted);
  scanned.On(Party(kShop, true));
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
}

TEST(SessionEvents, OfPackingAreOneAContainer) {
  Scanned scanned(SessionKind::kPack);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kContainerWanted);
  EXPECT_EQ(scanned.On(Container(kBox)), Kind::kContainerSet);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kCounted);
  EXPECT_EQ(scanned.On(Container(kBox)), Kind::kNotGoods) << "into itself";
  EXPECT_EQ(scanned.On("CONTAINER"), Kind::kContainerNext);
  EXPECT_EQ(scanned.On(Container(kPallet)), Kind::kContainerSet);
  EXPECT_EQ(scanned.On(Container(kBox)), Kind::kCounted) << "the box goes onto the pallet";
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kDouble) << "it is in the box";
  EXPECT_EQ(scanned.On(Party(kShop, true)), Kind::kNotGoods);
  scanned.On("FINISH");
  const auto& events = scanned.session.events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].container, std::string("sscc/") + kBox);
  EXPECT_EQ(events[1].container, std::string("sscc/") + kPallet);
  EXPECT_EQ(events[1].objects[0].object, std::string("sscc/") + kBox);
}

TEST(SessionEvents, OfPackingMayBeginAContainer) {
  const auto fresh = [](const char* sscc) {
    Meaning meaning = Container(sscc);
    meaning.refusal = "NOT_FOUND";
    return meaning;
  };
  Scanned scanned(SessionKind::kPack);
  EXPECT_EQ(scanned.On(fresh(kBox)), Kind::kContainerSet);
  scanned.On(Unit(kMilk, "7"));
  scanned.On("CONTAINER");
  EXPECT_EQ(scanned.On(fresh(kPallet)), Kind::kContainerSet);
  EXPECT_EQ(scanned.On(fresh("395210010000000018")), Kind::kUnknown) << "nothing is in it";
  EXPECT_EQ(scanned.On(fresh(kBox)), Kind::kCounted) << "this session fills it";
  scanned.On("FINISH");
  ASSERT_EQ(scanned.session.events().size(), 2U);
  EXPECT_EQ(scanned.session.events()[0].container, std::string("sscc/") + kBox)
      << "filled before it is moved, whatever its number";
}

TEST(SessionEvents, AreTheSameWhenTheSameScansAreTakenAgain) {
  const auto scan_all = [] {
    Scanned scanned(SessionKind::kReceive);
    for (int i = 0; i < 50; ++i) scanned.On(Lot(kMilk, "L" + std::to_string(i % 7)));
    scanned.On("UNDO");
    scanned.On("FINISH");
    return scanned.session.events();
  };
  EXPECT_EQ(scan_all(), scan_all());
}

}  // namespace
}  // namespace radyab::warehouse
