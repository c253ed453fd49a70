#include <utility>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "grpc/readable_kinds.h"
#include "radyab/v1/search_service.pb.h"
#include "registry/search/search.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<v1::SearchResponse> Search(const ReadCall& call, const v1::SearchRequest& request) {
  search::Wanted wanted{request.query(), {}, request.member()};
  for (const int kind : request.kinds()) {
    wanted.kinds.push_back(static_cast<v1::SearchKind>(kind));
  }
  auto found = search::Search(call.transaction, call.environment, call.caller,
                              ReadableBy(call.caller.role).parties, wanted, call.page);
  if (!found.ok()) return found.status();
  v1::SearchResponse answer;
  answer.set_incomplete(found->incomplete);
  FillPage(call, std::move(found->page), *answer.mutable_hits(), answer);
  return answer;
}

}  // namespace

void AddSearchMethods(MethodTable& methods) { methods.Read(&Search); }

}  // namespace radyab::rpc
