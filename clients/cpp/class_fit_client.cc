#include "clients/cpp/class_fit_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/class_fit_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::ClassFitService::Stub;

struct ClassFitClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

ClassFitClient::ClassFitClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

PageRange<v1::ClassMisfit> ClassFitClient::ListClassMisfits(
    const v1::ListClassMisfitsRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListClassMisfits, request,
               &v1::ListClassMisfitsResponse::mutable_misfits);
}

}  // namespace radyab::client
