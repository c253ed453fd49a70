// Items and services that do not fit a class as it stands: a class that changes leaves them as they
// are, and a move to another class may find values that it cannot take.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/class_fit.pb.h"
#include "registry/access/caller.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Rows that one page looks at.
inline constexpr std::size_t kMisfitScanRowsMax = 5'000;

struct MisfitFilter {
  std::string class_name;     // `classes/KEYCODE`: its own and those of all classes below it
  std::string as_class = {};  // the class they are held against; empty: each against its own
  std::string member = {};  // `members/00017`; empty: the caller's or, without one, every member's
  coding::Kind kind = coding::Kind::kItem;  // or kService
};

// The active ones that do not fit, in order of codes, with every fault. Generic items are left out:
// they have no attributes of their own. A page looks at no more than kMisfitScanRowsMax rows: it
// may be short and have a `next`. UNKNOWN_CLASS, NOT_FOUND.
absl::StatusOr<Page<v1::ClassMisfit>> ListClassMisfits(storage::ReadTransaction& transaction,
                                                       const access::Caller& caller,
                                                       const MisfitFilter& filter,
                                                       const PageRequest& page);

}  // namespace radyab::catalog
