// The embedded engine: LMDB 0.9.24 in one folder, written by one thread.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// Opens or makes the store in `folder` (see data_folder.h). Reads run on the calling thread, each
// on a snapshot of its own; a read that lasts makes the file grow, since the pages it may need are
// not used again. Not across fork(2). A page of the file that the disk cannot read ends the process
// (SIGBUS).
absl::StatusOr<std::unique_ptr<Store>> OpenLmdbStore(const std::string& folder,
                                                     const StoreOptions& options);

}  // namespace radyab::storage
