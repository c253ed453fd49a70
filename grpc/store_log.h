// What the store tells of itself, as lines of the log.
#pragma once

#include "registry/storage/store_options.h"

namespace radyab::rpc {

// The warning `slow_fold`. May run on any thread.
void LogSlowFold(const storage::SlowFold& fold);

}  // namespace radyab::rpc
