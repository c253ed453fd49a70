// Sending a call, and sending it again where that is safe. Internal to the library: it sees gRPC.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <optional>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"

namespace radyab::client {

// What a status of the server or of gRPC says, with reason and fields out of
// grpc-status-details-bin. `status` is not OK.
ClientError ErrorOf(const grpc::Status& status);

// How long to wait before attempt number `attempt` + 1 after `error` (1: the first attempt failed);
// nothing when the call must not be sent again. Between half and all of the doubled backoff, and
// never less than the server asked for.
std::optional<std::chrono::milliseconds> WaitBeforeRepeat(const RetryPolicy& policy,
                                                          const ClientError& error, int attempt);

// Puts key and deadline into the context of one attempt. `deadline` empty: none (streams).
void PrepareContext(const Connection& connection,
                    std::optional<std::chrono::system_clock::time_point> deadline,
                    grpc::ClientContext& context);

// Sends one attempt of a call with the context given to it.
using Attempt = std::function<grpc::Status(grpc::ClientContext&)>;

// Sends a call that may be sent again, as often as the policy and the deadline of the connection
// allow. Nothing when it succeeded.
std::optional<ClientError> SendCall(const Connection& connection, const Attempt& attempt);

}  // namespace radyab::client
