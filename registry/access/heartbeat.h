// A small change that shows that changes get durable.
#pragma once

#include "absl/status/status.h"
#include "registry/storage/store.h"

namespace radyab::access {

// Writes its own record time over that of the heartbeat before. No call of a client, so no audit
// row. Refuses what the store refuses: STORE_FULL when an ordinary change has no room.
absl::Status WriteHeartbeat(storage::WriteTransaction& transaction);

}  // namespace radyab::access
