// A call whose work lasts (a backup, a scrub): it runs on a thread of its own, and its answers are
// written as fast as the client takes them.
#pragma once

#include <chrono>
#include <cstddef>

#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace radyab::rpc {

// Bytes of answers that wait to be written; work that has more to say waits.
inline constexpr std::size_t kWaitingWorkBytesMax = std::size_t{2} << 20;
// A client that takes nothing for so long is given up: what its work holds (a snapshot) is in the
// way of others.
inline constexpr std::chrono::seconds kClientSilenceMax{60};

// `serving`, `method`: outlive the call. Does not block, a store read apart.
grpc::ServerWriteReactor<grpc::ByteBuffer>* StartWork(const Serving& serving, const Method& method,
                                                      grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer& request);

}  // namespace radyab::rpc
