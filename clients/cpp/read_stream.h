// A stream of answers to one request, read to its end. Inside the client library.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <optional>

#include "clients/cpp/attempt.h"
#include "clients/cpp/client_error.h"

namespace radyab::client {

// Hands every message to `take`; false from it ends the stream. Never sent again: what was handed
// over is handed over. The error, or nothing when the stream came to its end or `take` ended it.
template <class Message>
std::optional<ClientError> ReadAll(grpc::ClientContext& context,
                                   grpc::ClientReader<Message>& stream,
                                   const std::function<bool(const Message&)>& take) {
  Message message;
  bool ended_here = false;
  while (!ended_here && stream.Read(&message)) {
    if (take(message)) continue;
    ended_here = true;
    context.TryCancel();
  }
  while (ended_here && stream.Read(&message)) {
  }
  const grpc::Status status = stream.Finish();
  if (status.ok() || ended_here) return std::nullopt;
  return ErrorOf(status);
}

}  // namespace radyab::client
