// Events as they lie in the store, and the index of whom they speak of.
//
// A row holds at most kEventRowObjectsMax objects, so that it fits the store's largest value. A
// longer event goes on in the rows of the numbers after its own: each bears the name of the event
// it belongs to and nothing else but objects. Those numbers name no event.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "radyab/v1/trace.pb.h"
#include "registry/storage/store.h"

namespace radyab::trace {

inline constexpr int kEventRowObjectsMax = 300;  // of at most about 170 bytes each

// "events/4711".
std::string EventName(std::uint64_t sequence);
// The number in `events/4711`, or nothing.
std::optional<std::uint64_t> ParseEventName(std::string_view name);

// Takes as many numbers as the rows of the event need and returns the first, which names it.
absl::StatusOr<std::uint64_t> TakeEventNumber(storage::WriteTransaction& transaction,
                                              int object_count);
absl::Status WriteEvent(storage::WriteTransaction& transaction, std::uint64_t sequence,
                        const v1::Event& event);
// The whole event, or nothing when the number names none.
absl::StatusOr<std::optional<v1::Event>> ReadEvent(storage::ReadTransaction& transaction,
                                                   std::uint64_t sequence);
// The same for a number that an index row names: DATA_LOSS (CORRUPT_RECORD) when there is none.
absl::StatusOr<v1::Event> ReadIndexedEvent(storage::ReadTransaction& transaction,
                                           std::uint64_t sequence);

}  // namespace radyab::trace
