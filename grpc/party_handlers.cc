#include <vector>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/party_service.pb.h"
#include "registry/access/sealed_part.h"
#include "registry/parties/party_registry.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::Party>> CreateParty(const WriteCall& call,
                                               const v1::CreatePartyRequest& request) {
  const std::vector<v1::Alias> aliases(request.aliases().begin(), request.aliases().end());
  return ChangedItself(parties::CreateParty(call.transaction, call.environment, call.caller,
                                            request.party(), aliases, call.fresh));
}

absl::StatusOr<v1::Party> GetParty(const ReadCall& call, const v1::GetPartyRequest& request) {
  return parties::GetParty(call.transaction, call.environment, call.caller, request.name());
}

absl::StatusOr<v1::ListPartiesResponse> ListParties(const ReadCall& call,
                                                    const v1::ListPartiesRequest& request) {
  auto page = parties::ListParties(call.transaction, call.environment, call.caller,
                                   {request.member(), request.name_prefix()}, call.page);
  if (!page.ok()) return page.status();
  v1::ListPartiesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_parties(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Party>> UpdateParty(const WriteCall& call,
                                               const v1::UpdatePartyRequest& request) {
  return ChangedItself(parties::UpdateParty(call.transaction, call.environment, call.caller,
                                            request.party(), call.fields));
}

}  // namespace

void AddPartyMethods(MethodTable& methods) {
  methods.Write(&CreateParty, access::kFreshKeyBytes);
  methods.Read(&GetParty);
  methods.Read(&ListParties);
  methods.Update(&UpdateParty, parties::ChangeableFields());
}

}  // namespace radyab::rpc
