// The codes that became part of a party, and rows that lie under each of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "registry/storage/store.h"

namespace radyab::parties {

inline constexpr std::size_t kMergeGroupMax = 50;  // codes of one group, the party itself counted

// The party, then every code that was merged into it, directly or through others. Of a party that
// was merged itself: what was merged into that one.
absl::StatusOr<std::vector<coding::Code>> MergeGroup(storage::ReadTransaction& transaction,
                                                     coding::Code party);

// The party that `party` is part of now: itself unless it was merged.
absl::StatusOr<coding::Code> PresentParty(storage::ReadTransaction& transaction,
                                          coding::Code party);

// Visits rows of several lists as one list, in the order of what stands behind their prefixes;
// `visit` sees whole keys. The prefixes are equally long. `after`: a key that was visited before,
// of any of the lists; empty: from the beginning.
absl::Status ScanGroup(storage::ReadTransaction& transaction,
                       const std::vector<std::string>& prefixes, std::string_view after,
                       storage::Direction direction, std::size_t row_count_max,
                       storage::RowVisitor visit);

}  // namespace radyab::parties
