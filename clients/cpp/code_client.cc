#include "clients/cpp/code_client.h"

#include <utility>

#include "clients/cpp/row_sending.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/code_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::CodeService::Stub;

struct CodeClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

CodeClient::CodeClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::Resolution> CodeClient::Resolve(const v1::ResolveRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::Resolve, request);
}

Answer<v1::BatchResolveResponse> CodeClient::BatchResolve(
    const v1::BatchResolveRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::BatchResolve, request);
}

Answer<std::int64_t> CodeClient::ResolveStream(
    std::function<std::optional<v1::ResolveRequest>()> next,
    std::function<void(const v1::Resolution&)> on_resolution,
    std::function<bool()> may_wait) const {
  std::int64_t count = 0;
  RowSending<v1::ResolveRequest, v1::Resolution> sending(
      *connection_,
      [this](grpc::ClientContext* context, auto* reactor) {
        stub_->rpc.async()->ResolveStream(context, reactor);
      },
      std::move(next),
      [&](std::int64_t number, v1::Resolution& resolution) {
        count = number;
        on_resolution(resolution);
      },
      std::move(may_wait));
  if (auto error = sending.Run()) return *std::move(error);
  return count;
}

}  // namespace radyab::client
