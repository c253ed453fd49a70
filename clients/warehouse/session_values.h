// What goes into a session and what comes out of it: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/decimal_quantity.h"

namespace radyab::warehouse {

// What is done with the goods. kAny waits for a command that says it.
enum class SessionKind : std::uint8_t { kAny, kReceive, kShip, kPack, kCount };

// "any", "receive", "ship", "pack", "count", and back.
std::string_view SessionKindWord(SessionKind kind);
std::optional<SessionKind> SessionKindOfWord(std::string_view word);

// One scan: a pull of the trigger, or a symbol that came into a camera's view (frame_memory.h).
struct Scan {
  std::int64_t number = 0;     // from 1 within the session
  std::int64_t moment_us = 0;  // microseconds since 1970 UTC; no two scans have the same
  std::string text;            // with the symbology identifier before it, when it is known
};

// What a label names.
enum class Thing : std::uint8_t {
  kNothing,
  kItem,
  kLot,
  kUnit,
  kContainer,
  kParty,
  kOther,
  kSeveral
};

// What a scan means: the server's answer, as far as a session wants it.
struct Meaning {
  Thing thing = Thing::kNothing;
  std::string object;            // the object word; of an item or party its code
  std::string code;              // of lots and units that of their item
  std::string name;              // for people; may be empty
  std::string lot;               // that the label of a unit tells; may be empty
  std::string unit = "C62";      // in which the item is counted
  coding::Decimal amount{1, 0};  // that one scan means, in `unit`
  bool usable = true;
  std::string unusable_reason;
  bool active = true;                   // its code is in use: what is not usable then is expired
  std::string expiry_date;              // YYYY-MM-DD, or empty
  bool customer = false;                // of a party: it may get goods
  std::string refusal;                  // kNothing: the reason, "NOT_FOUND", "INVALID_CODE" …
  std::string message;                  // and the words
  std::optional<coding::Decimal> held;  // count: how much of it is here by the books

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

// One line of the expected goods.
struct NoticeLine {
  std::string object;            // an object word, or the code of an item: any lot or unit of it
  coding::Decimal amount{1, 0};  // above 0
  std::string unit;              // empty: that of the item
  std::string expiry_date;       // YYYY-MM-DD, or empty: not told
  std::string container = {};    // "sscc/N" that it is directly inside; empty: none
  std::string lot = {};          // of a unit, if it is told

  friend bool operator==(const NoticeLine&, const NoticeLine&) = default;
};

// One custody event to be recorded. Sent again with the same id and content it is stored once.
struct SessionEvent {
  struct Object {
    std::string object;
    std::optional<coding::Decimal> amount;  // of lots only
    std::string unit;

    friend bool operator==(const Object&, const Object&) = default;
  };
  std::string id;  // event_id and request_id
  SessionKind kind = SessionKind::kReceive;
  std::int64_t moment_us = 0;
  std::string party;      // ship: to whom; receive: from whom, or empty
  std::string container;  // pack: "sscc/N"
  std::vector<Object> objects;
  std::int64_t scan = 0;  // of --each: the scan that it tells of

  friend bool operator==(const SessionEvent&, const SessionEvent&) = default;
};

// Most objects of one event: the server takes no more (radyab/v1/trace.proto).
inline constexpr std::size_t kEventObjectsMax = 1'000;
// Most different objects, and scans, of one session.
inline constexpr std::size_t kSessionObjectsMax = 100'000;
inline constexpr std::int64_t kSessionScansMax = 1'000'000;

}  // namespace radyab::warehouse
