// Finds things by what people know of them: names however they are typed, codes, identifiers of
// other schemes, telephones and e-mail addresses.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/search.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::search {

// What is searched for.
struct Wanted {
  std::string query;
  std::vector<v1::SearchKind> kinds;  // empty: all
  std::string member;                 // whose parties, `members/00017`; empty: the caller's
};

struct Answer {
  Page<v1::SearchHit> page;
  bool incomplete = false;  // the index does not have all names yet
};

// One page, of better matches first (v1::SearchMatch), equal ones in order of their codes; classes
// last. It reads at most kRowsPerHitMax rows for each hit it may hold, so it may be short, even
// empty, and have a next one. `parties_readable`: whether the caller's role reads parties at all;
// without it none are found. NOT_FOUND for a member the caller does not reach, INVALID_ARGUMENT for
// a query without words, of too many, or an unknown kind.
absl::StatusOr<Answer> Search(storage::ReadTransaction& transaction, const Environment& environment,
                              const access::Caller& caller, bool parties_readable,
                              const Wanted& wanted, const PageRequest& page);

}  // namespace radyab::search
