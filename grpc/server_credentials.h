// From the settings of TLS to what gRPC wants.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "grpc/server_settings.h"
#include "grpcpp/security/server_credentials.h"

namespace radyab::rpc {

// Plain TCP without a certificate, on a loopback address or when `plaintext` says so; TLS 1.2 and
// above with one. FAILED_PRECONDITION naming the file that cannot be read, that is empty or, for
// the key, that others may read, or the setting that is missing.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsOf(
    const ServerSettings& settings);

}  // namespace radyab::rpc
