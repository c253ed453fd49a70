// Items, services, their life and their aliases: radyab.v1.CatalogService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/import_rows.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/catalog_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/catalog_service.proto. Any thread.
class CatalogClient {
 public:
  explicit CatalogClient(std::shared_ptr<const Connection> connection);

  Answer<v1::Item> CreateItem(const v1::CreateItemRequest& request) const;
  Answer<v1::Item> GetItem(const v1::GetItemRequest& request) const;
  PageRange<v1::Item> ListItems(const v1::ListItemsRequest& request) const;
  Answer<v1::Item> UpdateItem(const v1::UpdateItemRequest& request) const;
  Answer<v1::Service> CreateService(const v1::CreateServiceRequest& request) const;
  Answer<v1::Service> GetService(const v1::GetServiceRequest& request) const;
  PageRange<v1::Service> ListServices(const v1::ListServicesRequest& request) const;
  Answer<v1::Service> UpdateService(const v1::UpdateServiceRequest& request) const;
  Answer<v1::ChangeLifeStateResponse> ChangeLifeState(
      const v1::ChangeLifeStateRequest& request) const;
  Answer<v1::ReserveCodesResponse> ReserveCodes(const v1::ReserveCodesRequest& request) const;
  PageRange<v1::CodeReservation> ListReservations(const v1::ListReservationsRequest& request) const;
  Answer<v1::Alias> AddAlias(const v1::AddAliasRequest& request) const;
  Answer<v1::Alias> EndAlias(const v1::EndAliasRequest& request) const;
  PageRange<v1::Alias> ListAliases(const v1::ListAliasesRequest& request) const;
  // Registers all rows of `next`; rows without a request_id get one. A refused row is a verdict,
  // not an error. An error means that the import ended early: the verdicts given until then stand.
  Answer<ImportCounts> ImportItems(NextRow<v1::ImportItemRow> next, OnVerdict on_verdict,
                                   RowMayWait may_wait = nullptr) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
