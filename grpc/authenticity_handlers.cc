#include <utility>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/authenticity_service.pb.h"
#include "registry/authenticity.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::RegisterAuthenticityNumbersResponse>> RegisterNumbers(
    const WriteCall& call, const v1::RegisterAuthenticityNumbersRequest& request) {
  auto registered =
      RegisterAuthenticityNumbers(call.transaction, call.environment, call.caller, request.object(),
                                  {request.numbers().begin(), request.numbers().end()});
  if (!registered.ok()) return registered.status();
  Changed<v1::RegisterAuthenticityNumbersResponse> changed;
  changed.response.set_object(registered->object);
  changed.response.set_registered_count(registered->fresh);
  changed.response.set_known_count(registered->known);
  if (registered->fresh > 0) changed.resource = "items/" + registered->item;
  return changed;
}

absl::StatusOr<Changed<v1::AuthenticityAnswer>> Ask(const WriteCall& call,
                                                    const v1::AskAuthenticityRequest& request) {
  auto asked = AskAuthenticity(call.transaction, call.environment, request.number(),
                               DayOf(call.transaction.record_time_us()));
  if (!asked.ok()) return asked.status();
  Changed<v1::AuthenticityAnswer> changed;
  changed.response = std::move(asked->answer);
  if (asked->counted) changed.resource = "items/" + asked->item;
  return changed;
}

absl::StatusOr<v1::AuthenticityNumber> GetNumber(const ReadCall& call,
                                                 const v1::GetAuthenticityNumberRequest& request) {
  return GetAuthenticityNumber(call.transaction, call.environment, call.caller, request.number());
}

absl::StatusOr<v1::ListNumbersAskedAgainResponse> ListAskedAgain(
    const ReadCall& call, const v1::ListNumbersAskedAgainRequest& request) {
  auto page = ListNumbersAskedAgain(call.transaction, call.caller,
                                    {request.member(), request.item()}, call.page);
  if (!page.ok()) return page.status();
  v1::ListNumbersAskedAgainResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_numbers(), answer);
  return answer;
}

}  // namespace

void AddAuthenticityMethods(MethodTable& methods) {
  methods.Write(&RegisterNumbers);
  methods.Write(&Ask);
  methods.Read(&GetNumber);
  methods.Read(&ListAskedAgain);
}

}  // namespace radyab::rpc
