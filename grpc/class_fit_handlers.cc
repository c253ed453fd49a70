#include <utility>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/class_fit_service.pb.h"
#include "registry/catalog/class_misfits.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<v1::ListClassMisfitsResponse> ListClassMisfits(
    const ReadCall& call, const v1::ListClassMisfitsRequest& request) {
  auto page =
      catalog::ListClassMisfits(call.transaction, call.caller,
                                {request.class_name(), request.as_class(), request.member(),
                                 request.services() ? coding::Kind::kService : coding::Kind::kItem},
                                call.page);
  if (!page.ok()) return page.status();
  v1::ListClassMisfitsResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_misfits(), answer);
  return answer;
}

}  // namespace

void AddClassFitMethods(MethodTable& methods) { methods.Read(&ListClassMisfits); }

}  // namespace radyab::rpc
