#include "clients/cpp/notice_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/notice_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::NoticeService::Stub;

struct NoticeClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

NoticeClient::NoticeClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::ShippingNotice> NoticeClient::CreateShippingNotice(
    const v1::CreateShippingNoticeRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateShippingNotice, request);
}

Answer<v1::ShippingNotice> NoticeClient::GetShippingNotice(
    const v1::GetShippingNoticeRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetShippingNotice, request);
}

PageRange<v1::ShippingNotice> NoticeClient::ListShippingNotices(
    const v1::ListShippingNoticesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListShippingNotices, request,
               &v1::ListShippingNoticesResponse::mutable_notices);
}

Answer<v1::ShippingNotice> NoticeClient::UpdateShippingNotice(
    const v1::UpdateShippingNoticeRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UpdateShippingNotice, request);
}

Answer<v1::ShippingNotice> NoticeClient::CloseShippingNotice(
    const v1::CloseShippingNoticeRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CloseShippingNotice, request);
}

Answer<v1::ShippingNotice> NoticeClient::CancelShippingNotice(
    const v1::CancelShippingNoticeRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CancelShippingNotice, request);
}

Answer<v1::CompareShippingNoticeResponse> NoticeClient::CompareShippingNotice(
    const v1::CompareShippingNoticeRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::CompareShippingNotice, request);
}

}  // namespace radyab::client
