// Rows gathered under keys, and the page of them that was asked for.
#pragma once

#include <map>
#include <string>

#include "registry/page.h"

namespace radyab::trace {

// The rows in order of their keys, from the first after `page.after`.
template <class Row>
Page<Row> PageOfGroups(std::map<std::string, Row> groups, const PageRequest& page) {
  Page<Row> found;
  auto next = page.after.empty() ? groups.begin() : groups.upper_bound(page.after);
  std::string last;
  for (; next != groups.end(); ++next) {
    if (found.rows.size() == page.row_count_max) {
      found.next = last;
      break;
    }
    last = next->first;
    found.rows.push_back(std::move(next->second));
  }
  return found;
}

}  // namespace radyab::trace
