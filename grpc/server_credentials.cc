#include "grpc/server_credentials.h"

#include <string>
#include <utility>

namespace radyab::rpc {
namespace {

// Whether what is sent to `listen` (HOST:PORT) never leaves the machine.
bool IsLoopback(const std::string& listen) {
  const std::string host = listen.substr(0, listen.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.starts_with("127.") ||
         host.starts_with("unix");
}

absl::Status CheckTogether(const ServerSettings& settings) {
  if (settings.tls_cert.empty() != settings.tls_key.empty()) {
    return absl::FailedPreconditionError("TLS wants both tls-cert and tls-key");
  }
  if (settings.tls_cert.empty() && !settings.tls_client_ca.empty()) {
    return absl::FailedPreconditionError("tls-client-ca wants tls-cert and tls-key beside it");
  }
  const bool clients = !settings.tls_deny_list.empty() || settings.tls_client_optional;
  if (settings.tls_client_ca.empty() && clients) {
    return absl::FailedPreconditionError(
        "tls-deny-list and tls-client-optional want tls-client-ca beside them");
  }
  if (settings.tls_cert.empty() && !settings.plaintext && !IsLoopback(settings.listen)) {
    return absl::FailedPreconditionError(
        "listen = " + settings.listen +
        " is reached from other machines: give tls-cert and tls-key, or say plaintext where a "
        "proxy does the TLS");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ServerTransport> TransportOf(const ServerSettings& settings,
                                            std::function<std::int64_t()> now_us) {
  if (auto status = CheckTogether(settings); !status.ok()) return status;
  if (settings.tls_cert.empty()) {
    return ServerTransport{grpc::InsecureServerCredentials(), nullptr};
  }
  auto keeper = TlsKeeper::Start(settings, std::move(now_us));
  if (!keeper.ok()) return keeper.status();
  auto credentials = (*keeper)->credentials();
  return ServerTransport{std::move(credentials), *std::move(keeper)};
}

}  // namespace radyab::rpc
