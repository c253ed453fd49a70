#include "clients/cpp/member_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/member_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::MemberService::Stub;

struct MemberClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

MemberClient::MemberClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::Member> MemberClient::CreateMember(const v1::CreateMemberRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateMember, request);
}

Answer<v1::Member> MemberClient::GetMember(const v1::GetMemberRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetMember, request);
}

PageRange<v1::Member> MemberClient::ListMembers(const v1::ListMembersRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListMembers, request,
               &v1::ListMembersResponse::mutable_members);
}

Answer<v1::Member> MemberClient::UpdateMember(const v1::UpdateMemberRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UpdateMember, request);
}

}  // namespace radyab::client
