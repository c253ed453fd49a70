#include "clients/cpp/alias_conflict_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/alias_conflict_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::AliasConflictService::Stub;

struct AliasConflictClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

AliasConflictClient::AliasConflictClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::AliasConflict> AliasConflictClient::ClaimAlias(
    const v1::ClaimAliasRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::ClaimAlias, request);
}

PageRange<v1::AliasConflict> AliasConflictClient::ListAliasConflicts(
    const v1::ListAliasConflictsRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListAliasConflicts, request,
               &v1::ListAliasConflictsResponse::mutable_conflicts);
}

Answer<v1::AliasConflict> AliasConflictClient::SettleAliasConflict(
    const v1::SettleAliasConflictRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::SettleAliasConflict, request);
}

}  // namespace radyab::client
