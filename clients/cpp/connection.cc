#include "clients/cpp/connection.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <utility>

namespace radyab::client {
namespace {

// How soon a lost connection is tried again, in milliseconds; gRPC's own figures suit servers far
// away.
constexpr int kReconnectFirstMs = 100;
constexpr int kReconnectMaxMs = 2'000;

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

std::optional<ClientError> WhyWrong(const ConnectionOptions& options) {
  using std::chrono::milliseconds;
  if (!CanStandInHeader(options.key)) {
    return Wrong("the API key has characters that no key has (spaces, line breaks, non-ASCII)");
  }
  if (options.tls.certificate.empty() != options.tls.private_key.empty()) {
    return Wrong("a client certificate and its private key are given together or not at all");
  }
  if (options.deadline < milliseconds(1)) return Wrong("the deadline is below 1 ms");
  if (options.retry.attempts_max < 1) return Wrong("attempts_max is below 1");
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
  if (options.address.empty()) return Wrong("the server's address is empty, want HOST:PORT");
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
