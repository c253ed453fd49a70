// Numbers under scratch layers: radyab.v1.AuthenticityService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/authenticity_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/authenticity_service.proto. Any thread.
class AuthenticityClient {
 public:
  explicit AuthenticityClient(std::shared_ptr<const Connection> connection);

  Answer<v1::RegisterAuthenticityNumbersResponse> RegisterAuthenticityNumbers(
      const v1::RegisterAuthenticityNumbersRequest& request) const;
  Answer<v1::AuthenticityAnswer> AskAuthenticity(const v1::AskAuthenticityRequest& request) const;
  Answer<v1::AuthenticityNumber> GetAuthenticityNumber(
      const v1::GetAuthenticityNumberRequest& request) const;
  PageRange<v1::AuthenticityNumber> ListNumbersAskedAgain(
      const v1::ListNumbersAskedAgainRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
