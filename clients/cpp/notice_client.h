// Shipping notices: radyab.v1.NoticeService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/notice_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/notice_service.proto. Any thread.
class NoticeClient {
 public:
  explicit NoticeClient(std::shared_ptr<const Connection> connection);

  // Without lines, as the answers of all changes.
  Answer<v1::ShippingNotice> CreateShippingNotice(
      const v1::CreateShippingNoticeRequest& request) const;
  // With its lines and what of them has arrived.
  Answer<v1::ShippingNotice> GetShippingNotice(const v1::GetShippingNoticeRequest& request) const;
  PageRange<v1::ShippingNotice> ListShippingNotices(
      const v1::ListShippingNoticesRequest& request) const;
  Answer<v1::ShippingNotice> UpdateShippingNotice(
      const v1::UpdateShippingNoticeRequest& request) const;
  Answer<v1::ShippingNotice> CloseShippingNotice(
      const v1::CloseShippingNoticeRequest& request) const;
  Answer<v1::ShippingNotice> CancelShippingNotice(
      const v1::CancelShippingNoticeRequest& request) const;
  Answer<v1::CompareShippingNoticeResponse> CompareShippingNotice(
      const v1::CompareShippingNoticeRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
