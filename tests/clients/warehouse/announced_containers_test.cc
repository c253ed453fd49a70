// Goods of a notice inside containers: whole pallets, opened ones, and what is recorded of both.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/clients/warehouse/session_scans.h"

namespace radyab::warehouse {
namespace {

using Kind = VerdictKind;
constexpr const char* kPallet = "095210010000000017";
constexpr const char* kBox = "195210010000000014";
const std::string kMilkWord(kMilk);

NoticeLine Inside(const char* sscc, NoticeLine line) {
  line.container = std::string("sscc/") + sscc;
  return line;
}
std::string Word(const char* sscc) { return std::string("sscc/") + sscc; }

// A pallet with a lot and a box of two units; one more of the lot beside it.
std::vector<NoticeLine> Notice() {
  return {Line(Word(kPallet), 1),
          Inside(kPallet, Line(kMilkWord + "/lot/L1", 12)),
          Inside(kPallet, Line(Word(kBox), 1)),
          Inside(kBox, Line(kMilkWord + "/serial/7", 1)),
          Inside(kBox, Line(kMilkWord + "/serial/8", 1)),
          Line(kMilkWord + "/lot/L1", 1)};
}
std::vector<std::string> Objects(const SessionEvent& event) {
  std::vector<std::string> objects;
  for (const auto& object : event.objects) {
    objects.push_back(object.object +
                      (object.amount ? " " + coding::WriteDecimal(*object.amount) : ""));
  }
  return objects;
}
std::vector<std::string> MissingObjects(const ScanSession& session) {
  std::vector<std::string> objects;
  for (const Verdict& verdict : session.Missing()) objects.push_back(verdict.object);
  return objects;
}
using Words = std::vector<std::string>;

TEST(AnnouncedContainers, APalletStandsForAllInside) {
  Scanned scanned(SessionKind::kReceive, Notice());
  EXPECT_EQ(MissingObjects(scanned.session), (Words{Word(kPallet), kMilkWord + "/lot/L1"}))
      << "not what is inside, piece by piece";
  EXPECT_EQ(scanned.On(Container(kPallet)), Kind::kCounted);
  EXPECT_EQ(MissingObjects(scanned.session), (Words{kMilkWord + "/lot/L1"}));
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
  EXPECT_TRUE(scanned.session.Missing().empty());
  scanned.On("FINISH");
  ASSERT_EQ(scanned.session.events().size(), 1u);
  EXPECT_EQ(Objects(scanned.session.events()[0]), (Words{kMilkWord + "/lot/L1 1", Word(kPallet)}));
}

TEST(AnnouncedContainers, WhatIsInsideMayBeScannedTooAndMovesWithThePallet) {
  for (const bool pallet_first : {true, false}) {
    Scanned scanned(SessionKind::kReceive, Notice());
    if (pallet_first) {
      EXPECT_EQ(scanned.On(Container(kPallet)), Kind::kCounted);
    }
    const Verdict unit = scanned.Label(Unit(kMilk, "7"));
    EXPECT_EQ(unit.kind, Kind::kCounted);
    EXPECT_EQ(unit.reason, pallet_first ? "inside " + Word(kBox) + ", which was counted"
                                        : "announced inside " + Word(kBox));
    EXPECT_EQ(scanned.On(Unit(kMilk, "7")), Kind::kDouble);
    EXPECT_EQ(scanned.On(Container(kBox)), Kind::kCounted);
    scanned.On("TIMES:13");
    EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
    EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kTooMany);
    if (!pallet_first) {
      EXPECT_EQ(scanned.On(Container(kPallet)), Kind::kCounted);
    }
    EXPECT_TRUE(scanned.session.Missing().empty());
    scanned.On("FINISH");
    ASSERT_EQ(scanned.session.events().size(), 1u);
    EXPECT_EQ(Objects(scanned.session.events()[0]),
              (Words{kMilkWord + "/lot/L1 1", Word(kPallet)}));
    scanned.session.Recorded("events/1");
    EXPECT_TRUE(scanned.session.finished());
    EXPECT_FALSE(scanned.session.has_unrecorded());
  }
}

TEST(AnnouncedContainers, AnOpenedPalletIsMissedPieceByPiece) {
  Scanned scanned(SessionKind::kReceive, Notice());
  scanned.On(Unit(kMilk, "7"));
  EXPECT_EQ(MissingObjects(scanned.session),
            (Words{kMilkWord + "/lot/L1", kMilkWord + "/serial/8", kMilkWord + "/lot/L1"}));
  EXPECT_EQ(scanned.session.Missing()[1].reason, "announced inside " + Word(kBox));
  scanned.On(Unit(kMilk, "8"));
  scanned.On("TIMES:13");
  scanned.On(Lot(kMilk, "L1"));
  EXPECT_TRUE(scanned.session.Missing().empty()) << "all that is inside was scanned";
}

TEST(AnnouncedContainers, UndoTakesAWholePalletBack) {
  Scanned scanned(SessionKind::kReceive, Notice());
  scanned.On(Unit(kMilk, "7"));
  scanned.On(Container(kPallet));
  EXPECT_EQ(scanned.On("UNDO"), Kind::kUndone);
  EXPECT_EQ(scanned.session.Missing().size(), 3u);
  EXPECT_EQ(scanned.On(Container(kPallet)), Kind::kCounted) << "no double";
  scanned.On("REMOVE");
  EXPECT_EQ(scanned.On(Container(kPallet)), Kind::kRemoved);
  scanned.On("FINISH");
  EXPECT_EQ(Objects(scanned.session.events()[0]), (Words{kMilkWord + "/serial/7"}));
}

TEST(AnnouncedContainers, EachScanByItselfRecordsNothingTwice) {
  Scanned scanned(SessionKind::kReceive, Notice(), true);
  scanned.On(Container(kPallet));
  scanned.On(Unit(kMilk, "7"));
  scanned.On(Unit(kMilk, "8"));
  scanned.On(Lot(kMilk, "L1"));
  scanned.On("FINISH");
  Words recorded;
  while (!scanned.session.events().empty()) {
    for (const auto& object : Objects(scanned.session.events().front())) recorded.push_back(object);
    scanned.session.Recorded("events/1");
  }
  EXPECT_EQ(recorded, (Words{Word(kPallet), kMilkWord + "/lot/L1 1"}));
  EXPECT_TRUE(scanned.session.finished());
  EXPECT_FALSE(scanned.session.has_unrecorded());
}

TEST(AnnouncedContainers, AnExpiryDateInsideIsToldOfThePallet) {
  std::vector<NoticeLine> notice = Notice();
  notice[3].expiry_date = "2026-12-29";  // a day before the scan
  Scanned scanned(SessionKind::kReceive, notice);
  const Verdict pallet = scanned.Label(Container(kPallet));
  EXPECT_EQ(pallet.kind, Kind::kExpired);
  EXPECT_EQ(pallet.reason, "something inside expired on 2026-12-29");
}

TEST(AnnouncedContainers, ALotFillsItsLinesAndThenThoseOfItsCode) {
  Scanned scanned(SessionKind::kReceive,
                  {Line(kMilkWord + "/lot/L1", 2), Line(kMilk, 3), Line(kCheese, 1)});
  scanned.On("TIMES:4");
  EXPECT_EQ(scanned.On(Lot(kMilk, "L1")), Kind::kCounted);
  scanned.On("TIMES:2");
  EXPECT_EQ(scanned.On(Lot(kMilk, "L2")), Kind::kTooMany);
  EXPECT_EQ(scanned.On("ACCEPT"), Kind::kAccepted);
  const auto report = scanned.session.Report();
  ASSERT_EQ(report.size(), 4u);
  EXPECT_EQ(coding::WriteDecimal(report[0].counted), "3") << "one is too many";
  EXPECT_EQ(coding::WriteDecimal(report[1].counted), "3");
  EXPECT_EQ(report[3].object, kMilkWord + "/lot/L2");
}

}  // namespace
}  // namespace radyab::warehouse
