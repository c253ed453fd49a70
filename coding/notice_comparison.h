// What was announced against what is scanned: the rules of a shipping notice, as plain values, the
// same at the server and at a scanner without a network.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "coding/notice_values.h"
#include "coding/wide_amount.h"

namespace radyab::coding {

// The rules:
// - A scanned container stands for all that is announced inside it, to any depth. What is inside
//   may be scanned as well, before or after: it counts once. A container that was opened counts
//   when all inside it was scanned.
// - Quantities of a lot fill the lines of the lot, wherever they lie, and then those of the bare
//   code. A bare code fills its own lines first, then those of any lot of it. A unit without a
//   line fills as one piece of its lot (if known) or of its code. How much fits does not depend on
//   the order of scans; whose it is that does not is told of the scan that is too much.
// - A unit or container counts once; every trigger on a label of a lot or code counts.
// Lines that announce one unit or container twice, or contain each other, are no valid notice: the
// second stays missing. One thread at a time.
class NoticeTally {
 public:
  // `today`: a thing whose last day of use is before it is expired.
  NoticeTally(std::vector<AnnouncedLine> lines, const CivilDate& today);

  // Takes one scan and says at once what holds of it.
  ScanOutcome Scan(const ScannedThing& thing);
  // Takes one scan back, told as it was scanned; in any order. False when there is none of it. What
  // its label said of a line (blocked, expired) stays known.
  bool TakeBack(const ScannedThing& thing);
  // What holds of every line after the scans so far, in the order of the lines.
  std::vector<LineOutcome> Lines() const;
  // Of every line, what no line has room for: at the last line of its lot, else of its bare code.
  std::vector<Decimal> Beyond() const;
  NoticeFill FillOf(const ScannedThing& thing) const;

 private:
  using Amount = WideAmount;
  struct Part {  // the lines of one lot, or of a bare code
    std::vector<std::size_t> lines;
    Amount announced = 0, scanned = 0;
    Amount overflow() const { return scanned > announced ? scanned - announced : Amount(0); }
    Amount room() const { return announced > scanned ? announced - scanned : Amount(0); }
  };
  struct Pool {  // quantities of one item in one unit of measure
    std::map<std::string, Part> lots;
    Part any;
    Amount announced = 0, overflow = 0, room = 0;  // of the lots, summed
    Amount Unplaced() const;
  };
  struct Item {
    std::map<std::string, Pool> pools;                      // by unit of measure
    std::map<std::string, std::vector<std::size_t>> units;  // lines, by lot
  };
  struct State {  // of a line
    bool own = false, blocked = false, expired = false;
    int covering = 0;  // containers around it that were scanned
    bool covered() const { return covering > 0; }
  };
  struct Place {  // where a quantity is counted; null: nowhere
    Pool* pool = nullptr;
    Part* part = nullptr;  // null: its lot has no line, and none was scanned
  };

  ScanOutcome ScanPiece(const ScannedThing& thing);
  ScanOutcome ScanQuantity(const ScannedThing& thing);
  Place PlaceOf(const ScannedThing& thing);
  static void Count(Pool& pool, Part& part, bool lot, Amount change);
  void Cover(std::size_t container, int change);
  Amount Covered(const Part& part) const;
  static std::size_t LastLine(const Pool& pool);
  void Judge(const ScannedThing& thing, ScanOutcome& outcome);
  void Misplaced(const ScannedThing& thing, const Item* item, ScanOutcome& outcome) const;
  std::vector<Amount> Filled() const;
  bool IsExpired(const std::optional<CivilDate>& expiry) const {
    return expiry && *expiry < today_;
  }

  std::vector<AnnouncedLine> lines_;
  CivilDate today_;
  std::vector<State> states_;
  std::map<std::string, std::size_t> pieces_;               // units and containers, by word
  std::map<std::string, std::vector<std::size_t>> inside_;  // lines directly in an SSCC
  std::map<std::string, Item> items_;                       // by code
  std::map<std::string, bool> seen_;                        // pieces that were scanned
};

}  // namespace radyab::coding
