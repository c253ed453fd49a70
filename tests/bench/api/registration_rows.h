// What each registration of an item left in a data file, in the order of registrations: the rows
// are dealt by what the audit trail tells of their order.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace radyab::bench {

using Row = std::pair<std::string, std::string>;  // key and value
using Registrations = std::vector<std::vector<Row>>;

// Of the items in `after`, the path of a data.mdb, that are not, or otherwise, in `before` (empty:
// nothing was there before). The generic item, the aliases, names, audit rows and kept answers
// belong to their item; the counter that each registration writes again comes with each. Rows of
// nobody's (members, classes) are left out.
Registrations RowsOfRegistrations(const std::string& after, const std::string& before);

}  // namespace radyab::bench
