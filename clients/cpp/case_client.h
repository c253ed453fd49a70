// Complaints and their answers: radyab.v1.CaseService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/case_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/case_service.proto. Any thread.
class CaseClient {
 public:
  explicit CaseClient(std::shared_ptr<const Connection> connection);

  Answer<v1::CreateCaseResponse> CreateCase(const v1::CreateCaseRequest& request) const;
  Answer<v1::Case> GetCase(const v1::GetCaseRequest& request) const;
  PageRange<v1::Case> ListCases(const v1::ListCasesRequest& request) const;
  Answer<v1::Case> AdvanceCase(const v1::AdvanceCaseRequest& request) const;
  Answer<v1::DraftResponseResponse> DraftResponse(const v1::DraftResponseRequest& request) const;
  PageRange<v1::Response> ListResponses(const v1::ListResponsesRequest& request) const;
  PageRange<v1::TimelineEntry> ListTimeline(const v1::ListTimelineRequest& request) const;
  Answer<v1::CaseStatus> TrackCase(const v1::TrackCaseRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
