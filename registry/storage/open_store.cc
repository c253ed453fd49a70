#include "registry/storage/open_store.h"

#include <string>
#include <utility>

#include "registry/reason.h"
#include "registry/storage/lmdb_store.h"
#include "registry/storage/memory_store.h"

namespace radyab::storage {

absl::StatusOr<std::unique_ptr<Store>> OpenStore(std::string_view url,
                                                 const StoreOptions& options) {
  constexpr std::string_view kLmdb = "lmdb:";
  if (url.starts_with(kLmdb)) {
    return OpenLmdbStore(std::string(url.substr(kLmdb.size())), options);
  }
  if (url == "memory:") return OpenMemoryStore(options);
  return RefuseField("store",
                     "store \"" + std::string(url) + "\" is unknown, want lmdb:FOLDER or memory:");
}

}  // namespace radyab::storage
