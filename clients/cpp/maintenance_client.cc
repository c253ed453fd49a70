#include "clients/cpp/maintenance_client.h"

#include <utility>

#include "clients/cpp/read_stream.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/maintenance_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::MaintenanceService::Stub;

struct MaintenanceClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

MaintenanceClient::MaintenanceClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

std::optional<ClientError> MaintenanceClient::Backup(const v1::BackupRequest& request,
                                                     const Take<v1::BackupResponse>& take) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  const auto stream = stub_->rpc.Backup(&context, request);
  return ReadAll(context, *stream, take);
}

std::optional<ClientError> MaintenanceClient::Scrub(const v1::ScrubRequest& request,
                                                    const Take<v1::ScrubResponse>& take) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  const auto stream = stub_->rpc.Scrub(&context, request);
  return ReadAll(context, *stream, take);
}

Answer<v1::ServerStats> MaintenanceClient::GetStats(const v1::GetStatsRequest& request) const {
  if (!request.count_rows()) return Read(*connection_, stub_->rpc, &Rpc::GetStats, request);
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  v1::ServerStats stats;
  if (const auto status = stub_->rpc.GetStats(&context, request, &stats); !status.ok()) {
    return ErrorOf(status);
  }
  return stats;
}

Answer<v1::DrainResponse> MaintenanceClient::Drain(const v1::DrainRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::Drain, request);
}

}  // namespace radyab::client
