#include <string>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/trace_service.pb.h"
#include "registry/catalog/member_registry.h"
#include "registry/trace/event_capture.h"
#include "registry/trace/sscc_mint.h"
#include "registry/trace/trace_query.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::MintSsccResponse>> MintSscc(const WriteCall& call,
                                                       const v1::MintSsccRequest& request) {
  auto minted = trace::MintSscc(call.transaction, call.caller, request.member(), request.count(),
                                request.extension_digit());
  if (!minted.ok()) return minted.status();
  auto member = catalog::MemberMeant(call.transaction, call.caller, request.member(), "member");
  if (!member.ok()) return member.status();
  Changed<v1::MintSsccResponse> changed;
  for (std::string& sscc : *minted) changed.response.add_ssccs(std::move(sscc));
  changed.resource = catalog::MemberName(*member);
  return changed;
}

absl::StatusOr<Changed<v1::CaptureEventResponse>> CaptureEvent(
    const WriteCall& call, const v1::CaptureEventRequest& request) {
  auto captured =
      trace::CaptureEvent(call.transaction, call.environment, call.caller, request.event());
  if (!captured.ok()) return captured.status();
  Changed<v1::CaptureEventResponse> changed;
  if (!captured->duplicate) changed.resource = captured->event.name();
  changed.response.set_duplicate(captured->duplicate);
  *changed.response.mutable_event() = std::move(captured->event);
  return changed;
}

absl::StatusOr<RowDone> ImportEvent(const WriteCall& call, const v1::ImportEventRow& row) {
  auto captured = trace::CaptureEvent(call.transaction, call.environment, call.caller, row.event());
  if (!captured.ok()) return captured.status();
  return RowDone{captured->event.name(), captured->duplicate};
}

absl::StatusOr<v1::Event> GetEvent(const ReadCall& call, const v1::GetEventRequest& request) {
  return trace::GetEvent(call.transaction, call.caller, request.name());
}

absl::StatusOr<v1::ListEventsResponse> ListEvents(const ReadCall& call,
                                                  const v1::ListEventsRequest& request) {
  auto page = trace::ListEvents(call.transaction, call.caller, request.object(), call.page);
  if (!page.ok()) return page.status();
  v1::ListEventsResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_events(), answer);
  return answer;
}

absl::StatusOr<v1::GetCustodyResponse> GetCustody(const ReadCall& call,
                                                  const v1::GetCustodyRequest& request) {
  auto page = trace::GetCustody(call.transaction, call.caller, request.object(), call.page);
  if (!page.ok()) return page.status();
  v1::GetCustodyResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_custody(), answer);
  return answer;
}

absl::StatusOr<v1::ListContentsResponse> ListContents(const ReadCall& call,
                                                      const v1::ListContentsRequest& request) {
  auto page = trace::ListContents(call.transaction, call.caller, request.container(), call.page);
  if (!page.ok()) return page.status();
  v1::ListContentsResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_contents(), answer);
  return answer;
}

absl::StatusOr<v1::TraceForwardResponse> TraceForward(const ReadCall& call,
                                                      const v1::TraceForwardRequest& request) {
  auto page = trace::TraceForward(call.transaction, call.caller, request.object(), call.page);
  if (!page.ok()) return page.status();
  v1::TraceForwardResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_holders(), answer);
  return answer;
}

absl::StatusOr<v1::TraceBackResponse> TraceBack(const ReadCall& call,
                                                const v1::TraceBackRequest& request) {
  auto way = trace::TraceBack(call.transaction, call.caller, request.object(), call.page);
  if (!way.ok()) return way.status();
  v1::TraceBackResponse answer;
  FillPage(call, std::move(way->steps), *answer.mutable_steps(), answer);
  answer.set_supplier_party(way->supplier_party);
  for (std::string& party : way->supplier_parties) answer.add_supplier_parties(std::move(party));
  return answer;
}

absl::StatusOr<v1::ListDeliveriesResponse> ListDeliveries(
    const ReadCall& call, const v1::ListDeliveriesRequest& request) {
  auto page = trace::ListDeliveries(call.transaction, call.caller, request.party(), call.page);
  if (!page.ok()) return page.status();
  v1::ListDeliveriesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_deliveries(), answer);
  return answer;
}

}  // namespace

void AddTraceMethods(MethodTable& methods) {
  methods.Write(&MintSscc);
  methods.Write(&CaptureEvent);
  methods.Import<v1::ImportEventRow, v1::RowVerdict>(&ImportEvent);
  methods.Read(&GetEvent);
  methods.Read(&ListEvents);
  methods.Read(&GetCustody);
  methods.Read(&ListContents);
  methods.Read(&TraceForward);
  methods.Read(&TraceBack);
  methods.Read(&ListDeliveries);
}

}  // namespace radyab::rpc
