#include "grpc/described_service.h"

#include "grpc/answer_stream.h"
#include "grpc/import_stream.h"
#include "grpc/unary_call.h"
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

}  // namespace

DescribedService::DescribedService(const google::protobuf::ServiceDescriptor& service,
                                   const Serving& serving, const MethodTable& methods) {
  for (int index = 0; index < service.method_count(); ++index) {
    const google::protobuf::MethodDescriptor& described = *service.method(index);
    const Method& method = methods.Of(described);
    const bool stream = described.client_streaming();
    paths_.push_back("/" + service.full_name() + "/" + described.name());
    AddMethod(new RpcServiceMethod(paths_.back().c_str(),
                                   stream ? RpcMethod::BIDI_STREAMING : RpcMethod::NORMAL_RPC,
                                   nullptr));
    MarkMethodRawCallback(index,
                          stream ? StreamHandler(serving, method) : UnaryHandler(serving, method));
  }
}

}  // namespace radyab::rpc
