// The reference engine: a sorted map in memory. Nothing survives it.
#pragma once

#include <memory>

#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// Simple rather than quick: a commit copies all rows when a reader holds the last snapshot.
std::unique_ptr<Store> OpenMemoryStore(const StoreOptions& options);

}  // namespace radyab::storage
