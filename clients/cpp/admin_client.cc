#include "clients/cpp/admin_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/admin_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::AdminService::Stub;

struct AdminClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

AdminClient::AdminClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::CreateKeyResponse> AdminClient::CreateKey(const v1::CreateKeyRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateKey, request);
}

Answer<v1::RotateKeyResponse> AdminClient::RotateKey(const v1::RotateKeyRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::RotateKey, request);
}

Answer<v1::AuditFinding> AdminClient::VerifyAudit(const v1::VerifyAuditRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::VerifyAudit, request);
}

PageRange<v1::Key> AdminClient::ListKeys(const v1::ListKeysRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListKeys, request, &v1::ListKeysResponse::mutable_keys);
}

Answer<v1::Key> AdminClient::RevokeKey(const v1::RevokeKeyRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::RevokeKey, request);
}

PageRange<v1::AuditEntry> AdminClient::ListAudit(const v1::ListAuditRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListAudit, request,
               &v1::ListAuditResponse::mutable_entries);
}

}  // namespace radyab::client
