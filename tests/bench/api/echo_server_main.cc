// The peer of the API bench: a gRPC server with the bounds of ours and its check of the key, which
// answers every call with the same bytes and does nothing else.
//   echo_server --key KEY --answer-bytes N
// Says where it listens like radyabd does. Ends at SIGTERM.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/synchronization/mutex.h"
#include "grpc/request_bytes.h"
#include "grpc/server_bounds.h"
#include "grpcpp/impl/rpc_service_method.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#if __has_include("grpcpp/impl/server_callback_handlers.h")  // its place since gRPC 1.55
#include "grpcpp/impl/server_callback_handlers.h"
#else
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#endif
#include "grpc/caller_check.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "tests/bench/api/coded_items.h"

namespace radyab::bench {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;
using Reactor = grpc::ServerBidiReactor<ByteBuffer, ByteBuffer>;

// What a call works with: who may call, and what he gets.
struct Echo {
  std::unordered_map<std::string, int> keys;
  std::string answer;

  bool Knows(const CallbackServerContext& context) const {
    const auto secret = rpc::SecretIn(context.client_metadata());
    return secret.ok() && keys.contains(*secret);
  }
};

const grpc::Status kRefused(grpc::StatusCode::UNAUTHENTICATED, "the key opens nothing");

// One answer a message, the next message read as soon as the answer is on its way.
class EchoStream final : public Reactor {
 public:
  EchoStream(const Echo& echo, const CallbackServerContext& context) : echo_(echo) {
    if (echo.Knows(context)) {
      StartRead(&message_);
    } else {
      Finish(kRefused);
    }
  }
  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    answer_ = rpc::ToByteBuffer(echo_.answer);
    StartWrite(&answer_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) StartRead(&message_);
  }
  void OnDone() override { delete this; }

 private:
  const Echo& echo_;
  ByteBuffer message_, answer_;
};

class EchoService final : public grpc::Service {
 public:
  explicit EchoService(const Echo& echo) {
    AddUnary("/radyab.v1.CodeService/Resolve", echo);
    AddUnary("/radyab.v1.CatalogService/CreateItem", echo);
    paths_.emplace_back("/radyab.v1.CodeService/ResolveStream");
    AddMethod(new RpcServiceMethod(paths_.back().c_str(), RpcMethod::BIDI_STREAMING, nullptr));
    MarkMethodRawCallback(count_++, new grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(
                                        [&echo](CallbackServerContext* context) -> Reactor* {
                                          return new EchoStream(echo, *context);
                                        }));
  }

 private:
  void AddUnary(const char* path, const Echo& echo) {
    paths_.emplace_back(path);
    AddMethod(new RpcServiceMethod(paths_.back().c_str(), RpcMethod::NORMAL_RPC, nullptr));
    MarkMethodRawCallback(
        count_++,
        new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
            [&echo](CallbackServerContext* context, const ByteBuffer*, ByteBuffer* answer) {
              auto* reactor = context->DefaultReactor();
              const bool known = echo.Knows(*context);
              if (known) *answer = rpc::ToByteBuffer(echo.answer);
              reactor->Finish(known ? grpc::Status::OK : kRefused);
              return reactor;
            }));
  }

  std::deque<std::string> paths_;
  int count_ = 0;
};

int Serve(const Echo& echo) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as radyabd does
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  EchoService service(echo);
  grpc::ServerBuilder builder;
  rpc::SetBounds(builder);
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) Fail("the empty server cannot listen");
  std::printf("echo_server: listening on 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ending, &signal);
  server->Shutdown();
  return 0;
}

}  // namespace
}  // namespace radyab::bench

int main(int argument_count, char** arguments) {
  radyab::bench::Echo echo;
  for (int i = 1; i + 1 < argument_count; i += 2) {
    const std::string_view word = arguments[i];
    if (word == "--key") echo.keys.emplace(arguments[i + 1], 1);
    if (word == "--answer-bytes")
      echo.answer.assign(std::strtoul(arguments[i + 1], nullptr, 10), 'e');
  }
  if (echo.keys.empty()) radyab::bench::Fail("echo_server wants --key and --answer-bytes");
  return radyab::bench::Serve(echo);
}
