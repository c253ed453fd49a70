#include "clients/cpp/party_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/party_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::PartyService::Stub;

struct PartyClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

PartyClient::PartyClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::Party> PartyClient::CreateParty(const v1::CreatePartyRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateParty, request);
}

Answer<v1::Party> PartyClient::GetParty(const v1::GetPartyRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetParty, request);
}

PageRange<v1::Party> PartyClient::ListParties(const v1::ListPartiesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListParties, request,
               &v1::ListPartiesResponse::mutable_parties);
}

Answer<v1::Party> PartyClient::UpdateParty(const v1::UpdatePartyRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UpdateParty, request);
}

}  // namespace radyab::client
