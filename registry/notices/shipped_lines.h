// The lines that SHIP events make: what they sent, and what was inside it when it was sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coding/code.h"
#include "radyab/v1/notice.pb.h"
#include "registry/fault_list.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::notices {

// Events that are read to learn what was inside containers; above it LIMIT_EXCEEDED.
inline constexpr std::size_t kPastEventsMax = 100'000;

// What the events say together.
struct Shipped {
  std::vector<v1::ShippingNoticeLine> lines;  // numbers are not set
  std::vector<std::string> events;            // names, in order
  std::optional<coding::Code> destination;
  std::int64_t last_time_us = 0;
};

// `events` as the caller named them; faults are at `events[1]`. NOT_FOUND for an event that is
// missing or was not recorded by `member`. LIMIT_EXCEEDED for more than kNoticeLinesMax lines.
absl::StatusOr<Shipped> ReadShipped(storage::ReadTransaction& transaction, MemberId member,
                                    const std::vector<std::string>& events, FaultList& faults);

}  // namespace radyab::notices
