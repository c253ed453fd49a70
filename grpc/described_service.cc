#include "grpc/described_service.h"

#include "grpc/answer_stream.h"
#include "grpc/import_stream.h"
#include "grpc/unary_call.h"
#include "grpc/work_stream.h"
#include "grpcpp/impl/rpc_service_method.h"
#if __has_include("grpcpp/impl/server_callback_handlers.h")  // its place since gRPC 1.55
#include "grpcpp/impl/server_callback_handlers.h"
#else
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#endif
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace radyab::rpc {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::internal::MethodHandler;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

MethodHandler* UnaryHandler(const Serving& serving, const Method& method) {
  return new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
      [&serving, &method](CallbackServerContext* context, const ByteBuffer* request,
                          ByteBuffer* answer) {
        return StartUnary(serving, method, context, request, answer);
      });
}

MethodHandler* StreamHandler(const Serving& serving, const Method& method) {
  return new grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(
      [&serving, &method](CallbackServerContext* context) {
        return method.row ? StartImport(serving, method, context)
                          : StartAnswerStream(serving, method, context);
      });
}

// A method of one answer is a stream of one on the wire.
MethodHandler* LongHandler(const Serving& serving, const Method& method) {
  return new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
      [&serving, &method](CallbackServerContext* context, const ByteBuffer* request) {
        return StartWork(serving, method, context, *request);
      });
}

MethodHandler* HandlerOf(const Serving& serving, const Method& method) {
  if (method.work) return LongHandler(serving, method);
  return method.descriptor->client_streaming() ? StreamHandler(serving, method)
                                               : UnaryHandler(serving, method);
}

RpcMethod::RpcType TypeOf(const Method& method) {
  if (method.work) return RpcMethod::SERVER_STREAMING;
  return method.descriptor->client_streaming() ? RpcMethod::BIDI_STREAMING : RpcMethod::NORMAL_RPC;
}

}  // namespace

DescribedService::DescribedService(const google::protobuf::ServiceDescriptor& service,
                                   const Serving& serving, const MethodTable& methods) {
  for (int index = 0; index < service.method_count(); ++index) {
    const google::protobuf::MethodDescriptor& described = *service.method(index);
    const Method& method = methods.Of(described);
    paths_.push_back("/" + service.full_name() + "/" + described.name());
    AddMethod(new RpcServiceMethod(paths_.back().c_str(), TypeOf(method), nullptr));
    MarkMethodRawCallback(index, HandlerOf(serving, method));
  }
}

}  // namespace radyab::rpc
