#include "clients/cpp/export_client.h"

#include <utility>

#include "clients/cpp/read_stream.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/export_service.grpc.pb.h"

namespace radyab::client {

struct ExportClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  v1::ExportService::Stub rpc;
};

ExportClient::ExportClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

std::optional<ClientError> ExportClient::ExportRows(
    const v1::ExportRowsRequest& request,
    const std::function<bool(const v1::ExportRowsResponse&)>& take) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  const auto stream = stub_->rpc.ExportRows(&context, request);
  return ReadAll(context, *stream, take);
}

}  // namespace radyab::client
