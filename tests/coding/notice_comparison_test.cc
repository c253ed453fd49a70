#include "coding/notice_comparison.h"

#include <algorithm>
#include <array>
#include <functional>

#include "gtest/gtest.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

using V = NoticeVerdict;
using Verdicts = std::vector<NoticeVerdict>;

constexpr CivilDate kToday = {2026, 11, 26};
constexpr CivilDate kPast = {2026, 11, 25};
constexpr char kBox[] = "195210010000000011";
constexpr char kPallet[] = "295210010000000018";

Code CodeNumber(int counter) {
  return *Code::ForCatalog(Kind::kItem, 104, 1, static_cast<std::uint32_t>(counter));
}
ObjectWord Lot(std::string_view lot, int item = 1) {
  return ObjectWord::ForLot(CodeNumber(item), lot);
}
ObjectWord Unit(std::string_view serial, int item = 1) {
  return ObjectWord::ForUnit(CodeNumber(item), serial);
}
ObjectWord Bare(int item = 1) { return ObjectWord::ForCode(CodeNumber(item)); }
ObjectWord Box(std::string_view sscc) { return ObjectWord::ForContainer(sscc); }

AnnouncedLine Line(const ObjectWord& object, std::int64_t quantity = 1,
                   std::string_view container = "") {
  AnnouncedLine line;
  line.object = object;
  line.quantity = {quantity, 0};
  line.container = container;
  return line;
}
ScannedThing Scan(const ObjectWord& object, std::int64_t quantity = 1) {
  ScannedThing thing;
  thing.object = object;
  thing.quantity = {quantity, 0};
  return thing;
}

TEST(NoticeTally, TellsWhatIsAsExpectedShortAndMissing) {
  NoticeTally tally({Line(Lot("L1"), 60), Line(Unit("S1")), Line(Box(kBox)), Line(Lot("L2"), 5)},
                    kToday);
  EXPECT_EQ(tally.Scan(Scan(Lot("L1"), 59)).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(tally.Scan(Scan(Unit("S1"))).lines, std::vector<std::size_t>{1});
  EXPECT_EQ(tally.Scan(Scan(Box(kBox))).verdicts, Verdicts{V::kAsExpected});
  const auto lines = tally.Lines();
  EXPECT_EQ(lines[0].verdicts, Verdicts{V::kShort});
  EXPECT_EQ(lines[0].scanned, (Decimal{59, 0}));
  EXPECT_EQ(lines[0].missing, (Decimal{1, 0}));
  EXPECT_EQ(lines[0].wanted, "") << "missing says it";
  EXPECT_EQ(lines[1].verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(lines[2].verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(lines[3].verdicts, Verdicts{V::kMissing});
}

TEST(NoticeTally, TellsWhatIsTooMuchWithTheRest) {
  NoticeTally tally({Line(Lot("L1"), 10)}, kToday);
  EXPECT_EQ(tally.Scan(Scan(Lot("L1"), 8)).verdicts, Verdicts{V::kAsExpected});
  const auto outcome = tally.Scan(Scan(Lot("L1"), 5));
  EXPECT_EQ(outcome.verdicts, Verdicts{V::kTooMany});
  EXPECT_EQ(outcome.beyond, (Decimal{3, 0}));
  EXPECT_EQ(outcome.wanted, "announced: 10 C62");
  EXPECT_EQ(tally.Lines()[0].verdicts, Verdicts{V::kAsExpected});
}

TEST(NoticeTally, TellsDoublesOfPiecesAndNotOfLabels) {
  NoticeTally tally({Line(Unit("S1")), Line(Box(kBox)), Line(Lot("L1"), 2)}, kToday);
  EXPECT_EQ(tally.Scan(Scan(Unit("S1"))).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(tally.Scan(Scan(Unit("S1"))).verdicts, Verdicts{V::kDouble});
  EXPECT_EQ(tally.Scan(Scan(Box(kBox))).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(tally.Scan(Scan(Box(kBox))).verdicts, Verdicts{V::kDouble});
  EXPECT_EQ(tally.Scan(Scan(Unit("S9"))).verdicts, Verdicts{V::kAsExpected});  // one of any lot
  EXPECT_EQ(tally.Scan(Scan(Unit("S9"))).verdicts, Verdicts{V::kDouble});
  EXPECT_EQ(tally.Scan(Scan(Lot("L1"))).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(tally.Scan(Scan(Lot("L1"))).verdicts, Verdicts{V::kTooMany});
}

TEST(NoticeTally, TellsWrongLotsUnitsOfMeasureAndStrangers) {
  AnnouncedLine weighed = Line(Lot("L5", 2), 7);
  weighed.unit = "KGM";
  AnnouncedLine piece = Line(Unit("S1"));
  piece.lot = "L1";
  NoticeTally tally({Line(Lot("L1"), 10), weighed, piece, Line(Unit("S3", 3))}, kToday);
  const auto other = tally.Scan(Scan(Lot("L2"), 4));
  EXPECT_EQ(other.verdicts, Verdicts{V::kWrongLot});
  EXPECT_EQ(other.wanted, "announced of this item: lot L1");
  EXPECT_EQ(other.lines, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(other.beyond, (Decimal{4, 0}));
  const auto measure = tally.Scan(Scan(Lot("L5", 2), 4));
  EXPECT_EQ(measure.verdicts, Verdicts{V::kWrongUnit});
  EXPECT_EQ(measure.lines, std::vector<std::size_t>{1});
  ScannedThing relabelled = Scan(Unit("S1"));
  relabelled.lot = "L2";
  EXPECT_EQ(tally.Scan(relabelled).verdicts, Verdicts{V::kWrongLot});
  ScannedThing foreign = Scan(Unit("S2"));
  foreign.lot = "L9";
  EXPECT_EQ(tally.Scan(foreign).verdicts, Verdicts{V::kWrongLot});
  EXPECT_EQ(tally.Scan(Scan(Lot("L1", 4))).verdicts, Verdicts{V::kUnexpected});
  EXPECT_EQ(tally.Scan(Scan(Box(kBox))).verdicts, Verdicts{V::kUnexpected});
  const auto by_serial = tally.Scan(Scan(Bare(3)));
  EXPECT_EQ(by_serial.verdicts, Verdicts{V::kUnexpected});
  EXPECT_EQ(by_serial.lines, std::vector<std::size_t>{3});
  EXPECT_EQ(tally.Lines()[0].verdicts, Verdicts{V::kMissing});  // nothing of these was counted
}

TEST(NoticeTally, TellsBlockedAndExpiredBesideTheRest) {
  AnnouncedLine old = Line(Lot("L1"), 2);
  old.expiry = kPast;
  AnnouncedLine last_day = Line(Lot("L2"), 2);
  last_day.expiry = kToday;
  AnnouncedLine stopped = Line(Unit("S1"), 1, kBox);
  stopped.blocked = "SUSPENDED: recall";
  NoticeTally tally({old, last_day, Line(Box(kBox)), stopped}, kToday);
  EXPECT_EQ(tally.Lines()[0].verdicts, (Verdicts{V::kExpired, V::kMissing}));
  EXPECT_EQ(tally.Scan(Scan(Lot("L1"))).verdicts, Verdicts{V::kExpired});
  EXPECT_EQ(tally.Scan(Scan(Lot("L2"))).verdicts, Verdicts{V::kAsExpected});
  const auto box = tally.Scan(Scan(Box(kBox)));
  EXPECT_EQ(box.verdicts, Verdicts{V::kBlocked});
  EXPECT_EQ(box.wanted, "blocked: " + WriteObjectWord(Unit("S1")) + " inside: SUSPENDED: recall");
  ScannedThing stranger = Scan(Unit("S7", 5));
  stranger.blocked = "RETIRED";
  stranger.expiry = kPast;
  EXPECT_EQ(tally.Scan(stranger).verdicts, (Verdicts{V::kBlocked, V::kExpired, V::kUnexpected}));
  ScannedThing label = Scan(Lot("L2"));
  label.expiry = kPast;
  EXPECT_EQ(tally.Scan(label).verdicts, Verdicts{V::kExpired});
  const auto lines = tally.Lines();
  EXPECT_EQ(lines[1].verdicts, Verdicts{V::kExpired});
  EXPECT_EQ(lines[3].verdicts, Verdicts{V::kBlocked});
}

TEST(NoticeTally, CountsWhatIsInsideOnceWithItsContainer) {
  const std::vector<AnnouncedLine> lines = {Line(Box(kPallet)), Line(Box(kBox), 1, kPallet),
                                            Line(Unit("S1"), 1, kBox), Line(Lot("L1"), 5, kBox),
                                            Line(Lot("L1"), 3)};
  NoticeTally whole(lines, kToday);
  EXPECT_EQ(whole.Scan(Scan(Unit("S1"))).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(whole.Scan(Scan(Lot("L1"), 3)).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(whole.Scan(Scan(Box(kPallet))).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(whole.Scan(Scan(Box(kBox))).verdicts, Verdicts{V::kAsExpected});
  for (const auto& line : whole.Lines()) EXPECT_EQ(line.verdicts, Verdicts{V::kAsExpected});

  NoticeTally opened(lines, kToday);
  opened.Scan(Scan(Unit("S1")));
  EXPECT_EQ(opened.Lines()[0].verdicts, Verdicts{V::kShort});
  EXPECT_EQ(opened.Lines()[0].wanted, "of 2 lines inside, 1 were scanned");
  opened.Scan(Scan(Lot("L1"), 8));
  for (const auto& line : opened.Lines()) EXPECT_EQ(line.verdicts, Verdicts{V::kAsExpected});
}

TEST(NoticeTally, LooksForNoEndAmongContainersInEachOther) {
  NoticeTally tally({Line(Box(kBox), 1, kPallet), Line(Box(kPallet), 1, kBox)}, kToday);
  EXPECT_EQ(tally.Scan(Scan(Box(kBox))).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(tally.Lines().size(), 2u);
}

// --- brute force: every piece of every quantity by itself, no index

struct World {
  std::vector<AnnouncedLine> lines;
  std::vector<ScannedThing> scans;
};

int Between(SeededRandom& random, int least, int most) {
  return least + static_cast<int>(random.Below(static_cast<std::uint64_t>(most - least + 1)));
}

World RandomWorld(SeededRandom& random) {
  const std::array<std::string, 4> lots = {"", "A", "B", "C"};
  World world;
  const int line_count = Between(random, 0, 7);
  for (int i = 0; i < line_count; ++i) {
    const std::string& lot = lots[static_cast<std::size_t>(Between(random, 0, 3))];
    AnnouncedLine line = Line(lot.empty() ? Bare() : Lot(lot), Between(random, 1, 4));
    if (Between(random, 0, 3) == 0) line.container = kBox;
    world.lines.push_back(line);
  }
  if (Between(random, 0, 1) == 1) world.lines.push_back(Line(Box(kBox)));
  const int scan_count = Between(random, 0, 7);
  for (int i = 0; i < scan_count; ++i) {
    const std::string& lot = lots[static_cast<std::size_t>(Between(random, 0, 3))];
    world.scans.push_back(Scan(lot.empty() ? Bare() : Lot(lot), Between(random, 1, 4)));
    if (Between(random, 0, 5) == 0) world.scans.push_back(Scan(Box(kBox)));
    if (Between(random, 0, 3) == 0) {
      ScannedThing unit = Scan(Unit("S" + std::to_string(i)));
      unit.lot = lot;
      world.scans.push_back(unit);
    }
  }
  return world;
}

std::string LotOf(const ScannedThing& scan) {
  return scan.object.type == ObjectWord::Type::kUnit ? scan.lot : scan.object.text;
}
bool Fits(const std::string& lot, const AnnouncedLine& line) {
  return line.object.type == ObjectWord::Type::kCode ||
         (line.object.type == ObjectWord::Type::kLot && (lot.empty() || lot == line.object.text));
}

struct Piece {
  std::string lot;  // empty: of a bare code
};

// The pieces that were scanned and of which some line speaks.
std::vector<Piece> PiecesOf(const World& world) {
  std::vector<Piece> pieces;
  for (const ScannedThing& scan : world.scans) {
    if (scan.object.type == ObjectWord::Type::kContainer) continue;
    const std::string lot = LotOf(scan);
    const bool any = std::ranges::any_of(
        world.lines, [&](const AnnouncedLine& line) { return Fits(lot, line); });
    for (std::int64_t i = 0; any && i < scan.quantity.mantissa; ++i) pieces.push_back({lot});
  }
  return pieces;
}

// The most pieces that lines have room for: augmenting paths, one piece at a time.
int MostPlaced(const std::vector<AnnouncedLine>& lines, const std::vector<Piece>& pieces) {
  std::vector<std::size_t> slots;  // the line of each place
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].object.type == ObjectWord::Type::kContainer) continue;
    slots.insert(slots.end(), static_cast<std::size_t>(lines[i].quantity.mantissa), i);
  }
  std::vector<int> taken(slots.size(), -1);
  int placed = 0;
  for (std::size_t piece = 0; piece < pieces.size(); ++piece) {
    std::vector<bool> tried(slots.size());
    std::function<bool(int)> place = [&](int one) {
      for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (tried[slot] || !Fits(pieces[static_cast<std::size_t>(one)].lot, lines[slots[slot]]))
          continue;
        tried[slot] = true;
        if (taken[slot] < 0 || place(taken[slot])) {
          taken[slot] = one;
          return true;
        }
      }
      return false;
    };
    placed += place(static_cast<int>(piece));
  }
  return placed;
}

// What each line gets by the rules of the header, piece by piece.
std::vector<std::int64_t> Dealt(const World& world) {
  const bool box = std::ranges::any_of(world.scans, [](const ScannedThing& scan) {
    return scan.object.type == ObjectWord::Type::kContainer;
  });
  const bool box_line = std::ranges::any_of(world.lines, [](const AnnouncedLine& line) {
    return line.object.type == ObjectWord::Type::kContainer;
  });
  std::vector<std::int64_t> got(world.lines.size());
  const auto covered = [&](std::size_t i) {
    return box && box_line && !world.lines[i].container.empty();
  };
  const auto deal = [&](auto&& speaks) {
    for (const bool inside : {false, true}) {
      for (std::size_t i = 0; i < world.lines.size(); ++i) {
        if (covered(i) != inside || !speaks(world.lines[i])) continue;
        if (got[i] < world.lines[i].quantity.mantissa) return ++got[i] > 0;
      }
    }
    return false;
  };
  const auto bare = [](const AnnouncedLine& line) {
    return line.object.type == ObjectWord::Type::kCode;
  };
  std::vector<Piece> pieces = PiecesOf(world);
  std::ranges::stable_sort(pieces, [](const Piece& a, const Piece& b) { return a.lot > b.lot; });
  for (const Piece& piece : pieces) {
    const auto of = [](const std::string& lot) {
      return [&lot](const AnnouncedLine& line) {
        return line.object.type == ObjectWord::Type::kLot && line.object.text == lot;
      };
    };
    if (!piece.lot.empty()) {
      if (!deal(of(piece.lot))) deal(bare);
    } else if (!deal(bare)) {
      for (const std::string lot : {"A", "B", "C"}) {
        if (deal(of(lot))) break;
      }
    }
  }
  for (std::size_t i = 0; i < world.lines.size(); ++i) {
    if (covered(i)) got[i] = world.lines[i].quantity.mantissa;
  }
  return got;
}

std::vector<std::int64_t> Tallied(const World& world, std::int64_t* beyond) {
  NoticeTally tally(world.lines, kToday);
  *beyond = 0;
  for (const ScannedThing& scan : world.scans) {
    const ScanOutcome outcome = tally.Scan(scan);
    const bool quantity = scan.object.type != ObjectWord::Type::kContainer;
    if (quantity && outcome.verdicts == Verdicts{V::kTooMany}) {
      EXPECT_EQ(outcome.beyond.scale, 0);
      *beyond += outcome.beyond.mantissa;
    }
  }
  std::vector<std::int64_t> scanned;
  for (const LineOutcome& line : tally.Lines()) scanned.push_back(line.scanned.mantissa);
  return scanned;
}

TEST(NoticeTally, AgreesWithDealingPieceByPieceInAnyOrder) {
  SeededRandom random;
  for (int round = 0; round < Rounds(4000); ++round) {
    World world = RandomWorld(random);
    const std::vector<Piece> pieces = PiecesOf(world);
    std::vector<std::int64_t> dealt = Dealt(world);
    std::int64_t beyond = 0;
    for (int order = 0; order < 3; ++order) {
      std::vector<std::int64_t> scanned = Tallied(world, &beyond);
      for (std::size_t i = 0; i < world.lines.size(); ++i) {
        if (world.lines[i].object.type == ObjectWord::Type::kContainer) continue;
        EXPECT_EQ(scanned[i], dealt[i]) << "line " << i << " of round " << round;
      }
      EXPECT_EQ(beyond, static_cast<std::int64_t>(pieces.size()) - MostPlaced(world.lines, pieces))
          << "round " << round;
      for (std::size_t i = world.scans.size(); i > 1; --i) {
        std::swap(
            world.scans[i - 1],
            world.scans[static_cast<std::size_t>(Between(random, 0, static_cast<int>(i) - 1))]);
      }
    }
    if (HasFailure()) return;
  }
}

TEST(NoticeTally, TakesTenThousandLinesAndScans) {
  std::vector<AnnouncedLine> lines;
  for (int i = 0; i < 10'000; ++i) {
    lines.push_back(Line(i % 2 == 0 ? Lot("L" + std::to_string(i)) : Unit(std::to_string(i)), 1));
  }
  NoticeTally tally(lines, kToday);
  for (const AnnouncedLine& line : lines) {
    ASSERT_EQ(tally.Scan(Scan(line.object)).verdicts, Verdicts{V::kAsExpected});
  }
  for (const LineOutcome& line : tally.Lines()) {
    ASSERT_EQ(line.verdicts, Verdicts{V::kAsExpected});
  }
}

TEST(NoticeTally, KeepsExactDecimals) {
  AnnouncedLine line = Line(Lot("L1"));
  line.quantity = {999'999'999'999'999'999, 0};
  line.unit = "KGM";
  NoticeTally tally({line}, kToday);
  ScannedThing thing = Scan(Lot("L1"));
  thing.unit = "KGM";
  thing.quantity = {1, 9};
  EXPECT_EQ(tally.Scan(thing).verdicts, Verdicts{V::kAsExpected});
  EXPECT_EQ(tally.Lines()[0].scanned, (Decimal{1, 9}));
  thing.quantity = {999'999'999'999'999'999, 0};
  EXPECT_EQ(tally.Scan(thing).beyond, (Decimal{1, 9}));
  EXPECT_EQ(tally.Lines()[0].verdicts, Verdicts{V::kAsExpected});
}

}  // namespace
}  // namespace radyab::coding
