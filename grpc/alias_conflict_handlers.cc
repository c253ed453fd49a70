#include <utility>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/alias_conflict_service.pb.h"
#include "registry/catalog/alias_conflicts.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::AliasConflict>> ChangedConflict(
    absl::StatusOr<v1::AliasConflict> conflict) {
  if (!conflict.ok()) return conflict.status();
  Changed<v1::AliasConflict> changed{{}, conflict->claimant_code(), conflict->holder_code()};
  changed.response = *std::move(conflict);
  return changed;
}

absl::StatusOr<Changed<v1::AliasConflict>> ClaimAlias(const WriteCall& call,
                                                      const v1::ClaimAliasRequest& request) {
  return ChangedConflict(catalog::ClaimAlias(call.transaction, call.environment, call.caller,
                                             {request.code(), request.alias(), request.reason()}));
}

absl::StatusOr<v1::ListAliasConflictsResponse> ListAliasConflicts(
    const ReadCall& call, const v1::ListAliasConflictsRequest& request) {
  auto page = catalog::ListAliasConflicts(call.transaction, call.caller,
                                          {request.member(), request.verdict()}, call.page);
  if (!page.ok()) return page.status();
  v1::ListAliasConflictsResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_conflicts(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::AliasConflict>> SettleAliasConflict(
    const WriteCall& call, const v1::SettleAliasConflictRequest& request) {
  return ChangedConflict(catalog::SettleAliasConflict(
      call.transaction, call.environment, call.caller,
      {request.code(), request.alias(), request.reason()}, request.verdict()));
}

}  // namespace

void AddAliasConflictMethods(MethodTable& methods) {
  methods.Write(&ClaimAlias);
  methods.Read(&ListAliasConflicts);
  methods.Write(&SettleAliasConflict);
}

}  // namespace radyab::rpc
