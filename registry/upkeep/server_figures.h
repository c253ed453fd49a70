// What the store and the registry in it can tell of themselves.
#pragma once

#include "absl/status/statusor.h"
#include "radyab/v1/maintenance.pb.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {

// Names that wait for the search index are counted up to here.
inline constexpr std::size_t kSearchWaitingCountMax = 10'000;

// The figures of the store; those of the server are left empty.
absl::StatusOr<v1::ServerStats> StoreStats(storage::Store& store);

}  // namespace radyab::upkeep
