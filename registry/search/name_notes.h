// Notes of the names that the search index does not have yet. A change of a name writes one row and
// no more; index_upkeep.h carries it into the index a moment later.
#pragma once

#include "absl/status/status.h"
#include "radyab/v1/common.pb.h"
#include "registry/records/records.pb.h"
#include "registry/search/thing.h"
#include "registry/storage/store.h"

namespace radyab::search {

// A new thing, whose row this change writes.
absl::Status NoteNew(storage::WriteTransaction& transaction, Thing thing);
// An item, service or class that had another name before this change.
absl::Status NoteRenamed(storage::WriteTransaction& transaction, Thing thing,
                         const v1::LocalizedText& old_name);
// A party whose personal part, as it was sealed before this change, is `old_personal`.
absl::Status NoteChanged(storage::WriteTransaction& transaction, Thing party,
                         const records::Sealed& old_personal);

}  // namespace radyab::search
