#include "clients/cpp/case_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/case_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::CaseService::Stub;

struct CaseClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

CaseClient::CaseClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::CreateCaseResponse> CaseClient::CreateCase(const v1::CreateCaseRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateCase, request);
}

Answer<v1::Case> CaseClient::GetCase(const v1::GetCaseRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetCase, request);
}

PageRange<v1::Case> CaseClient::ListCases(const v1::ListCasesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListCases, request, &v1::ListCasesResponse::mutable_cases);
}

Answer<v1::Case> CaseClient::AdvanceCase(const v1::AdvanceCaseRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::AdvanceCase, request);
}

Answer<v1::DraftResponseResponse> CaseClient::DraftResponse(
    const v1::DraftResponseRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::DraftResponse, request);
}

PageRange<v1::Response> CaseClient::ListResponses(const v1::ListResponsesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListResponses, request,
               &v1::ListResponsesResponse::mutable_responses);
}

PageRange<v1::TimelineEntry> CaseClient::ListTimeline(
    const v1::ListTimelineRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListTimeline, request,
               &v1::ListTimelineResponse::mutable_entries);
}

Answer<v1::CaseStatus> CaseClient::TrackCase(const v1::TrackCaseRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::TrackCase, request);
}

}  // namespace radyab::client
