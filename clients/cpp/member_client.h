// Members and their blocks: radyab.v1.MemberService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/member_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/member_service.proto. Any thread.
class MemberClient {
 public:
  explicit MemberClient(std::shared_ptr<const Connection> connection);

  Answer<v1::Member> CreateMember(const v1::CreateMemberRequest& request) const;
  Answer<v1::Member> GetMember(const v1::GetMemberRequest& request) const;
  PageRange<v1::Member> ListMembers(const v1::ListMembersRequest& request) const;
  Answer<v1::Member> UpdateMember(const v1::UpdateMemberRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
