#include "clients/cpp/trace_client.h"

#include <utility>

#include "clients/cpp/row_sending.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/trace_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::TraceService::Stub;

struct TraceClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

TraceClient::TraceClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::MintSsccResponse> TraceClient::MintSscc(const v1::MintSsccRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::MintSscc, request);
}

Answer<v1::CaptureEventResponse> TraceClient::CaptureEvent(
    const v1::CaptureEventRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CaptureEvent, request);
}

Answer<ImportCounts> TraceClient::ImportEvents(NextRow<v1::ImportEventRow> next,
                                               OnVerdict on_verdict, RowMayWait may_wait) const {
  ImportCounts counts;
  RowSending<v1::ImportEventRow, v1::RowVerdict> sending(
      *connection_,
      [this](grpc::ClientContext* context, auto* reactor) {
        stub_->rpc.async()->ImportEvents(context, reactor);
      },
      next,
      [&](std::int64_t row_number, v1::RowVerdict& verdict) {
        verdict.set_row(row_number);
        CountVerdict(counts, verdict);
        if (on_verdict) on_verdict(verdict);
      },
      std::move(may_wait));
  if (auto error = sending.Run()) return *std::move(error);
  return counts;
}

Answer<v1::Event> TraceClient::GetEvent(const v1::GetEventRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetEvent, request);
}

PageRange<v1::Event> TraceClient::ListEvents(const v1::ListEventsRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListEvents, request,
               &v1::ListEventsResponse::mutable_events);
}

PageRange<v1::Custody> TraceClient::GetCustody(const v1::GetCustodyRequest& request) const {
  return Pages(connection_, stub_, &Rpc::GetCustody, request,
               &v1::GetCustodyResponse::mutable_custody);
}

PageRange<v1::Content> TraceClient::ListContents(const v1::ListContentsRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListContents, request,
               &v1::ListContentsResponse::mutable_contents);
}

PageRange<v1::TraceHolder> TraceClient::TraceForward(const v1::TraceForwardRequest& request) const {
  return Pages(connection_, stub_, &Rpc::TraceForward, request,
               &v1::TraceForwardResponse::mutable_holders);
}

PageRange<v1::TraceBackResponse> TraceClient::TraceBack(const v1::TraceBackRequest& request) const {
  return PageRange<v1::TraceBackResponse>(
      [connection = connection_, stub = stub_, wanted = request](
          const std::string& page_token) mutable -> Answer<Page<v1::TraceBackResponse>> {
        wanted.set_page_token(page_token);
        auto answer = Read(*connection, stub->rpc, &Rpc::TraceBack, wanted);
        if (!answer) return answer.error();
        return Page<v1::TraceBackResponse>{{*answer}, answer->next_page_token()};
      });
}

PageRange<v1::Delivery> TraceClient::ListDeliveries(
    const v1::ListDeliveriesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListDeliveries, request,
               &v1::ListDeliveriesResponse::mutable_deliveries);
}

}  // namespace radyab::client
