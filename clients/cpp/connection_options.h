// How to reach a server, and how patient to be.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace radyab::client {

// When a call that failed on the way (UNAVAILABLE, or CANCELLED by a server that goes down), or
// that the server asked to send again (RESOURCE_EXHAUSTED with a time to wait), is sent once more.
// Only reads and changes with a request_id are ever repeated; this library gives every change one.
struct RetryPolicy {
  // The first one counts; 1: never repeat; 0: as often as the deadline of the call allows.
  int attempts_max = 0;
  std::chrono::milliseconds backoff_first{100};  // before the second attempt; doubled each time
  std::chrono::milliseconds backoff_max{1'000};
};

// TLS to the server. Texts are PEM.
struct TlsOptions {
  bool enabled = false;
  std::string root_certificates = {};  // empty: those of the system
  std::string certificate = {};        // of the client, for mutual TLS; empty: none
  std::string private_key = {};        // its key; given exactly when `certificate` is
  std::string server_name =
      {};  // the name on the server's certificate, when it is not in `address`
};

struct ConnectionOptions {
  std::string address = "127.0.0.1:7400";  // HOST:PORT or a gRPC target ("unix:/run/radyab.sock")
  std::string key = {};                    // the API key; empty: calls of the role public only
  TlsOptions tls = {};
  // Longest time one call may take, all its attempts and waits together; for a stream the longest
  // time without a reply, its new openings and their waits included.
  std::chrono::milliseconds deadline{10'000};
  RetryPolicy retry = {};
  int answer_bytes_max = 16 << 20;  // 1 or more; a larger answer fails the call
  // Rows of an import sent and not yet answered. The source is not asked for more until verdicts
  // come.
  std::size_t rows_in_flight_max = 2'000;
};

}  // namespace radyab::client
