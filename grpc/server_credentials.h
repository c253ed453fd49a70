// From the settings of TLS to what gRPC wants.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "grpc/server_settings.h"
#include "grpc/tls/tls_keeper.h"
#include "grpcpp/security/server_credentials.h"

namespace radyab::rpc {

// How a server is reached.
struct ServerTransport {
  std::shared_ptr<grpc::ServerCredentials> credentials;
  std::unique_ptr<TlsKeeper> tls;  // null without TLS; ends after the server
};

// Plain TCP without a certificate, on a loopback address or when `plaintext` says so; TLS 1.2 and
// above with one. FAILED_PRECONDITION naming the setting that is missing, or the file and what is
// wrong with it.
absl::StatusOr<ServerTransport> TransportOf(const ServerSettings& settings,
                                            std::function<std::int64_t()> now_us);

}  // namespace radyab::rpc
