// What radyabd does instead of serving, to the folder of a stopped registry.
#pragma once

#include <optional>

#include "grpc/server_config.h"

namespace radyab::rpc {

// Restores or scrubs as the configuration asks, tells on standard output what came of it, and
// answers the exit code: 0, 1 when a scrub found damage, 2 when it could not be done. Nothing when
// the server is to serve.
std::optional<int> RunOffline(const ServerConfig& config);

}  // namespace radyab::rpc
