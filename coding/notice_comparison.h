// What was announced against what is scanned: the rules of a shipping notice, as plain values, the
// same at the server and at a scanner without a network.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/decimal_quantity.h"
#include "coding/object_words.h"
#include "coding/wide_amount.h"

namespace radyab::coding {

inline constexpr std::string_view kPieceUnit = "C62";
inline constexpr std::size_t kOutcomeLinesMax = 20;  // lines named in one ScanOutcome

// The gravest first: where several hold, they are told in this order.
enum class NoticeVerdict {
  kBlocked,     // may not move
  kExpired,     // its last day of use is past
  kDouble,      // a unit or container that was scanned before
  kWrongLot,    // its item is announced, in another lot
  kWrongUnit,   // announced in another unit of measure
  kUnexpected,  // not announced
  kTooMany,     // no line has room for all of it
  kMissing,     // a line of which nothing was scanned
  kShort,       // a line of which not all was scanned
  kAsExpected,
};

// One line of the notice. A bare code: of any lot. Units and containers count 1 C62.
struct AnnouncedLine {
  ObjectWord object;
  Decimal quantity = {1, 0};  // more than 0, at most 18 digits
  std::string unit = std::string(kPieceUnit);
  std::string lot = {};  // of a unit, if known
  std::optional<CivilDate> expiry = std::nullopt;
  std::string container = {};  // the SSCC it is directly inside, 18 digits; empty: none
  std::string blocked = {};    // why it may not move; empty: it may
};

// One thing a scanner read, with what label and registry say of it; as above.
struct ScannedThing {
  ObjectWord object;
  Decimal quantity = {1, 0};
  std::string unit = std::string(kPieceUnit);
  std::string lot = {};
  std::optional<CivilDate> expiry = std::nullopt;
  std::string blocked = {};
};

struct ScanOutcome {
  std::vector<NoticeVerdict> verdicts;  // at least one
  Decimal beyond = {0, 0};              // what no line has room for
  std::vector<std::size_t> lines = {};  // counted for, or (wrong lot, wrong unit) meant; from 0
  std::string wanted = {};              // in words; empty when as expected
};

struct LineOutcome {
  std::vector<NoticeVerdict> verdicts;
  Decimal scanned = {0, 0};  // at most what is announced
  Decimal missing = {0, 0};
  std::string wanted = {};
};

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
  // What holds of every line after the scans so far, in the order of the lines.
  std::vector<LineOutcome> Lines() const;

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
    bool own = false, covered = false, blocked = false, expired = false;
  };

  ScanOutcome ScanPiece(const ScannedThing& thing);
  ScanOutcome ScanQuantity(const ScannedThing& thing);
  void Cover(std::size_t container);
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
