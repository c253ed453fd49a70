#include "clients/cpp/catalog_client.h"

#include <utility>

#include "clients/cpp/row_sending.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/catalog_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::CatalogService::Stub;

struct CatalogClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

CatalogClient::CatalogClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::Item> CatalogClient::CreateItem(const v1::CreateItemRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateItem, request);
}

Answer<v1::Item> CatalogClient::GetItem(const v1::GetItemRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetItem, request);
}

PageRange<v1::Item> CatalogClient::ListItems(const v1::ListItemsRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListItems, request, &v1::ListItemsResponse::mutable_items);
}

Answer<v1::Item> CatalogClient::UpdateItem(const v1::UpdateItemRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UpdateItem, request);
}

Answer<v1::Service> CatalogClient::CreateService(const v1::CreateServiceRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::CreateService, request);
}

Answer<v1::Service> CatalogClient::GetService(const v1::GetServiceRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::GetService, request);
}

PageRange<v1::Service> CatalogClient::ListServices(const v1::ListServicesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListServices, request,
               &v1::ListServicesResponse::mutable_services);
}

Answer<v1::Service> CatalogClient::UpdateService(const v1::UpdateServiceRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UpdateService, request);
}

Answer<v1::ChangeLifeStateResponse> CatalogClient::ChangeLifeState(
    const v1::ChangeLifeStateRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::ChangeLifeState, request);
}

Answer<v1::ReserveCodesResponse> CatalogClient::ReserveCodes(
    const v1::ReserveCodesRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::ReserveCodes, request);
}

PageRange<v1::CodeReservation> CatalogClient::ListReservations(
    const v1::ListReservationsRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListReservations, request,
               &v1::ListReservationsResponse::mutable_reservations);
}

Answer<v1::Alias> CatalogClient::AddAlias(const v1::AddAliasRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::AddAlias, request);
}

Answer<v1::Alias> CatalogClient::EndAlias(const v1::EndAliasRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::EndAlias, request);
}

PageRange<v1::Alias> CatalogClient::ListAliases(const v1::ListAliasesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListAliases, request,
               &v1::ListAliasesResponse::mutable_aliases);
}

Answer<ImportCounts> CatalogClient::ImportItems(NextRow<v1::ImportItemRow> next,
                                                OnVerdict on_verdict, RowMayWait may_wait) const {
  ImportCounts counts;
  RowSending<v1::ImportItemRow, v1::RowVerdict> sending(
      *connection_,
      [this](grpc::ClientContext* context, auto* reactor) {
        stub_->rpc.async()->ImportItems(context, reactor);
      },
      [&] {
        auto row = next();
        if (row && row->request_id().empty()) row->set_request_id(NewRequestId());
        return row;
      },
      [&](std::int64_t row_number, v1::RowVerdict& verdict) {
        verdict.set_row(row_number);
        CountVerdict(counts, verdict);
        if (on_verdict) on_verdict(verdict);
      },
      std::move(may_wait));
  if (auto error = sending.Run()) return *std::move(error);
  return counts;
}

}  // namespace radyab::client
