#include "grpc/server_credentials.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace radyab::rpc {
namespace {

absl::StatusOr<std::string> ReadPem(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || text.str().find("-----BEGIN") == std::string::npos) {
    return absl::FailedPreconditionError(path + ": cannot be read, or is no PEM file");
  }
  return text.str();
}

// The key of the certificate, as our own secrets: whoever reads it can be this server.
absl::StatusOr<std::string> ReadPrivatePem(const std::string& path) {
  using std::filesystem::perms;
  std::error_code missing;
  const perms mode = std::filesystem::status(path, missing).permissions();
  if (!missing && (mode & (perms::group_all | perms::others_all)) != perms::none) {
    return absl::FailedPreconditionError(path + ": others may read it; want mode 0600");
  }
  return ReadPem(path);
}

// Whether what is sent to `listen` (HOST:PORT) never leaves the machine.
bool IsLoopback(const std::string& listen) {
  const std::string host = listen.substr(0, listen.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.starts_with("127.") ||
         host.starts_with("unix");
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsOf(
    const ServerSettings& settings) {
  if (settings.tls_cert.empty() != settings.tls_key.empty()) {
    return absl::FailedPreconditionError("TLS wants both tls-cert and tls-key");
  }
  if (settings.tls_cert.empty()) {
    if (!settings.tls_client_ca.empty()) {
      return absl::FailedPreconditionError("tls-client-ca wants tls-cert and tls-key beside it");
    }
    if (!settings.plaintext && !IsLoopback(settings.listen)) {
      return absl::FailedPreconditionError(
          "listen = " + settings.listen +
          " is reached from other machines: give tls-cert and tls-key, or say plaintext where a "
          "proxy does the TLS");
    }
    return grpc::InsecureServerCredentials();
  }
  auto certificate = ReadPem(settings.tls_cert);
  if (!certificate.ok()) return certificate.status();
  auto key = ReadPrivatePem(settings.tls_key);
  if (!key.ok()) return key.status();
  grpc::SslServerCredentialsOptions options(
      settings.tls_client_ca.empty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                     : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({*key, *certificate});
  if (!settings.tls_client_ca.empty()) {
    auto authority = ReadPem(settings.tls_client_ca);
    if (!authority.ok()) return authority.status();
    options.pem_root_certs = *authority;
  }
  return grpc::SslServerCredentials(options);
}

}  // namespace radyab::rpc
