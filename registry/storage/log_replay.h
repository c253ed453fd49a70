// What the log still has to tell when a store is opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "registry/storage/log_record.h"
#include "registry/storage/log_segment.h"

namespace radyab::storage {

// A segment with the number of the last commit in it.
struct UsedSegment {
  LogSegment file;
  std::uint64_t last_sequence = 0;
};

struct ReplayedLog {
  std::vector<UsedSegment> used;  // in the order of their records; the last one goes on …
  std::size_t place = 0;          // … at this byte
  std::vector<LogSegment> spare;  // hold nothing that is needed
};

// Hands `visit` every record behind commit `applied_sequence`, in order, and makes the last of them
// durable: what a killed program wrote may so far lie in the page cache alone. Only the last record
// can be torn by a crash; if one is missing before others that are there, that is DATA_LOSS
// (LOG_HOLE), naming it.
absl::StatusOr<ReplayedLog> ReplayLog(std::vector<LogSegment> segments, LogId id,
                                      std::uint64_t applied_sequence,
                                      absl::FunctionRef<void(LogRecord)> visit);

}  // namespace radyab::storage
