// Names that the index does not have yet, read from their notes while a search lasts.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/environment.h"
#include "registry/search/row_budget.h"
#include "registry/search/search_terms.h"
#include "registry/storage/store.h"

namespace radyab::search {

// What the index says of these things does not count.
class FreshNames {
 public:
  // Reads as many notes as `row_count_max` rows allow, the oldest first.
  static absl::StatusOr<FreshNames> Read(storage::ReadTransaction& transaction,
                                         const Environment& environment, std::size_t row_count_max,
                                         RowBudget& budget);
  // Whether every note was read.
  bool whole() const { return whole_; }
  bool Contains(Thing thing) const { return things_.contains(thing); }
  // The things of `scope` that `term` leads to, rising.
  std::vector<Thing> With(MemberId scope, const std::string& term) const;

 private:
  struct Found {
    MemberId scope = MemberId::kRegistry;
    std::set<std::string> terms;
  };
  std::map<Thing, Found> things_;
  bool whole_ = true;
};

}  // namespace radyab::search
