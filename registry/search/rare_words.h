// Things that share a word with a few others only: a number, a model, a word that was misspelt.
// Where names are many, things that may be one stand together under such words, whatever their
// names begin with.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/common.pb.h"
#include "registry/environment.h"
#include "registry/search/posting_blocks.h"
#include "registry/search/thing.h"
#include "registry/storage/store.h"

namespace radyab::search {

// A word that more things bear is not rare: they could not all be looked at for each.
inline constexpr std::size_t kRareThingsMax = 8;

// The whole list, rising, when it has at most kRareThingsMax things; else nothing. Reads one row.
absl::StatusOr<std::optional<std::vector<Thing>>> RareThings(storage::ReadTransaction& transaction,
                                                             const PostingList& list);

// The things that the index has under a rare word of a name of an item, service or class, `thing`
// itself left out.
absl::StatusOr<std::set<Thing>> SharersOfRareWords(storage::ReadTransaction& transaction,
                                                   const Environment& environment, Thing thing,
                                                   const v1::LocalizedText& name);

}  // namespace radyab::search
