#include <string>
#include <vector>

#include "coding/code.h"
#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/catalog_service.pb.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/code_reservations.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_merge.h"
#include "registry/stamp.h"

namespace radyab::rpc {
namespace {

template <class Request>
std::vector<v1::Alias> AliasesOf(const Request& request) {
  return {request.aliases().begin(), request.aliases().end()};
}

// The resource a code belongs to: "items/1042000017000113".
std::string ResourceOf(const coding::Code& code) {
  switch (code.kind()) {
    case coding::Kind::kItem:
      return "items/" + code.Digits();
    case coding::Kind::kService:
      return "services/" + code.Digits();
    case coding::Kind::kParty:
      return "parties/" + code.Digits();
    case coding::Kind::kCase:
      return "cases/" + code.Digits();
  }
  return code.Digits();
}

absl::StatusOr<Changed<v1::Item>> CreateItem(const WriteCall& call,
                                             const v1::CreateItemRequest& request) {
  return ChangedItself(catalog::CreateItem(call.transaction, call.environment, call.caller,
                                           request.item(), AliasesOf(request),
                                           request.reserved_code(), request.strict()));
}

absl::StatusOr<v1::Item> GetItem(const ReadCall& call, const v1::GetItemRequest& request) {
  return catalog::GetItem(call.transaction, request.name());
}

absl::StatusOr<v1::ListItemsResponse> ListItems(const ReadCall& call,
                                                const v1::ListItemsRequest& request) {
  auto page =
      catalog::ListItems(call.transaction, {request.member(), request.name_prefix()}, call.page);
  if (!page.ok()) return page.status();
  v1::ListItemsResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_items(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Item>> UpdateItem(const WriteCall& call,
                                             const v1::UpdateItemRequest& request) {
  return ChangedItself(
      catalog::UpdateItem(call.transaction, call.caller, request.item(), call.fields));
}

absl::StatusOr<Changed<v1::Service>> CreateService(const WriteCall& call,
                                                   const v1::CreateServiceRequest& request) {
  return ChangedItself(catalog::CreateService(call.transaction, call.environment, call.caller,
                                              request.service(), AliasesOf(request),
                                              request.reserved_code(), request.strict()));
}

absl::StatusOr<v1::Service> GetService(const ReadCall& call, const v1::GetServiceRequest& request) {
  return catalog::GetService(call.transaction, request.name());
}

absl::StatusOr<v1::ListServicesResponse> ListServices(const ReadCall& call,
                                                      const v1::ListServicesRequest& request) {
  auto page =
      catalog::ListServices(call.transaction, {request.member(), request.name_prefix()}, call.page);
  if (!page.ok()) return page.status();
  v1::ListServicesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_services(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Service>> UpdateService(const WriteCall& call,
                                                   const v1::UpdateServiceRequest& request) {
  return ChangedItself(
      catalog::UpdateService(call.transaction, call.caller, request.service(), call.fields));
}

absl::StatusOr<Changed<v1::ChangeLifeStateResponse>> ChangeLifeState(
    const WriteCall& call, const v1::ChangeLifeStateRequest& request) {
  const catalog::LifeChange change{request.code(), request.state(), request.reason(),
                                   request.successor_code(), request.etag()};
  auto outcome = parties::ChangeLife(call.transaction, call.environment, call.caller, change);
  if (!outcome.ok()) return outcome.status();
  Changed<v1::ChangeLifeStateResponse> changed;
  changed.response.set_code(outcome->code.Digits());
  *changed.response.mutable_life() = outcome->life;
  changed.response.set_etag(outcome->etag);
  changed.resource = ResourceOf(outcome->code);
  const auto successor = coding::ParseCode(outcome->life.successor_code());
  const bool merged = outcome->life.state() == v1::LIFE_STATE_MERGED;
  if (merged && successor.ok()) changed.also = ResourceOf(*successor);
  return changed;
}

// A changed alias is a change of the code it leads to.
absl::StatusOr<Changed<v1::Alias>> ChangedAlias(absl::StatusOr<v1::Alias> alias) {
  if (!alias.ok()) return alias.status();
  const auto code = coding::ParseCode(alias->code());
  std::string resource = code.ok() ? ResourceOf(*code) : alias->code();
  return Changed<v1::Alias>{*std::move(alias), std::move(resource)};
}

absl::StatusOr<Changed<v1::Alias>> AddAlias(const WriteCall& call,
                                            const v1::AddAliasRequest& request) {
  return ChangedAlias(catalog::AddAlias(call.transaction, call.environment, call.caller,
                                        request.code(), request.alias()));
}

absl::StatusOr<Changed<v1::Alias>> EndAlias(const WriteCall& call,
                                            const v1::EndAliasRequest& request) {
  return ChangedAlias(catalog::EndAlias(call.transaction, call.environment, call.caller,
                                        request.code(), request.alias()));
}

absl::StatusOr<v1::ListAliasesResponse> ListAliases(const ReadCall& call,
                                                    const v1::ListAliasesRequest& request) {
  auto page = catalog::ListAliases(call.transaction, call.caller, request.code(), call.page);
  if (!page.ok()) return page.status();
  v1::ListAliasesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_aliases(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::ReserveCodesResponse>> ReserveCodes(
    const WriteCall& call, const v1::ReserveCodesRequest& request) {
  const catalog::ReservationWanted wanted{
      request.member(),
      request.count(),
      request.services() ? coding::Kind::kService : coding::Kind::kItem,
      request.class_name(),
      request.has_expire_time() ? MicrosOf(request.expire_time()) : 0,
      call.environment.reserved_per_member_max};
  auto reserved = catalog::ReserveCodes(call.transaction, call.caller, wanted);
  if (!reserved.ok()) return reserved.status();
  Changed<v1::ReserveCodesResponse> changed;
  for (const coding::Code code : reserved->codes) changed.response.add_codes(code.Digits());
  changed.response.set_member(catalog::MemberName(reserved->owner));
  *changed.response.mutable_expire_time() = TimestampOf(reserved->expire_us);
  changed.resource = changed.response.member();
  return changed;
}

absl::StatusOr<v1::ListReservationsResponse> ListReservations(
    const ReadCall& call, const v1::ListReservationsRequest& request) {
  auto page = catalog::ListReservations(call.transaction, call.caller, request.member(),
                                        call.now_us, call.page);
  if (!page.ok()) return page.status();
  v1::ListReservationsResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_reservations(), answer);
  return answer;
}

absl::StatusOr<RowDone> ImportItem(const WriteCall& call, const v1::ImportItemRow& row) {
  auto item = catalog::CreateItem(call.transaction, call.environment, call.caller, row.item(),
                                  AliasesOf(row), row.reserved_code());
  if (!item.ok()) return item.status();
  return RowDone{item->name(), false};
}

}  // namespace

void AddCatalogMethods(MethodTable& methods) {
  methods.Write(&CreateItem);
  methods.Read(&GetItem);
  methods.Read(&ListItems);
  methods.Update(&UpdateItem, {"display_name", "display_name.fa", "display_name.en", "class_name",
                               "attributes", "unit"});
  methods.Write(&CreateService);
  methods.Read(&GetService);
  methods.Read(&ListServices);
  methods.Update(&UpdateService, {"display_name", "display_name.fa", "display_name.en",
                                  "class_name", "attributes"});
  methods.Write(&ChangeLifeState);
  methods.Write(&ReserveCodes);
  methods.Read(&ListReservations);
  methods.Write(&AddAlias);
  methods.Write(&EndAlias);
  methods.Read(&ListAliases);
  methods.Import<v1::ImportItemRow, v1::RowVerdict>(&ImportItem);
}

}  // namespace radyab::rpc
