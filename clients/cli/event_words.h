// Custody events out of words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/refusal.h"
#include "radyab/v1/trace.pb.h"

namespace radyab::cli {

// The unit of an amount that was given without one: the piece (UN/ECE Rec 20).
inline constexpr const char* kDefaultUnit = "C62";

// Adds an object to the event: the word in its canonical form, and its amount. Only lots have one:
// a unit or container is one and refuses it. `quantity` is "12" or "12 KGM", or empty.
std::optional<coding::Refusal> AddObject(std::string_view word, std::string_view quantity,
                                         v1::Event& event);

// Whether the object is a lot, so that an amount of it can be told.
bool IsLot(const v1::EventObject& object);

// The present moment with the offset of local time: "2026-03-01T10:20:30.123456+03:30". To the
// microsecond, so that two scans of one label are two events.
std::string LocalNow();

}  // namespace radyab::cli
