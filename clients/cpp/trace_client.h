// Custody events and the trace: radyab.v1.TraceService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/import_rows.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/trace_service.proto. Any thread.
class TraceClient {
 public:
  explicit TraceClient(std::shared_ptr<const Connection> connection);

  Answer<v1::MintSsccResponse> MintSscc(const v1::MintSsccRequest& request) const;
  Answer<v1::CaptureEventResponse> CaptureEvent(const v1::CaptureEventRequest& request) const;
  // Records all rows of `next`. A refused row is a verdict, not an error. An error means that the
  // import ended early: the verdicts given until then stand. When the way broke in between, a row
  // stored before it may be answered as a duplicate.
  Answer<ImportCounts> ImportEvents(NextRow<v1::ImportEventRow> next, OnVerdict on_verdict,
                                    RowMayWait may_wait = nullptr) const;
  Answer<v1::Event> GetEvent(const v1::GetEventRequest& request) const;
  PageRange<v1::Event> ListEvents(const v1::ListEventsRequest& request) const;
  // One row for a unit or container, one a holder and state for a lot.
  PageRange<v1::Custody> GetCustody(const v1::GetCustodyRequest& request) const;
  PageRange<v1::Content> ListContents(const v1::ListContentsRequest& request) const;
  PageRange<v1::TraceHolder> TraceForward(const v1::TraceForwardRequest& request) const;
  // Whole pages, since each names suppliers beside its steps.
  PageRange<v1::TraceBackResponse> TraceBack(const v1::TraceBackRequest& request) const;
  PageRange<v1::Delivery> ListDeliveries(const v1::ListDeliveriesRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
