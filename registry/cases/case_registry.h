// Cases: opened, advanced stage by stage, answered, followed by tracking code and token.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/case.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::cases {

inline constexpr std::size_t kSubjectsMax = 20;
inline constexpr std::size_t kResponsesMax = 100;     // of one case; they bound its timeline too
inline constexpr std::size_t kTextBytesMax = 58'000;  // narrative, response: sealed in one row
inline constexpr std::size_t kOwnerCharactersMax = 200;
inline constexpr std::size_t kDeliveryIdCharactersMax = 200;
inline constexpr std::size_t kListScanRowsMax = 2'000;  // index rows one page of ListCases looks at
inline constexpr std::size_t kListBytesMax = 1'000'000;    // a page ends when it holds so many
inline constexpr std::size_t kTextCharactersMax = 20'000;  // narrative, response
inline constexpr std::size_t kReasonCharactersMax = 2'000;
inline constexpr std::size_t kTokenBytes = 10;  // 80 bits, 16 letters of base 32

// Drawn before the body.
struct FreshCaseSecrets {
  std::string seal_key;  // access::kFreshKeyBytes
  std::string token;     // kTokenBytes
};

struct OpenedCase {
  v1::Case opened;
  std::string token;  // for the complainant; kept only as a keyed hash
};

absl::StatusOr<OpenedCase> CreateCase(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Case& wanted, const FreshCaseSecrets& fresh);
// `name` is `cases/CODE`.
absl::StatusOr<v1::Case> GetCase(storage::ReadTransaction& transaction,
                                 const Environment& environment, const access::Caller& caller,
                                 std::string_view name);

// What a list is narrowed to; empty fields narrow nothing.
struct CaseFilter {
  std::string member;
  std::string subject;
  std::string complainant_party;
  v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
};
// Oldest first. By `subject` also cases of other members about codes the member owns; by
// `complainant_party` only cases the caller sees in full; not both (INVALID_FIELD). A page looks at
// no more than kListScanRowsMax index rows and ends when it holds kListBytesMax: with a filter it
// may be short, even empty, and still have a `next`.
absl::StatusOr<Page<v1::Case>> ListCases(storage::ReadTransaction& transaction,
                                         const Environment& environment,
                                         const access::Caller& caller, const CaseFilter& filter,
                                         const PageRequest& page);

// A wanted step.
struct CaseStep {
  std::string name;
  v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
  std::string reason;
  std::string owner;
  std::string delivery_id;
  v1::CaseChannel channel = v1::CASE_CHANNEL_UNSPECIFIED;
  std::string etag;
};
absl::StatusOr<v1::Case> AdvanceCase(storage::WriteTransaction& transaction,
                                     const Environment& environment, const access::Caller& caller,
                                     const CaseStep& step);

struct DraftedResponse {
  v1::Case drafted_in;
  v1::Response response;
};
absl::StatusOr<DraftedResponse> DraftResponse(storage::WriteTransaction& transaction,
                                              const Environment& environment,
                                              const access::Caller& caller, std::string_view name,
                                              std::string_view text, std::string_view etag);

absl::StatusOr<Page<v1::Response>> ListResponses(storage::ReadTransaction& transaction,
                                                 const Environment& environment,
                                                 const access::Caller& caller,
                                                 std::string_view name, const PageRequest& page);
absl::StatusOr<Page<v1::TimelineEntry>> ListTimeline(storage::ReadTransaction& transaction,
                                                     const Environment& environment,
                                                     const access::Caller& caller,
                                                     std::string_view name,
                                                     const PageRequest& page);

// The public page. A wrong code, a wrong token and a missing case answer the same NOT_FOUND.
absl::StatusOr<v1::CaseStatus> TrackCase(storage::ReadTransaction& transaction,
                                         const Environment& environment, std::string_view code,
                                         std::string_view token);

}  // namespace radyab::cases
