// Scans that are taken back, and how far a notice is filled.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "coding/notice_comparison.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

using V = NoticeVerdict;

constexpr CivilDate kToday = {2026, 11, 26};
constexpr char kBox[] = "195210010000000011";
constexpr char kPallet[] = "295210010000000018";

Code Item() { return *Code::ForCatalog(Kind::kItem, 104, 1, 1); }
ObjectWord Lot(const std::string& lot) {
  return lot.empty() ? ObjectWord::ForCode(Item()) : ObjectWord::ForLot(Item(), lot);
}
ObjectWord Unit(const std::string& serial) { return ObjectWord::ForUnit(Item(), serial); }
ObjectWord Box(const char* sscc) { return ObjectWord::ForContainer(sscc); }

AnnouncedLine Line(const ObjectWord& object, std::int64_t quantity = 1,
                   const std::string& container = "") {
  AnnouncedLine line;
  line.object = object;
  line.quantity = {quantity, 0};
  line.container = container;
  return line;
}
ScannedThing Scan(const ObjectWord& object, std::int64_t quantity = 1,
                  const std::string& lot = "") {
  ScannedThing thing;
  thing.object = object;
  thing.quantity = {quantity, 0};
  thing.lot = lot;
  return thing;
}

int Between(SeededRandom& random, int least, int most) {
  return least + static_cast<int>(random.Below(static_cast<std::uint64_t>(most - least + 1)));
}

// A pallet with a box, lots and units in and around them.
std::vector<AnnouncedLine> RandomLines(SeededRandom& random) {
  const std::array<std::string, 3> lots = {"", "A", "B"}, around = {"", kBox, kPallet};
  std::vector<AnnouncedLine> lines = {Line(Box(kPallet)), Line(Box(kBox), 1, kPallet)};
  for (int i = Between(random, 0, 6); i > 0; --i) {
    const std::string& container = around[static_cast<std::size_t>(Between(random, 0, 2))];
    if (Between(random, 0, 2) == 0) {
      lines.push_back(Line(Unit("S" + std::to_string(i)), 1, container));
    } else {
      lines.push_back(Line(Lot(lots[static_cast<std::size_t>(Between(random, 0, 2))]),
                           Between(random, 1, 4), container));
    }
  }
  return lines;
}

ScannedThing RandomScan(SeededRandom& random) {
  const std::array<std::string, 4> lots = {"", "A", "B", "C"};
  const std::string& lot = lots[static_cast<std::size_t>(Between(random, 0, 3))];
  switch (Between(random, 0, 3)) {
    case 0:
      return Scan(Unit("S" + std::to_string(Between(random, 0, 8))), 1, lot);
    case 1:
      return Scan(Box(Between(random, 0, 1) == 0 ? kBox : kPallet));
    default:
      return Scan(Lot(lot), Between(random, 1, 4));
  }
}

TEST(NoticeTallyCount, WhatIsTakenBackWasNeverScanned) {
  SeededRandom random;
  for (int round = 0; round < Rounds(3000); ++round) {
    const auto lines = RandomLines(random);
    NoticeTally tally(lines, kToday);
    std::vector<ScannedThing> counted;
    for (int scan = Between(random, 1, 12); scan > 0; --scan) {
      const ScannedThing thing = RandomScan(random);
      if (tally.Scan(thing).verdicts.front() != V::kDouble) counted.push_back(thing);
    }
    for (int back = Between(random, 0, 6); back > 0 && !counted.empty(); --back) {
      const auto at = counted.begin() + Between(random, 0, static_cast<int>(counted.size()) - 1);
      ASSERT_TRUE(tally.TakeBack(*at)) << "round " << round;
      counted.erase(at);
    }
    NoticeTally fresh(lines, kToday);
    for (const ScannedThing& thing : counted) fresh.Scan(thing);
    const auto left = tally.Lines(), wanted = fresh.Lines();
    for (std::size_t line = 0; line < lines.size(); ++line) {
      ASSERT_EQ(left[line].scanned, wanted[line].scanned) << "line " << line << ", round " << round;
      ASSERT_EQ(left[line].verdicts, wanted[line].verdicts);
    }
    ASSERT_EQ(tally.Beyond(), fresh.Beyond());
    for (int scan = 0; scan < 5; ++scan) {
      const ScannedThing thing = RandomScan(random);
      ASSERT_EQ(tally.FillOf(thing).scanned, fresh.FillOf(thing).scanned);
      ASSERT_EQ(tally.FillOf(thing).inside, fresh.FillOf(thing).inside);
      ASSERT_EQ(tally.Scan(thing).verdicts, fresh.Scan(thing).verdicts);
    }
  }
}

TEST(NoticeTallyCount, NothingIsTakenBackThatIsNotThere) {
  NoticeTally tally({Line(Lot("A"), 5), Line(Unit("S1"))}, kToday);
  EXPECT_FALSE(tally.TakeBack(Scan(Unit("S1"))));
  EXPECT_FALSE(tally.TakeBack(Scan(Lot("A"), 1)));
  tally.Scan(Scan(Lot("A"), 3));
  EXPECT_FALSE(tally.TakeBack(Scan(Lot("A"), 4)));
  EXPECT_TRUE(tally.TakeBack(Scan(Lot("A"), 3)));
  EXPECT_EQ(tally.Lines()[0].missing, (Decimal{5, 0}));
}

TEST(NoticeTallyCount, FillsALotWithWhatItsContainersHold) {
  NoticeTally tally({Line(Box(kBox)), Line(Lot("A"), 12, kBox), Line(Lot("A"), 3)}, kToday);
  const auto fill = [&] { return tally.FillOf(Scan(Lot("A"))); };
  tally.Scan(Scan(Lot("A"), 2));
  EXPECT_EQ(fill().announced, (Decimal{15, 0}));
  EXPECT_EQ(fill().scanned, (Decimal{2, 0}));
  tally.Scan(Scan(Box(kBox)));
  EXPECT_EQ(fill().scanned, (Decimal{14, 0}));
  EXPECT_EQ(fill().inside, (Decimal{0, 0})) << "both lie outside";
  tally.Scan(Scan(Lot("A"), 5));
  EXPECT_EQ(fill().scanned, (Decimal{15, 0}));
  EXPECT_EQ(fill().inside, (Decimal{4, 0})) << "of seven scanned three are outside";
  tally.Scan(Scan(Lot("A"), 10));
  EXPECT_EQ(fill().scanned, (Decimal{17, 0})) << "two too many";
  EXPECT_EQ(fill().inside, (Decimal{12, 0}));
  EXPECT_EQ(tally.Beyond()[2], (Decimal{2, 0}));
}

TEST(NoticeTallyCount, TellsAtTheLastLineWhatNoLineHasRoomFor) {
  NoticeTally tally({Line(Lot("A"), 2), Line(Lot("A"), 2), Line(Lot(""), 3)}, kToday);
  tally.Scan(Scan(Lot("A"), 9));
  EXPECT_EQ(tally.Beyond(), (std::vector<Decimal>{{0, 0}, {2, 0}, {0, 0}}));
  tally.Scan(Scan(Lot(""), 4));
  EXPECT_EQ(tally.Beyond(), (std::vector<Decimal>{{0, 0}, {5, 0}, {1, 0}}));
}

}  // namespace
}  // namespace radyab::coding
