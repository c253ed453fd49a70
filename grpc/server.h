// The gRPC server: the services of radyab.v1, grpc.health.v1 and reflection on one port.
#pragma once

#include <chrono>
#include <memory>

#include "absl/status/statusor.h"
#include "grpc/method_table.h"
#include "grpc/server_settings.h"
#include "grpc/serving.h"

namespace radyab::rpc {

// Started is running. Thread safe.
class Server {
 public:
  // `serving.store` and `serving.environment` outlive the server. FAILED_PRECONDITION in plain
  // words: a method without an access rule or handler, a port in use, an address or certificate
  // that cannot be used.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerSettings& settings,
                                                       Serving serving);
  virtual ~Server() = default;

  // The port that was bound.
  virtual int port() const = 0;
  // Reads the files of TLS again now, whether or not they look as before; without TLS nothing.
  virtual void ReloadTls() = 0;
  // Says NOT_SERVING and refuses new calls with STORE_CLOSED; open streams end as below. The port
  // stays open.
  virtual void RefuseCalls() = 0;
  // Says NOT_SERVING, takes no new call and waits for those in flight; open streams answer what
  // they have read and end with STORE_CLOSED. What is left after `time_max` is cancelled. Returns
  // when no call is left. A second call does nothing.
  virtual void Drain(std::chrono::milliseconds time_max) = 0;
};

// Serving over the machine's clock and randomness.
Serving SystemServing(storage::Store& store, const Environment& environment);

}  // namespace radyab::rpc
