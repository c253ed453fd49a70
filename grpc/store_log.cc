#include "grpc/store_log.h"

#include <cstdint>

#include "grpc/event_log.h"

namespace radyab::rpc {

void LogSlowFold(const storage::SlowFold& fold) {
  LogEvent(spdlog::level::warn, "slow_fold",
           {{"ms", std::int64_t{fold.took.count()}},
            {"rows", static_cast<std::int64_t>(fold.row_count)}});
}

}  // namespace radyab::rpc
