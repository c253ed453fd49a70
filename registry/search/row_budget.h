// How many rows one page of a search may read.
#pragma once

#include <algorithm>
#include <cstddef>

namespace radyab::search {

inline constexpr std::size_t kRowsPerHitMax = 50;  // announced in the proto

// Counts what is left. It is asked before a step whose cost is known, so it is never passed.
class RowBudget {
 public:
  explicit RowBudget(std::size_t row_count_max) : left_(row_count_max) {}
  void Spend(std::size_t row_count) { left_ -= std::min(left_, row_count); }
  std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

}  // namespace radyab::search
