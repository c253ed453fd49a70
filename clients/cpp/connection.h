// The way to one server, shared by all clients of it.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection_options.h"
#include "clients/cpp/throttle.h"

namespace grpc {
class Channel;
}

namespace radyab::client {

// A channel with its key, deadline and retry policy. It connects at the first call, and again by
// itself after the server was away. Any thread.
class Connection {
 public:
  // Refuses (INVALID_ARGUMENT) an address that is no HOST:PORT and no gRPC target, a key that
  // cannot stand in a header, texts that are no PEM, half a client certificate, and limits below
  // one. Does not connect yet.
  static Answer<std::shared_ptr<const Connection>> Open(ConnectionOptions options);

  // The same over a channel that is there already (an in-process server); address and TLS are not
  // used.
  static Answer<std::shared_ptr<const Connection>> Over(std::shared_ptr<grpc::Channel> channel,
                                                        ConnectionOptions options);

  const ConnectionOptions& options() const { return options_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // Shared by all calls to this server.
  Throttle& throttle() const { return *throttle_; }

 private:
  Connection(std::shared_ptr<grpc::Channel> channel, ConnectionOptions options);

  std::shared_ptr<grpc::Channel> channel_;
  ConnectionOptions options_;
  std::unique_ptr<Throttle> throttle_ = std::make_unique<Throttle>();
};

}  // namespace radyab::client
