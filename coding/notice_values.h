// What goes into a comparison with a shipping notice and what comes out of it: plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/decimal_quantity.h"
#include "coding/object_words.h"

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

// Of what a thing counts for: its lot, its bare code, or itself.
struct NoticeFill {
  Decimal announced = {0, 0};
  Decimal scanned = {0, 0};  // by itself, or because it is inside a container that was scanned
  Decimal inside = {0, 0};   // scanned by itself though it is inside such a container
};

struct LineOutcome {
  std::vector<NoticeVerdict> verdicts;
  Decimal scanned = {0, 0};  // at most what is announced
  Decimal missing = {0, 0};
  std::string wanted = {};
};

}  // namespace radyab::coding
