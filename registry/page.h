// Pages of lists: what every listing verb takes and gives.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace radyab {

inline constexpr std::size_t kPageRowsDefault = 50;
inline constexpr std::size_t kPageRowsMax = 1000;

// `after` is the `next` of the page before, empty for the first. It is a storage key (or part of
// one): it leaves the server only inside a page token.
struct PageRequest {
  std::size_t row_count_max = kPageRowsDefault;
  std::string after;
};

// `next` is empty on the last page.
template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;
};

}  // namespace radyab
