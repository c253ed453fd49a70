// What a server is told when it starts.
#pragma once

#include <chrono>
#include <string>

#include "grpc/write_heartbeat.h"

namespace radyab::rpc {

// Bounds that keep one client from taking the whole server. Units last in the names.
inline constexpr int kConcurrentStreamsMax = 100;  // on one connection
inline constexpr int kHandshakeTimeoutMs = 10'000;
inline constexpr int kKeepaliveTimeMs = 60'000;     // a ping after so long a silence
inline constexpr int kKeepaliveTimeoutMs = 20'000;  // and so long to answer it
inline constexpr int kPingIntervalMinMs = 10'000;   // clients may not ping more often
inline constexpr int kConnectionIdleMaxMs = 30 * 60'000;
inline constexpr int kConnectionAgeMaxMs = 24 * 3'600'000;
inline constexpr int kConnectionAgeGraceMs = 60'000;  // for calls in flight when the age is reached
inline constexpr int kMetadataBytesMax = 16 * 1024;
inline constexpr std::size_t kServerMemoryBytesMax = std::size_t{512} << 20;  // of gRPC's buffers
inline constexpr int kWaitingThreadsMax = 16;  // of the one service that waits: reflection
inline constexpr std::chrono::milliseconds kDrainTimeMax{10'000};

// A plain value.
struct ServerSettings {
  std::string listen = "127.0.0.1:7400";  // host:port; port 0: any free one
  // Without TLS other machines are served only when this is set: keys and names would cross the
  // network in the clear.
  bool plaintext = false;
  // TLS when a certificate is named: files in PEM form, the key readable by its owner alone. With
  // `tls_client_ca` clients must show a certificate of it, or may when that is optional;
  // `tls_deny_list` names those that are not taken any more (tls/deny_list.h).
  std::string tls_cert = {};
  std::string tls_key = {};
  std::string tls_client_ca = {};
  std::string tls_deny_list = {};
  bool tls_client_optional = false;
  // How the health service finds out that changes get durable; without an interval it says SERVING
  // from the start to the drain.
  HeartbeatTimes heartbeat = {std::chrono::milliseconds(0)};
};

}  // namespace radyab::rpc
