// A bidirectional stream that answers each message by itself, in order (ResolveStream).
#pragma once

#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace radyab::rpc {

// Answers waiting to be written; the next message is read when there are fewer, and fewer bytes of
// them than one answer may have.
inline constexpr std::size_t kWaitingAnswersMax = 64;

// `serving`, `method`: outlive the call.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartAnswerStream(
    const Serving& serving, const Method& method, grpc::CallbackServerContext* context);

}  // namespace radyab::rpc
