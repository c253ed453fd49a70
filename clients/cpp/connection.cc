#include "clients/cpp/connection.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace radyab::client {
namespace {

// How soon a lost connection is tried again, in milliseconds; gRPC's own figures suit servers far
// away.
constexpr int kReconnectFirstMs = 100;
constexpr int kReconnectMaxMs = 2'000;

constexpr int kPortMax = 65'535;
constexpr std::string_view kPemCertificate = "CERTIFICATE-----";
constexpr std::string_view kPemPrivateKey = "PRIVATE KEY-----";

ClientError Wrong(std::string message) {
  return ClientError{
      .code = ErrorCode::kInvalidArgument, .message = std::move(message), .attempts = 0};
}

// gRPC ends the process on header values that it may not send, so they never reach it.
bool CanStandInHeader(const std::string& key) {
  return std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
}

std::shared_ptr<grpc::ChannelCredentials> Credentials(const TlsOptions& tls) {
  if (!tls.enabled) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = tls.root_certificates;
  options.pem_cert_chain = tls.certificate;
  options.pem_private_key = tls.private_key;
  return grpc::SslCredentials(options);
}

std::shared_ptr<grpc::Channel> MakeChannel(const ConnectionOptions& options) {
  grpc::ChannelArguments arguments;
  // Repeating is decided in attempt.cc alone.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectFirstMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  arguments.SetMaxReceiveMessageSize(options.answer_bytes_max);
  if (!options.tls.server_name.empty()) {
    arguments.SetSslTargetNameOverride(options.tls.server_name);
  }
  return grpc::CreateCustomChannel(options.address, Credentials(options.tls), arguments);
}

bool IsHostAndPort(std::string_view address) {
  const std::size_t colon = address.find_last_of(':');
  if (colon == std::string_view::npos) return false;
  std::string_view host = address.substr(0, colon);
  const std::string_view port = address.substr(colon + 1);
  int number = 0;
  const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (fault != std::errc() || end != port.data() + port.size()) return false;
  if (number < 1 || number > kPortMax) return false;
  const bool in_brackets = host.starts_with('[') && host.ends_with(']');
  if (in_brackets) host = host.substr(1, host.size() - 2);
  return !host.empty() && host.find_first_of(in_brackets ? "/[] " : ":/[] ") == host.npos;
}

// HOST:PORT, or a name that gRPC resolves in a way of its own
// (github.com/grpc/grpc/blob/v1.51.x/doc/naming.md).
bool IsAddress(std::string_view address) {
  for (const std::string_view scheme : {"dns:", "unix:", "unix-abstract:", "ipv4:", "ipv6:"}) {
    if (address.starts_with(scheme) && address.size() > scheme.size()) return true;
  }
  return IsHostAndPort(address);
}

// gRPC would only say that nobody can be reached.
bool IsPem(const std::string& text, std::string_view what) {
  return text.empty() || (text.find("-----BEGIN ") != text.npos && text.find(what) != text.npos);
}

std::optional<ClientError> WhyWrong(const ConnectionOptions& options) {
  using std::chrono::milliseconds;
  if (!CanStandInHeader(options.key)) {
    return Wrong("the API key has characters that no key has (spaces, line breaks, non-ASCII)");
  }
  if (!IsPem(options.tls.root_certificates, kPemCertificate)) {
    return Wrong("the trusted roots are no PEM certificates");
  }
  if (!IsPem(options.tls.certificate, kPemCertificate)) {
    return Wrong("the client certificate is no PEM certificate");
  }
  if (!IsPem(options.tls.private_key, kPemPrivateKey)) {
    return Wrong("the private key of the client certificate is no PEM key");
  }
  if (options.tls.certificate.empty() != options.tls.private_key.empty()) {
    return Wrong("a client certificate and its private key are given together or not at all");
  }
  if (options.deadline < milliseconds(1)) return Wrong("the deadline is below 1 ms");
  if (options.retry.attempts_max < 0) return Wrong("attempts_max is below 0");
  if (options.answer_bytes_max < 1) return Wrong("answer_bytes_max is below 1");
  if (options.retry.backoff_first < milliseconds(0) ||
      options.retry.backoff_max < options.retry.backoff_first) {
    return Wrong("backoff_max is below backoff_first, or one of them below 0");
  }
  if (options.rows_in_flight_max < 1) return Wrong("rows_in_flight_max is below 1");
  return std::nullopt;
}

}  // namespace

Connection::Connection(std::shared_ptr<grpc::Channel> channel, ConnectionOptions options)
    : channel_(std::move(channel)), options_(std::move(options)) {}

Answer<std::shared_ptr<const Connection>> Connection::Open(ConnectionOptions options) {
  if (!IsAddress(options.address)) {
    return Wrong("the server's address \"" + options.address +
                 "\": want HOST:PORT, for example 127.0.0.1:7400");
  }
  if (auto wrong = WhyWrong(options)) return *wrong;
  auto channel = MakeChannel(options);
  return Over(std::move(channel), std::move(options));
}

Answer<std::shared_ptr<const Connection>> Connection::Over(std::shared_ptr<grpc::Channel> channel,
                                                           ConnectionOptions options) {
  if (auto wrong = WhyWrong(options)) return *wrong;
  return std::shared_ptr<const Connection>(new Connection(std::move(channel), std::move(options)));
}

}  // namespace radyab::client
