// A bidirectional stream of rows (ImportItems, ImportEvents): rows are committed in groups, every
// row gets its verdict, in order, after its group is durable.
//
// While one group commits the next rows are read. A client that does not read its verdicts is not
// read from either, and nothing more of its rows is committed: a stream never holds more than two
// groups of rows and kWaitingVerdictsMax verdicts.
#pragma once

#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace radyab::rpc {

inline constexpr std::size_t kGroupRowsMax = 1000;
inline constexpr std::size_t kGroupBytesMax = kMessageBytesMax;
inline constexpr std::size_t kWaitingVerdictsMax = 2 * kGroupRowsMax;

// `serving`, `method`: outlive the call. Rows already committed stay when the client goes away; the
// others leave no trace.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartImport(
    const Serving& serving, const Method& method, grpc::CallbackServerContext* context);

}  // namespace radyab::rpc
