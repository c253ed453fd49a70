// An event as a caller sent it, checked field by field and brought to its one canonical form. Looks
// at no row of the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "coding/decimal_quantity.h"
#include "coding/object_words.h"
#include "radyab/v1/trace.pb.h"
#include "registry/storage/keyspace.h"

namespace radyab::trace {

inline constexpr std::size_t kEventIdCharactersMax = 64;
inline constexpr std::size_t kPlaceCharactersMax = 100;
inline constexpr std::size_t kReferenceCharactersMax = 100;
inline constexpr std::int64_t kQuantityMantissaMax = 999'999'999'999'999'999;  // 18 digits
inline constexpr int kZoneMinutesMax = 14 * 60;  // of any clock on Earth
inline constexpr std::string_view kPieces = "C62";

// Who records the event: a member and the party it is itself.
struct Recorder {
  MemberId member;
  std::string name;  // `members/00017`
  coding::Code own_party;
};

// One object of the event.
struct DraftObject {
  std::size_t place = 0;  // among the objects of the event, from 0
  coding::ObjectWord word;
  std::string name;                 // the canonical word
  std::string key;                  // its object key
  coding::Decimal amount = {1, 0};  // of a lot; a unit or container is one
  std::string unit{kPieces};
  // COMMISSION only.
  std::string lot;
  std::string production_date;
  std::string expiry_date;

  bool is_lot() const { return word.type == coding::ObjectWord::Type::kLot; }
  bool is_container() const { return word.type == coding::ObjectWord::Type::kContainer; }
  // "objects[3]"
  std::string field() const { return "objects[" + std::to_string(place) + "]"; }
};

// The whole event. `event` bears every field in its canonical form but name and record_time;
// parties that may be left out are filled in.
struct EventDraft {
  v1::Event event;
  std::int64_t event_time_us = 0;
  std::vector<DraftObject> objects;
  std::string container_key;  // PACK, UNPACK
  std::optional<coding::Code> source;
  std::optional<coding::Code> destination;
};

// INVALID_ARGUMENT with every fault of every field at once; paths are those of v1::Event
// ("objects[2].quantity.amount").
absl::StatusOr<EventDraft> ReadEventDraft(const v1::Event& wanted, const Recorder& recorder);

// "COMMISSION", "PACK" …
std::string KindName(v1::EventKind kind);

}  // namespace radyab::trace
