#include <vector>

#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "grpc/serving.h"
#include "radyab/v1/linkage_service.pb.h"
#include "registry/catalog/item_duplicates.h"
#include "registry/parties/duplicate_review.h"
#include "registry/parties/household_search.h"
#include "registry/parties/party_cleaning.h"
#include "registry/parties/party_merge.h"

namespace radyab::rpc {
namespace {

constexpr std::size_t kBytesOfMessage = std::size_t{256} << 10;

template <class Response>
using Answer = absl::FunctionRef<absl::Status(const Response&)>;

template <class Request>
parties::MergeWanted PairWanted(const Request& request) {
  parties::MergeWanted wanted;
  wanted.survivor = request.survivor();
  wanted.absorbed = request.absorbed();
  wanted.take_from_absorbed.assign(request.take_from_absorbed().begin(),
                                   request.take_from_absorbed().end());
  return wanted;
}

absl::StatusOr<v1::MergePreview> PreviewMergeParties(
    const ReadCall& call, const v1::PreviewMergePartiesRequest& request) {
  return parties::PreviewMerge(call.transaction, call.environment, call.caller,
                               PairWanted(request));
}

absl::StatusOr<Changed<v1::MergePartiesResponse>> MergeParties(
    const WriteCall& call, const v1::MergePartiesRequest& request) {
  parties::MergeWanted wanted = PairWanted(request);
  wanted.reason = request.reason();
  wanted.despite_conflicts = request.despite_conflicts();
  wanted.survivor_etag = request.survivor_etag();
  wanted.absorbed_etag = request.absorbed_etag();
  auto merged = parties::MergeParties(call.transaction, call.environment, call.caller, wanted);
  if (!merged.ok()) return merged.status();
  Changed<v1::MergePartiesResponse> changed;
  changed.resource = merged->merge.absorbed();
  changed.also = merged->merge.survivor();
  *changed.response.mutable_survivor() = std::move(merged->survivor);
  *changed.response.mutable_merge() = std::move(merged->merge);
  return changed;
}

absl::StatusOr<Changed<v1::UnmergePartiesResponse>> UnmergeParties(
    const WriteCall& call, const v1::UnmergePartiesRequest& request) {
  auto parted = parties::UnmergeParties(call.transaction, call.environment, call.caller,
                                        request.absorbed(), request.reason());
  if (!parted.ok()) return parted.status();
  Changed<v1::UnmergePartiesResponse> changed;
  changed.resource = parted->absorbed.name();
  changed.also = parted->survivor.name();
  *changed.response.mutable_survivor() = std::move(parted->survivor);
  *changed.response.mutable_absorbed() = std::move(parted->absorbed);
  for (const std::string& field : parted->kept_fields) changed.response.add_kept_fields(field);
  return changed;
}

absl::StatusOr<v1::ListPartyMergesResponse> ListPartyMerges(
    const ReadCall& call, const v1::ListPartyMergesRequest& request) {
  auto page = parties::ListMerges(call.transaction, call.caller, request.survivor(), call.page);
  if (!page.ok()) return page.status();
  v1::ListPartyMergesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_merges(), answer);
  return answer;
}

absl::Status FindPartyDuplicates(const WorkCall& call,
                                 const v1::FindPartyDuplicatesRequest& request,
                                 Answer<v1::FindPartyDuplicatesResponse> answer) {
  auto counts =
      parties::FindPartyDuplicates(call.serving.store, call.serving.environment, call.caller,
                                   request.member(), [&] { return call.serving.streams->Check(); });
  if (!counts.ok()) return counts.status();
  v1::FindPartyDuplicatesResponse response;
  response.set_party_count(counts->parties);
  response.set_compared_count(counts->compared);
  response.set_suggested_count(counts->suggested);
  response.set_review_count(counts->review);
  response.set_new_count(counts->fresh);
  response.set_judged_count(counts->judged);
  response.set_left_out_block_count(counts->left_out_blocks);
  response.set_left_out_pair_count(counts->left_out_pairs);
  return answer(response);
}

absl::StatusOr<v1::ListPartyDuplicatesResponse> ListPartyDuplicates(
    const ReadCall& call, const v1::ListPartyDuplicatesRequest& request) {
  auto page = parties::ListPartyDuplicates(call.transaction, call.environment, call.caller,
                                           {request.member(), request.zone(), request.verdict()},
                                           call.page);
  if (!page.ok()) return page.status();
  v1::ListPartyDuplicatesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_duplicates(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::PartyDuplicate>> JudgePartyDuplicate(
    const WriteCall& call, const v1::JudgePartyDuplicateRequest& request) {
  auto judged = parties::JudgePartyDuplicate(
      call.transaction, call.environment, call.caller,
      {request.first(), request.second(), request.verdict(), request.reason()});
  if (!judged.ok()) return judged.status();
  Changed<v1::PartyDuplicate> changed{{}, judged->first(), judged->second()};
  changed.response = *std::move(judged);
  return changed;
}

absl::Status FindHouseholds(const WorkCall& call, const v1::FindHouseholdsRequest& request,
                            Answer<v1::FindHouseholdsResponse> answer) {
  return call.serving.store.Read([&](storage::ReadTransaction& transaction) {
    v1::FindHouseholdsResponse part;
    std::size_t bytes = 0;
    auto persons = parties::FindHouseholds(
        transaction, call.serving.environment, call.caller, request.member(),
        request.for_review_only(), [&] { return call.serving.streams->Check(); },
        [&](const v1::Household& household) {
          *part.add_households() = household;
          bytes += household.ByteSizeLong();
          if (bytes < kBytesOfMessage) return absl::OkStatus();
          auto status = answer(part);
          part.Clear();
          bytes = 0;
          return status;
        });
    if (!persons.ok()) return persons.status();
    part.set_person_count(*persons);
    return answer(part);
  });
}

absl::StatusOr<Changed<v1::HouseholdVeto>> VetoHousehold(const WriteCall& call,
                                                         const v1::VetoHouseholdRequest& request) {
  auto veto = parties::VetoHousehold(
      call.transaction, call.caller,
      {request.first(), request.second(), request.withdraw(), request.reason()});
  if (!veto.ok()) return veto.status();
  Changed<v1::HouseholdVeto> changed{{}, veto->first(), veto->second()};
  changed.response = *std::move(veto);
  return changed;
}

absl::StatusOr<v1::ListHouseholdVetoesResponse> ListHouseholdVetoes(
    const ReadCall& call, const v1::ListHouseholdVetoesRequest& request) {
  auto page =
      parties::ListHouseholdVetoes(call.transaction, call.caller, request.member(), call.page);
  if (!page.ok()) return page.status();
  v1::ListHouseholdVetoesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_vetoes(), answer);
  return answer;
}

absl::Status PreviewCleaning(const WorkCall& call, const v1::PreviewCleaningRequest& request,
                             Answer<v1::PreviewCleaningResponse> answer) {
  return call.serving.store.Read([&](storage::ReadTransaction& transaction) {
    v1::PreviewCleaningResponse part;
    std::size_t bytes = 0;
    auto count = parties::PreviewCleaning(
        transaction, call.serving.environment, call.caller, request.member(),
        {request.wordings().begin(), request.wordings().end()},
        [&] { return call.serving.streams->Check(); },
        [&](const v1::PartyCleaning& cleaning) {
          *part.add_cleanings() = cleaning;
          bytes += cleaning.ByteSizeLong();
          if (bytes < kBytesOfMessage) return absl::OkStatus();
          auto status = answer(part);
          part.Clear();
          bytes = 0;
          return status;
        });
    if (!count.ok()) return count.status();
    part.set_party_count(*count);
    return answer(part);
  });
}

coding::Kind KindOf(bool services) {
  return services ? coding::Kind::kService : coding::Kind::kItem;
}

absl::Status FindItemDuplicates(const WorkCall& call, const v1::FindItemDuplicatesRequest& request,
                                Answer<v1::FindItemDuplicatesResponse> answer) {
  auto counts = catalog::FindItemDuplicates(
      call.serving.store, call.serving.environment, call.caller, request.member(),
      KindOf(request.services()), [&] { return call.serving.streams->Check(); });
  if (!counts.ok()) return counts.status();
  v1::FindItemDuplicatesResponse response;
  response.set_item_count(counts->items);
  response.set_suggested_count(counts->suggested);
  response.set_review_count(counts->review);
  response.set_new_count(counts->fresh);
  response.set_judged_count(counts->judged);
  return answer(response);
}

absl::StatusOr<v1::ListItemDuplicatesResponse> ListItemDuplicates(
    const ReadCall& call, const v1::ListItemDuplicatesRequest& request) {
  auto page = catalog::ListItemDuplicates(
      call.transaction, call.caller,
      {request.member(), request.zone(), request.verdict(), KindOf(request.services())}, call.page);
  if (!page.ok()) return page.status();
  v1::ListItemDuplicatesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_duplicates(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::ItemDuplicate>> JudgeItemDuplicate(
    const WriteCall& call, const v1::JudgeItemDuplicateRequest& request) {
  auto judged = catalog::JudgeItemDuplicate(
      call.transaction, call.caller,
      {request.first(), request.second(), request.verdict(), request.reason()});
  if (!judged.ok()) return judged.status();
  Changed<v1::ItemDuplicate> changed{{}, judged->first(), judged->second()};
  changed.response = *std::move(judged);
  return changed;
}

}  // namespace

void AddLinkageMethods(MethodTable& methods) {
  methods.Read(&PreviewMergeParties);
  methods.Write(&MergeParties);
  methods.Write(&UnmergeParties);
  methods.Read(&ListPartyMerges);
  methods.Work(&FindPartyDuplicates);
  methods.Read(&ListPartyDuplicates);
  methods.Write(&JudgePartyDuplicate);
  methods.Work(&FindHouseholds);
  methods.Write(&VetoHousehold);
  methods.Read(&ListHouseholdVetoes);
  methods.Work(&PreviewCleaning);
  methods.Work(&FindItemDuplicates);
  methods.Read(&ListItemDuplicates);
  methods.Write(&JudgeItemDuplicate);
}

}  // namespace radyab::rpc
