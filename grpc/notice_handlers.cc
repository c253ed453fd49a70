#include <string>
#include <vector>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/notice_service.pb.h"
#include "registry/notices/notice_registry.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::ShippingNotice>> CreateShippingNotice(
    const WriteCall& call, const v1::CreateShippingNoticeRequest& request) {
  return ChangedItself(notices::CreateNotice(call.transaction, call.caller, request.notice(),
                                             {request.events().begin(), request.events().end()}));
}

absl::StatusOr<v1::ShippingNotice> GetShippingNotice(const ReadCall& call,
                                                     const v1::GetShippingNoticeRequest& request) {
  return notices::GetNotice(call.transaction, call.caller, request.name());
}

notices::NoticeSide SideOf(v1::ShippingNoticeSide side) {
  switch (side) {
    case v1::SHIPPING_NOTICE_SIDE_RECORDED:
      return notices::NoticeSide::kRecorded;
    case v1::SHIPPING_NOTICE_SIDE_AWAITED:
      return notices::NoticeSide::kAwaited;
    default:
      return notices::NoticeSide::kBoth;
  }
}

absl::StatusOr<v1::ListShippingNoticesResponse> ListShippingNotices(
    const ReadCall& call, const v1::ListShippingNoticesRequest& request) {
  notices::NoticeFilter filter;
  filter.member = request.member();
  filter.state = request.state();
  filter.side = SideOf(request.side());
  filter.source_party = request.source_party();
  filter.destination_party = request.destination_party();
  if (request.has_expected_since()) filter.expected_since = request.expected_since();
  filter.object = request.object();
  filter.number = request.number();
  auto page = notices::ListNotices(call.transaction, call.caller, filter, call.page);
  if (!page.ok()) return page.status();
  v1::ListShippingNoticesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_notices(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::ShippingNotice>> UpdateShippingNotice(
    const WriteCall& call, const v1::UpdateShippingNoticeRequest& request) {
  return ChangedItself(
      notices::UpdateNotice(call.transaction, call.caller, request.notice(), call.fields));
}

absl::StatusOr<Changed<v1::ShippingNotice>> CloseShippingNotice(
    const WriteCall& call, const v1::CloseShippingNoticeRequest& request) {
  return ChangedItself(notices::CloseNotice(call.transaction, call.caller,
                                            {request.name(), request.reason(), request.etag()}));
}

absl::StatusOr<Changed<v1::ShippingNotice>> CancelShippingNotice(
    const WriteCall& call, const v1::CancelShippingNoticeRequest& request) {
  return ChangedItself(notices::CancelNotice(call.transaction, call.caller,
                                             {request.name(), request.reason(), request.etag()}));
}

absl::StatusOr<v1::CompareShippingNoticeResponse> CompareShippingNotice(
    const ReadCall& call, const v1::CompareShippingNoticeRequest& request) {
  auto compared =
      notices::CompareNotice(call.transaction, call.caller, request.name(),
                             {request.scanned().begin(), request.scanned().end()}, call.today);
  if (!compared.ok()) return compared.status();
  v1::CompareShippingNoticeResponse answer;
  answer.set_agrees(compared->agrees);
  for (auto& row : compared->scanned) answer.add_scanned()->Swap(&row);
  for (auto& row : compared->lines) answer.add_lines()->Swap(&row);
  return answer;
}

}  // namespace

void AddNoticeMethods(MethodTable& methods) {
  methods.Write(&CreateShippingNotice);
  methods.Read(&GetShippingNotice);
  methods.Read(&ListShippingNotices);
  methods.Update(&UpdateShippingNotice, notices::ChangeableFields());
  methods.Write(&CloseShippingNotice);
  methods.Write(&CancelShippingNotice);
  methods.Read(&CompareShippingNotice);
}

}  // namespace radyab::rpc
