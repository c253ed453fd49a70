// Customers and suppliers: radyab.v1.PartyService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/party_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/party_service.proto. Any thread.
class PartyClient {
 public:
  explicit PartyClient(std::shared_ptr<const Connection> connection);

  Answer<v1::Party> CreateParty(const v1::CreatePartyRequest& request) const;
  Answer<v1::Party> GetParty(const v1::GetPartyRequest& request) const;
  PageRange<v1::Party> ListParties(const v1::ListPartiesRequest& request) const;
  Answer<v1::Party> UpdateParty(const v1::UpdatePartyRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
