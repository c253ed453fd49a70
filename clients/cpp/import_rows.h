// Imports: rows go up, a verdict comes down for each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "radyab/v1/import.pb.h"

namespace radyab::client {

// Gives the next row to send; nothing when there are no more. Asked on the thread of the import,
// and not before earlier rows were answered once `rows_in_flight_max` are on their way.
template <class Row>
using NextRow = std::function<std::optional<Row>()>;

// Whether the next row may be long in coming. Asked before each row while others are on their way:
// true waits until one of those is answered, so that a slow source gets its verdicts meanwhile.
using RowMayWait = std::function<bool()>;

// Gets the verdict of every row, in order, on the thread of the import; `row` counts from 1 over
// the whole import, also when the stream had to be opened again.
using OnVerdict = std::function<void(const v1::RowVerdict&)>;

struct ImportCounts {
  std::int64_t accepted = 0;
  std::int64_t duplicates = 0;
  std::int64_t refused = 0;

  friend bool operator==(const ImportCounts&, const ImportCounts&) = default;
};

// One more verdict.
inline void CountVerdict(ImportCounts& counts, const v1::RowVerdict& verdict) {
  switch (verdict.outcome()) {
    case v1::ROW_OUTCOME_ACCEPTED:
      ++counts.accepted;
      return;
    case v1::ROW_OUTCOME_DUPLICATE:
      ++counts.duplicates;
      return;
    default:
      ++counts.refused;
  }
}

}  // namespace radyab::client
