// The one way by which a request with one answer reaches its handler.
//
// Reads run on the calling thread, on one snapshot. Changes are queued; the answer leaves from the
// store's thread once the change is durable, made of the bytes that a retry with the same
// request_id would get.
#pragma once

#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace radyab::rpc {

// `serving`, `method`: outlive the call. Does not block, a store read apart.
grpc::ServerUnaryReactor* StartUnary(const Serving& serving, const Method& method,
                                     grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* answer);

}  // namespace radyab::rpc
