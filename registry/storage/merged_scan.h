// One scan over rows in memory and the rows below them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "registry/storage/store.h"

namespace radyab::storage {

// Visits the rows of `own` and of `range` in `base` in one order; where both know a key, the own
// row counts, and one without a value hides the base's. `own` walks the same range in the same
// direction: done(), key(), value(), Next(). `row_count_max` is above 0.
template <class OwnCursor>
absl::Status MergedScan(ReadTransaction& base, const KeyRange& range, Direction direction,
                        std::size_t row_count_max, OwnCursor own, RowVisitor visit) {
  bool wanted = true;
  const auto show = [&](std::string_view key, std::optional<std::string_view> value) {
    if (value.has_value()) wanted = visit(key, *value) && --row_count_max > 0;
    return wanted;
  };
  const auto is_before = [direction](std::string_view one, std::string_view other) {
    return direction == Direction::kForward ? one < other : one > other;
  };
  const std::size_t base_row_count_max = own.done() ? row_count_max : kNoRowLimit;
  auto status = base.Scan(range, direction, base_row_count_max,
                          [&](std::string_view key, std::string_view value) {
                            for (; !own.done() && is_before(own.key(), key); own.Next()) {
                              if (!show(own.key(), own.value())) return false;
                            }
                            if (own.done() || own.key() != key) return show(key, value);
                            const bool go_on = show(own.key(), own.value());
                            own.Next();
                            return go_on;
                          });
  if (!status.ok()) return status;
  for (; !own.done() && wanted; own.Next()) show(own.key(), own.value());
  return absl::OkStatus();
}

}  // namespace radyab::storage
