// What every call of the server works with.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "grpc/live_streams.h"
#include "grpc/work_threads.h"
#include "registry/access/pack_signer.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::rpc {

// The largest message a client may send; above it a call is refused with MESSAGE_TOO_LARGE.
inline constexpr std::size_t kMessageBytesMax = std::size_t{4} << 20;
// Above it gRPC itself ends the call (RESOURCE_EXHAUSTED, no reason), before it is held in memory.
// Compressed messages are not taken at all: they would be inflated first.
inline constexpr std::size_t kReceiveBytesMax = 2 * kMessageBytesMax;

class ClientGate;

// As the project says it (CMakeLists.txt): "0.1.0".
extern const char kServerVersion[];

// Facts of the running server for those who watch it. Thread safe.
struct ServerFacts {
  std::string version = kServerVersion;
  std::int64_t start_time_us = 0;
  // Asks the process to end; the server is drained from another thread. Unset: it cannot be asked.
  std::function<void(std::chrono::seconds refuse)> ask_to_end;
};

// Lives as long as the server. Thread safe: its parts are, and its functions must be.
struct Serving {
  storage::Store& store;
  const Environment& environment;
  std::function<std::int64_t()> now_us;                  // UTC clock, microseconds
  std::function<std::string(std::size_t)> random_bytes;  // of the operating system
  std::shared_ptr<LiveStreams> streams = std::make_shared<LiveStreams>();
  std::shared_ptr<ClientGate> gate = nullptr;  // null: clients show no certificates
  std::shared_ptr<WorkThreads> work = std::make_shared<WorkThreads>();
  std::shared_ptr<ServerFacts> facts = std::make_shared<ServerFacts>();
  // A server without a folder signs with a key of its own life.
  std::shared_ptr<const access::PackSigner> pack_signer =
      std::make_shared<const access::PackSigner>(access::RandomKey());
};

}  // namespace radyab::rpc
