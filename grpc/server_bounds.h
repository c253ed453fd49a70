// The bounds of the server as gRPC is told them.
#pragma once

#include "grpcpp/server_builder.h"

namespace radyab::rpc {

// Message sizes, connections, idle times, memory and waiting threads: see server_settings.h. For
// every server that is to behave like ours.
void SetBounds(grpc::ServerBuilder& builder);

}  // namespace radyab::rpc
