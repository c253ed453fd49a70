#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/member_service.pb.h"
#include "registry/access/sealed_part.h"
#include "registry/catalog/member_registry.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::Member>> CreateMember(const WriteCall& call,
                                                 const v1::CreateMemberRequest& request) {
  return ChangedItself(
      catalog::CreateMember(call.transaction, call.environment, request.member(), call.fresh));
}

absl::StatusOr<v1::Member> GetMember(const ReadCall& call, const v1::GetMemberRequest& request) {
  auto member = catalog::ParseMemberName(request.name(), "name");
  if (!member.ok()) return member.status();
  return catalog::GetMember(call.transaction, *member);
}

absl::StatusOr<v1::ListMembersResponse> ListMembers(const ReadCall& call,
                                                    const v1::ListMembersRequest&) {
  auto page = catalog::ListMembers(call.transaction, call.page);
  if (!page.ok()) return page.status();
  v1::ListMembersResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_members(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Member>> UpdateMember(const WriteCall& call,
                                                 const v1::UpdateMemberRequest& request) {
  return ChangedItself(
      catalog::UpdateMember(call.transaction, call.environment, request.member(), call.fields));
}

}  // namespace

void AddMemberMethods(MethodTable& methods) {
  methods.Write(&CreateMember, access::kFreshKeyBytes);
  methods.Read(&GetMember);
  methods.Read(&ListMembers);
  methods.Update(&UpdateMember,
                 {"display_name", "display_name.fa", "display_name.en", "gs1_company_prefix"});
}

}  // namespace radyab::rpc
