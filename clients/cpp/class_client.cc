#include "clients/cpp/class_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/class_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::ClassService::Stub;

struct ClassClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

ClassClient::ClassClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::Class> ClassClient::CreateClass(const v1::CreateClassRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateClass, request);
}

Answer<v1::Class> ClassClient::GetClass(const v1::GetClassRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetClass, request);
}

PageRange<v1::Class> ClassClient::ListClasses(const v1::ListClassesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListClasses, request,
               &v1::ListClassesResponse::mutable_classes);
}

Answer<v1::Class> ClassClient::UpdateClass(const v1::UpdateClassRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UpdateClass, request);
}

}  // namespace radyab::client
