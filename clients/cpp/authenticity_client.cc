#include "clients/cpp/authenticity_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/authenticity_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::AuthenticityService::Stub;

struct AuthenticityClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

AuthenticityClient::AuthenticityClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::RegisterAuthenticityNumbersResponse> AuthenticityClient::RegisterAuthenticityNumbers(
    const v1::RegisterAuthenticityNumbersRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::RegisterAuthenticityNumbers, request);
}

Answer<v1::AuthenticityAnswer> AuthenticityClient::AskAuthenticity(
    const v1::AskAuthenticityRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::AskAuthenticity, request);
}

Answer<v1::AuthenticityNumber> AuthenticityClient::GetAuthenticityNumber(
    const v1::GetAuthenticityNumberRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetAuthenticityNumber, request);
}

PageRange<v1::AuthenticityNumber> AuthenticityClient::ListNumbersAskedAgain(
    const v1::ListNumbersAskedAgainRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListNumbersAskedAgain, request,
               &v1::ListNumbersAskedAgainResponse::mutable_numbers);
}

}  // namespace radyab::client
