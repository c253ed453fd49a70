// What a session says of a scan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/decimal_quantity.h"

namespace radyab::warehouse {

// What became of a scan. The names (VerdictWord) are stable.
enum class VerdictKind : std::uint8_t {
  kCounted,
  // Faults of goods: set aside, or counted by the rules of docs/warehouse.md.
  kUnexpected,   // the notice does not name it, or it is not here by the books
  kDouble,       // this very unit or container was counted before
  kWrongLot,     // the notice names other lots of this item
  kWrongExpiry,  // the notice tells another expiry date
  kBlocked,      // its code is suspended, retired, merged …
  kExpired,
  kTooMany,  // more than expected
  // Scans that cannot count.
  kUnknown,    // leads nowhere
  kMalformed,  // no text, too long, or a code with a wrong digit
  kAmbiguous,  // can mean several things
  kNoLot,      // an item without lot or serial: no custody can be told of it
  kNotGoods,   // a service, a case, a party where none is wanted
  kNotBegun,   // no command said yet what is done
  kPartyWanted,
  kContainerWanted,
  kNotCounted,   // remove: it is not among what was counted
  kUnitDiffers,  // the notice counts it in another unit of measure
  kFull,         // no more fits into this session
  // What commands and other labels did.
  kBegun,
  kPartySet,
  kPartyRefused,
  kContainerSet,
  kTimesSet,
  kTimesRefused,
  kUndone,
  kNothingToUndo,
  kAccepted,
  kAcceptRefused,
  kRemoveNext,
  kRemoved,
  kContainerNext,
  kBadCommand,
  kCommandRefused,
  kFinishing,
  kNothingCounted,
  // What is told without a scan.
  kMissing,       // at the end: expected and not counted
  kEventRefused,  // by the server
  kEventRecorded,
};

std::string_view VerdictWord(VerdictKind kind);

// True for what makes a person look: told with a bell, and in colour.
bool IsFault(VerdictKind kind);

struct Verdict {
  VerdictKind kind = VerdictKind::kCounted;
  std::vector<VerdictKind> faults;  // all that are wrong with the goods, the weightiest first
  std::int64_t scan = 0;            // its number; 0: none
  std::int64_t moment_us = 0;
  bool counted = false;
  std::string text;
  std::string object;
  std::string code;
  std::string name;
  std::string unit;
  std::string expiry_date;
  coding::Decimal amount{0, 0};             // by which this scan changes the count
  coding::Decimal counted_so_far{0, 0};     // of the line of the notice, else of the object
  std::optional<coding::Decimal> expected;  // of the same
  std::string reason;                       // in words
};

}  // namespace radyab::warehouse
