// Parties that are one customer, items that are registered twice: radyab.v1.LinkageService.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/linkage_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/linkage_service.proto. Any thread.
class LinkageClient {
 public:
  // Takes the next message of a stream; false ends it.
  template <class Message>
  using Take = std::function<bool(const Message& message)>;

  explicit LinkageClient(std::shared_ptr<const Connection> connection);

  Answer<v1::MergePreview> PreviewMergeParties(const v1::PreviewMergePartiesRequest& request) const;
  Answer<v1::MergePartiesResponse> MergeParties(const v1::MergePartiesRequest& request) const;
  Answer<v1::UnmergePartiesResponse> UnmergeParties(const v1::UnmergePartiesRequest& request) const;
  PageRange<v1::PartyMerge> ListPartyMerges(const v1::ListPartyMergesRequest& request) const;

  // Looks at every party of the member: no deadline. Answers when all is kept.
  Answer<v1::FindPartyDuplicatesResponse> FindPartyDuplicates(
      const v1::FindPartyDuplicatesRequest& request) const;
  PageRange<v1::PartyDuplicate> ListPartyDuplicates(
      const v1::ListPartyDuplicatesRequest& request) const;
  Answer<v1::PartyDuplicate> JudgePartyDuplicate(
      const v1::JudgePartyDuplicateRequest& request) const;

  // Hand every message to `take`. They have no deadline. The error, or nothing when the stream came
  // to its end, or `take` ended it; only a stream whose last message has a count is whole.
  std::optional<ClientError> FindHouseholds(const v1::FindHouseholdsRequest& request,
                                            const Take<v1::FindHouseholdsResponse>& take) const;
  std::optional<ClientError> PreviewCleaning(const v1::PreviewCleaningRequest& request,
                                             const Take<v1::PreviewCleaningResponse>& take) const;

  // Looks at every item of the member: no deadline. Answers when all is kept.
  Answer<v1::FindItemDuplicatesResponse> FindItemDuplicates(
      const v1::FindItemDuplicatesRequest& request) const;
  PageRange<v1::ItemDuplicate> ListItemDuplicates(
      const v1::ListItemDuplicatesRequest& request) const;
  Answer<v1::ItemDuplicate> JudgeItemDuplicate(const v1::JudgeItemDuplicateRequest& request) const;

  Answer<v1::HouseholdVeto> VetoHousehold(const v1::VetoHouseholdRequest& request) const;
  PageRange<v1::HouseholdVeto> ListHouseholdVetoes(
      const v1::ListHouseholdVetoesRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
