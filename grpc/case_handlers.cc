#include <string>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/case_service.pb.h"
#include "registry/access/sealed_part.h"
#include "registry/cases/case_registry.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::CreateCaseResponse>> CreateCase(const WriteCall& call,
                                                           const v1::CreateCaseRequest& request) {
  const cases::FreshCaseSecrets fresh{
      std::string(call.fresh.substr(0, access::kFreshKeyBytes)),
      std::string(call.fresh.substr(access::kFreshKeyBytes, cases::kTokenBytes))};
  auto opened =
      cases::CreateCase(call.transaction, call.environment, call.caller, request.case_(), fresh);
  if (!opened.ok()) return opened.status();
  Changed<v1::CreateCaseResponse> changed;
  changed.resource = opened->opened.name();
  changed.response.set_token(opened->token);
  *changed.response.mutable_case_() = std::move(opened->opened);
  return changed;
}

absl::StatusOr<v1::Case> GetCase(const ReadCall& call, const v1::GetCaseRequest& request) {
  return cases::GetCase(call.transaction, call.environment, call.caller, request.name());
}

absl::StatusOr<v1::ListCasesResponse> ListCases(const ReadCall& call,
                                                const v1::ListCasesRequest& request) {
  const cases::CaseFilter filter{request.member(), request.subject(), request.complainant_party(),
                                 request.state()};
  auto page = cases::ListCases(call.transaction, call.environment, call.caller, filter, call.page);
  if (!page.ok()) return page.status();
  v1::ListCasesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_cases(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Case>> AdvanceCase(const WriteCall& call,
                                              const v1::AdvanceCaseRequest& request) {
  const cases::CaseStep step{request.name(),  request.state(),       request.reason(),
                             request.owner(), request.delivery_id(), request.channel(),
                             request.etag()};
  return ChangedItself(cases::AdvanceCase(call.transaction, call.environment, call.caller, step));
}

absl::StatusOr<Changed<v1::DraftResponseResponse>> DraftResponse(
    const WriteCall& call, const v1::DraftResponseRequest& request) {
  auto drafted = cases::DraftResponse(call.transaction, call.environment, call.caller,
                                      request.name(), request.text(), request.etag());
  if (!drafted.ok()) return drafted.status();
  Changed<v1::DraftResponseResponse> changed;
  changed.resource = drafted->drafted_in.name();
  *changed.response.mutable_case_() = std::move(drafted->drafted_in);
  *changed.response.mutable_response() = std::move(drafted->response);
  return changed;
}

absl::StatusOr<v1::ListResponsesResponse> ListResponses(const ReadCall& call,
                                                        const v1::ListResponsesRequest& request) {
  auto page = cases::ListResponses(call.transaction, call.environment, call.caller, request.name(),
                                   call.page);
  if (!page.ok()) return page.status();
  v1::ListResponsesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_responses(), answer);
  return answer;
}

absl::StatusOr<v1::ListTimelineResponse> ListTimeline(const ReadCall& call,
                                                      const v1::ListTimelineRequest& request) {
  auto page = cases::ListTimeline(call.transaction, call.environment, call.caller, request.name(),
                                  call.page);
  if (!page.ok()) return page.status();
  v1::ListTimelineResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_entries(), answer);
  return answer;
}

absl::StatusOr<v1::CaseStatus> TrackCase(const ReadCall& call,
                                         const v1::TrackCaseRequest& request) {
  return cases::TrackCase(call.transaction, call.environment, request.code(), request.token());
}

}  // namespace

void AddCaseMethods(MethodTable& methods) {
  methods.Write(&CreateCase, access::kFreshKeyBytes + cases::kTokenBytes);
  methods.Read(&GetCase);
  methods.Read(&ListCases);
  methods.Write(&AdvanceCase);
  methods.Write(&DraftResponse);
  methods.Read(&ListResponses);
  methods.Read(&ListTimeline);
  methods.Read(&TrackCase);
}

}  // namespace radyab::rpc
