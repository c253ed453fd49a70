// What became of a call, for the log.
#pragma once

#include "grpc/method_table.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"

namespace radyab::rpc {

// Before the call is finished with `status`: a line for a refused or failed one at RefusalLevel, at
// debug for every other. Method, code, reason and peer; no message, which may hold what was sent.
void LogCall(const Method& method, const grpc::CallbackServerContext& context,
             const grpc::Status& status);

}  // namespace radyab::rpc
