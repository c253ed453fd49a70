// Opens a store by its address. The only place that knows which engines there are.
#pragma once

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// `url` is
//   lmdb:FOLDER   the embedded engine over a folder of this machine, made when it is missing
//   memory:       an empty store that ends with the process
// INVALID_ARGUMENT for anything else; FAILED_PRECONDITION when the folder is in use, of another
// format or schema, or on a network file system. The caller owns the store; its destructor commits
// what waits.
absl::StatusOr<std::unique_ptr<Store>> OpenStore(std::string_view url,
                                                 const StoreOptions& options = {});

}  // namespace radyab::storage
