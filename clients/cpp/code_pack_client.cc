#include "clients/cpp/code_pack_client.h"

#include <chrono>
#include <thread>
#include <utility>

#include "clients/cpp/read_stream.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/code_pack_service.grpc.pb.h"

namespace radyab::client {

struct CodePackClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  v1::CodePackService::Stub rpc;
};

CodePackClient::CodePackClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

std::optional<ClientError> CodePackClient::FetchCodePack(
    const v1::FetchCodePackRequest& request,
    const std::function<bool(const v1::FetchCodePackResponse&)>& take) const {
  constexpr std::chrono::milliseconds kWaitForOthers{200};
  const auto end = std::chrono::steady_clock::now() + connection_->options().deadline;
  for (;;) {
    bool began = false;
    grpc::ClientContext context;
    PrepareContext(*connection_, std::nullopt, context);
    const auto stream = stub_->rpc.FetchCodePack(&context, request);
    auto error = ReadAll<v1::FetchCodePackResponse>(context, *stream, [&](const auto& message) {
      began = true;
      return take(message);
    });
    const bool busy = error && !began && error->reason == "TOO_MANY_CALLS";
    if (!busy || std::chrono::steady_clock::now() + kWaitForOthers > end) return error;
    std::this_thread::sleep_for(kWaitForOthers);
  }
}

}  // namespace radyab::client
