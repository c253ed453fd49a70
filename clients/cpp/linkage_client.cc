#include "clients/cpp/linkage_client.h"

#include <utility>

#include "clients/cpp/read_stream.h"
#include "clients/cpp/unary_call.h"
#include "radyab/v1/linkage_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::LinkageService::Stub;

struct LinkageClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

LinkageClient::LinkageClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::MergePreview> LinkageClient::PreviewMergeParties(
    const v1::PreviewMergePartiesRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::PreviewMergeParties, request);
}

Answer<v1::MergePartiesResponse> LinkageClient::MergeParties(
    const v1::MergePartiesRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::MergeParties, request);
}

Answer<v1::UnmergePartiesResponse> LinkageClient::UnmergeParties(
    const v1::UnmergePartiesRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::UnmergeParties, request);
}

PageRange<v1::PartyMerge> LinkageClient::ListPartyMerges(
    const v1::ListPartyMergesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListPartyMerges, request,
               &v1::ListPartyMergesResponse::mutable_merges);
}

Answer<v1::FindPartyDuplicatesResponse> LinkageClient::FindPartyDuplicates(
    const v1::FindPartyDuplicatesRequest& request) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  v1::FindPartyDuplicatesResponse response;
  const grpc::Status status = stub_->rpc.FindPartyDuplicates(&context, request, &response);
  if (!status.ok()) return ErrorOf(status);
  return response;
}

PageRange<v1::PartyDuplicate> LinkageClient::ListPartyDuplicates(
    const v1::ListPartyDuplicatesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListPartyDuplicates, request,
               &v1::ListPartyDuplicatesResponse::mutable_duplicates);
}

Answer<v1::PartyDuplicate> LinkageClient::JudgePartyDuplicate(
    const v1::JudgePartyDuplicateRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::JudgePartyDuplicate, request);
}

Answer<v1::FindItemDuplicatesResponse> LinkageClient::FindItemDuplicates(
    const v1::FindItemDuplicatesRequest& request) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  v1::FindItemDuplicatesResponse response;
  const grpc::Status status = stub_->rpc.FindItemDuplicates(&context, request, &response);
  if (!status.ok()) return ErrorOf(status);
  return response;
}

PageRange<v1::ItemDuplicate> LinkageClient::ListItemDuplicates(
    const v1::ListItemDuplicatesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListItemDuplicates, request,
               &v1::ListItemDuplicatesResponse::mutable_duplicates);
}

Answer<v1::ItemDuplicate> LinkageClient::JudgeItemDuplicate(
    const v1::JudgeItemDuplicateRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::JudgeItemDuplicate, request);
}

std::optional<ClientError> LinkageClient::FindHouseholds(
    const v1::FindHouseholdsRequest& request, const Take<v1::FindHouseholdsResponse>& take) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  const auto stream = stub_->rpc.FindHouseholds(&context, request);
  return ReadAll(context, *stream, take);
}

std::optional<ClientError> LinkageClient::PreviewCleaning(
    const v1::PreviewCleaningRequest& request,
    const Take<v1::PreviewCleaningResponse>& take) const {
  grpc::ClientContext context;
  PrepareContext(*connection_, std::nullopt, context);
  const auto stream = stub_->rpc.PreviewCleaning(&context, request);
  return ReadAll(context, *stream, take);
}

Answer<v1::HouseholdVeto> LinkageClient::VetoHousehold(
    const v1::VetoHouseholdRequest& request) const {
  return Change(*connection_, stub_->rpc, &Rpc::VetoHousehold, request);
}

PageRange<v1::HouseholdVeto> LinkageClient::ListHouseholdVetoes(
    const v1::ListHouseholdVetoesRequest& request) const {
  return Pages(connection_, stub_, &Rpc::ListHouseholdVetoes, request,
               &v1::ListHouseholdVetoesResponse::mutable_vetoes);
}

}  // namespace radyab::client
