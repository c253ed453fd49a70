#include "clients/warehouse/scan_session.h"

#include <gtest/gtest.h>

#include "tests/clients/warehouse/session_scans.h"

namespace radyab::warehouse {
namespace {

using Kind = VerdictKind;
using Faults = std::vector<VerdictKind>;

int Whole(const coding::Decimal& amount) {
  return static_cast<int>(coding::NormalizeDecimal(amount).mantissa);
}

TEST(ScanSession, CountsEachTriggerOnALotAndOneOfEachPiece) {
  Scanned scanned(SessionKind::kReceive);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
  EXPECT_EQ(Whole(scanned.Label(Lot(kMilk, "L1")).counted_so_far), 2);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kCounted);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kDouble);
  EXPECT_EQ(scanned.On(Container("195210010000000014")), Kind::kCounted);
  const Verdict again = scanned.Label(Container("195210010000000014"));
  EXPECT_EQ(again.kind, Kind::kDouble);
  EXPECT_FALSE(again.counted);
  EXPECT_EQ(scanned.On("ACCEPT"), Kind::kAcceptRefused);
  EXPECT_EQ(scanned.session.fault_count(), 0) << "a second look at a label is no fault of goods";
}

TEST(ScanSession, TellsAllSixFaultsOfANotice) {
  Scanned scanned(SessionKind::kReceive, {Line(std::string(kMilk) + "/lot/L1", 2), Line(kCheese, 5),
                                          Line(std::string(kMilk) + "/serial/7", 1)});
  EXPECT_EQ(scanned.On(Lot("1042000017000307", "L1")), Kind::kUnexpected);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kCounted);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kDouble);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L2")), Kind::kWrongLot);
  Meaning blocked = Lot(kCheese, "K");
  blocked.usable = blocked.active = false;
  blocked.unusable_reason = "suspended: broken seal";
  EXPECT_EQ(scanned.Label(blocked).reason, "suspended: broken seal");
  EXPECT_EQ(scanned.On(blocked), Kind::kBlocked);
  Meaning old = Lot(kCheese, "K");
  old.expiry_date = "2026-12-29";
  old.usable = false;
  EXPECT_EQ(scanned.On(old), Kind::kExpired);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
  const Verdict more = scanned.Label(Lot(kMilk, "L1"));
  EXPECT_EQ(more.kind, Kind::kTooMany);
  EXPECT_FALSE(more.counted);
  EXPECT_EQ(Whole(more.counted_so_far), 2);
  EXPECT_EQ(Whole(*more.expected), 2);
  const auto missing = scanned.session.Missing();
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].object, kCheese);
  EXPECT_EQ(Whole(*missing[0].expected), 5);
  EXPECT_EQ(Whole(missing[0].counted_so_far), 0);
}

TEST(ScanSession, TellsAllFaultsOfOneLabelTheWeightiestFirst) {
  Scanned scanned(SessionKind::kShip, {Line(std::string(kMilk) + "/lot/L1", 2)});
  Meaning bad = Lot(kMilk, "L2");
  bad.usable = bad.active = false;
  bad.expiry_date = "2026-01-01";
  EXPECT_EQ(scanned.Label(bad).faults, (Faults{Kind::kBlocked, Kind::kExpired, Kind::kWrongLot}));
}

TEST(ScanSession, HoldsExpiryDatesAgainstTheDayOfTheScanAndTheNotice) {
  Scanned scanned(SessionKind::kReceive, {Line(std::string(kMilk) + "/lot/L1", 9, "2026-12-30"),
                                          Line(kCheese, 9, "2026-12-29")});
  Meaning milk = Lot(kMilk, "L1");
  EXPECT_EQ(scanned.On(milk), Kind::kCounted) << "its last day is a day of use";
  milk.expiry_date = "2027-01-31";
  EXPECT_EQ(scanned.On(milk), Kind::kWrongExpiry);
  EXPECT_EQ(scanned.On(Lot(kCheese, "K")), Kind::kExpired) << "the notice tells it";
  ScanSession tehran(
      {.id = "s", .kind = SessionKind::kReceive, .notice = {}, .zone_offset_minutes = 13 * 60});
  milk.expiry_date = "2026-12-30";
  EXPECT_EQ(tehran.TakeLabel({.number = 1, .moment_us = kNoon, .text = ""}, milk).kind,
            Kind::kExpired)
      << "there it is the next day already";
}

TEST(ScanSession, FindsTheLineOfAUnitByTheLotOfItsLabel) {
  Scanned scanned(SessionKind::kReceive, {Line(std::string(kMilk) + "/lot/L1", 2)});
  Meaning unit = Unit(kMilk, "7");
  unit.lot = "L1";
  EXPECT_EQ(scanned.On(unit), Kind::kCounted);
  EXPECT_EQ(Whole(scanned.session.Missing().at(0).counted_so_far), 1);
  Meaning other = Unit(kMilk, "8");
  other.lot = "L2";
  EXPECT_EQ(scanned.On(other), Kind::kWrongLot);
  EXPECT_EQ(scanned.On(Unit(kMilk, "9")), Kind::kCounted) << "the label names no lot: any";
  EXPECT_EQ(scanned.On(Unit(kMilk, "10")), Kind::kTooMany);
}

TEST(ScanSession, AcceptCountsWhatWasSetAside) {
  Scanned scanned(SessionKind::kReceive, {Line(std::string(kMilk) + "/lot/L1", 1)});
  scanned.On(Lot(kMilk, "L2"));
  EXPECT_EQ(scanned.session.fault_count(), 1);
  const Verdict accepted = scanned.Command("ACCEPT");
  EXPECT_EQ(accepted.kind, Kind::kAccepted);
  EXPECT_TRUE(accepted.counted);
  EXPECT_EQ(accepted.object, std::string(kMilk) + "/lot/L2");
  EXPECT_EQ(accepted.faults, Faults{Kind::kWrongLot});
  EXPECT_EQ(scanned.session.fault_count(), 0);
  EXPECT_EQ(scanned.On("ACCEPT"), Kind::kAcceptRefused) << "once";
}

TEST(ScanSession, BlockedGoodsDoNotLeaveWhateverIsAccepted) {
  Meaning blocked = Lot(kMilk, "L1");
  blocked.usable = blocked.active = false;
  Scanned ship(SessionKind::kShip);
  ship.On(blocked);
  EXPECT_EQ(ship.On("ACCEPT"), Kind::kAcceptRefused);
  Scanned receive(SessionKind::kReceive);
  receive.On(blocked);
  EXPECT_EQ(receive.On("ACCEPT"), Kind::kAccepted) << "it is here, and that is told";
}

TEST(ScanSession, TimesIsOfTheNextLabelOnly) {
  Scanned scanned(SessionKind::kReceive);
  EXPECT_EQ(scanned.On("TIMES:12"), Kind::kTimesSet);
  Meaning box = Lot(kMilk, "L1");
  box.amount = {6, 0};
  EXPECT_EQ(Whole(scanned.Label(box).counted_so_far), 72);
  EXPECT_EQ(Whole(scanned.Label(box).counted_so_far), 78);
  scanned.On("TIMES:2");
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kTimesRefused);
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kCounted);
  EXPECT_EQ(scanned.On("TIMES:0"), Kind::kBadCommand);
  EXPECT_EQ(scanned.On("TIMES:1000000"), Kind::kBadCommand);
}

TEST(ScanSession, RefusesSumsThatDoNotFit) {
  Scanned scanned(SessionKind::kReceive);
  Meaning heavy = Lot(kMilk, "L1");
  heavy.amount = {900'000'000'000'000'000, 0};
  scanned.On("TIMES:99999");
  EXPECT_EQ(scanned.On(heavy), Kind::kFull);
  for (int i = 0; i < 10; ++i) scanned.On(heavy);
  EXPECT_EQ(scanned.On(heavy), Kind::kFull);
  heavy.amount = {1, 9};
  EXPECT_EQ(scanned.On(heavy), Kind::kFull) << "18 digits and 9 decimals do not go together";
}

TEST(ScanSession, UndoTakesBackOneCountAfterAnother) {
  Scanned scanned(SessionKind::kReceive, {Line(std::string(kMilk) + "/lot/L1", 9)});
  scanned.On("TIMES:3");
  scanned.On(Lot(kMilk, "L1"));
  scanned.On(Lot(kMilk, "L1"));
  EXPECT_EQ(Whole(scanned.Command("UNDO").counted_so_far), 3);
  const Verdict undone = scanned.Command("UNDO");
  EXPECT_EQ(Whole(undone.counted_so_far), 0);
  EXPECT_EQ(Whole(undone.amount), -3);
  EXPECT_EQ(scanned.On("UNDO"), Kind::kNothingToUndo);
  EXPECT_EQ(scanned.On("FINISH"), Kind::kNothingCounted);
}

TEST(ScanSession, APieceThatWasUndoneCanBeScannedAgain) {
  Scanned scanned(SessionKind::kReceive);
  scanned.On(Unit(kMilk, "7"));
  scanned.On("UNDO");
  EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kCounted);
}

TEST(ScanSession, RemoveTakesAnyLabelOffTheCount) {
  Scanned scanned(SessionKind::kReceive);
  scanned.On("TIMES:5");
  scanned.On(Lot(kMilk, "L1"));
  scanned.On(Unit(kMilk, "7"));
  EXPECT_EQ(scanned.On("REMOVE"), Kind::kRemoveNext);
  const Verdict removed = scanned.Label(Lot(kMilk, "L1"));
  EXPECT_EQ(removed.kind, Kind::kRemoved);
  EXPECT_EQ(Whole(removed.counted_so_far), 4);
  scanned.On("REMOVE");
  EXPECT_EQ(scanned.On(Lot(kMilk, "L9")), Kind::kNotCounted);
  scanned.On("REMOVE");
  scanned.On("TIMES:5");
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kNotCounted) << "4 are there";
  EXPECT_EQ(Whole(scanned.Command("UNDO").amount), -4) << "what is left of it goes at once";
  EXPECT_EQ(scanned.On("UNDO"), Kind::kUndone);
  EXPECT_EQ(scanned.On("UNDO"), Kind::kNothingToUndo);
}

TEST(ScanSession, WaitsForTheCommandThatSaysWhatIsDone) {
  Scanned scanned(SessionKind::kAny);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kNotBegun);
  EXPECT_EQ(scanned.On("FINISH"), Kind::kNotBegun);
  EXPECT_EQ(scanned.On("RECEIVE"), Kind::kBegun);
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
  EXPECT_EQ(scanned.On("SHIP"), Kind::kCommandRefused) << "goods were received";
  EXPECT_EQ(scanned.On("RECEIVE"), Kind::kBegun);
  scanned.On("UNDO");
  EXPECT_EQ(scanned.On("SHIP"), Kind::kBegun);
}

TEST(ScanSession, TellsWhatCannotCount) {
  Scanned scanned(SessionKind::kReceive);
  EXPECT_EQ(scanned.On(Nothing("NOT_FOUND")), Kind::kUnknown);
  EXPECT_EQ(scanned.On(Nothing("INVALID_CODE")), Kind::kMalformed);
  EXPECT_EQ(scanned.On(Item(kMilk)), Kind::kNoLot);
  Meaning several;
  several.thing = Thing::kSeveral;
  EXPECT_EQ(scanned.On(several), Kind::kAmbiguous);
  Meaning other;
  other.thing = Thing::kOther;
  EXPECT_EQ(scanned.On(other), Kind::kNotGoods);
  EXPECT_EQ(scanned.On("FINISH"), Kind::kNothingCounted);
  EXPECT_FALSE(scanned.session.finishing());
}

TEST(ScanSession, CountsEverythingThatIsThereAgainstTheBooks) {
  Scanned scanned(SessionKind::kCount);
  Meaning held = Lot(kMilk, "L1");
  held.held = coding::Decimal{1, 0};
  held.usable = held.active = false;
  const Verdict blocked = scanned.Label(held);
  EXPECT_EQ(blocked.kind, Kind::kBlocked);
  EXPECT_TRUE(blocked.counted) << "what is there is there";
  held.usable = true;
  const Verdict more = scanned.Label(held);
  EXPECT_EQ(more.kind, Kind::kTooMany);
  EXPECT_TRUE(more.counted);
  Meaning strange = Unit(kMilk, "9");
  strange.held = coding::Decimal{0, 0};
  EXPECT_EQ(scanned.On(strange), Kind::kUnexpected);
  EXPECT_EQ(scanned.On(strange), Kind::kDouble);
  EXPECT_EQ(scanned.On(Item(kCheese)), Kind::kCounted);
  EXPECT_EQ(scanned.On("FINISH"), Kind::kFinishing);
  EXPECT_TRUE(scanned.session.finished());
  EXPECT_TRUE(scanned.session.events().empty()) << "counting moves nothing";
  const auto report = scanned.session.Report();
  ASSERT_EQ(report.size(), 3U);
  EXPECT_EQ(report[0].object, std::string(kMilk) + "/lot/L1");
  EXPECT_EQ(Whole(report[0].counted), 2);
  EXPECT_EQ(Whole(*report[0].expected), 1);
}

TEST(ScanSession, CountingUndoesAllTheWayAlsoWhenEachScanWouldBeAnEvent) {
  Scanned scanned(SessionKind::kAny, {}, true);
  scanned.On("COUNT");
  scanned.On(Lot(kMilk, "L1"));
  scanned.On(Lot(kMilk, "L2"));
  EXPECT_EQ(scanned.On("UNDO"), Kind::kUndone);
  EXPECT_EQ(scanned.On("UNDO"), Kind::kUndone);
}

TEST(ScanSession, RefusesAUnitOfMeasureThatTheNoticeDoesNotMean) {
  NoticeLine line = Line(std::string(kMilk) + "/lot/L1", 9);
  line.unit = "KGM";
  Scanned scanned(SessionKind::kReceive, {line});
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kUnitDiffers);
}

}  // namespace
}  // namespace radyab::warehouse
