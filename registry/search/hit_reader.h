// What a hit shows: read from the thing's row, and from those of its member and class.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/search.pb.h"
#include "registry/environment.h"
#include "registry/search/row_budget.h"
#include "registry/search/thing.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Rows of one hit at most: an item, its class and its member.
inline constexpr std::size_t kRowsOfHitMax = 3;

// The names of classes and members are read once for all hits of a page.
class HitReader {
 public:
  HitReader(storage::ReadTransaction& transaction, const Environment& environment,
            RowBudget& budget)
      : transaction_(transaction), environment_(environment), budget_(budget) {}
  // Without `match` and `via_alias`; nothing when there is no such row.
  absl::StatusOr<std::optional<v1::SearchHit>> Read(Thing thing);

 private:
  absl::StatusOr<std::optional<v1::SearchHit>> ReadParty(coding::Code code);
  template <class Entry>
  absl::StatusOr<std::optional<v1::SearchHit>> ReadEntry(const std::string& key);
  absl::StatusOr<std::optional<v1::SearchHit>> ReadClass(const std::string& key_code);
  template <class Resource>
  absl::StatusOr<v1::LocalizedText> NameUnder(const std::string& key);

  storage::ReadTransaction& transaction_;
  const Environment& environment_;
  RowBudget& budget_;
  std::map<std::string, v1::LocalizedText> names_;  // by storage key
};

}  // namespace radyab::search
