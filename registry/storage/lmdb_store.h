// The embedded engine: a log and rows in memory above one LMDB file. A group of bodies is durable
// as soon as the log has it; its rows move to the file later, in large sorted batches.
//
//   bodies -> committer -> log -> unfolded rows -> answers
//                                   |
//                                   +-- fold thread, now and then --> LMDB file
//   reader = unfolded rows above an LMDB snapshot
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// Opens or makes the store in `folder` (see data_folder.h). Reads run on the calling thread, each
// on a snapshot of its own; a read that lasts makes the file grow, since the pages it may need are
// not used again, and keeps the unfolded rows it began with in memory. Not across fork(2). A page
// of the file that the disk cannot read ends the process (SIGBUS).
absl::StatusOr<std::unique_ptr<Store>> OpenLmdbStore(const std::string& folder,
                                                     const StoreOptions& options);

}  // namespace radyab::storage
