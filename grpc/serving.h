// What every call of the server works with.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "grpc/live_streams.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::rpc {

// The largest message a client may send; above it a call is refused with MESSAGE_TOO_LARGE.
inline constexpr std::size_t kMessageBytesMax = std::size_t{4} << 20;
// Above it gRPC itself ends the call (RESOURCE_EXHAUSTED, no reason), before it is held in memory.
// Compressed messages are not taken at all: they would be inflated first.
inline constexpr std::size_t kReceiveBytesMax = 2 * kMessageBytesMax;

// Lives as long as the server. Thread safe: its parts are, and its functions must be.
struct Serving {
  storage::Store& store;
  const Environment& environment;
  std::function<std::int64_t()> now_us;                  // UTC clock, microseconds
  std::function<std::string(std::size_t)> random_bytes;  // of the operating system
  std::shared_ptr<LiveStreams> streams = std::make_shared<LiveStreams>();
};

}  // namespace radyab::rpc
