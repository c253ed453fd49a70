// The queue of parties that may be one customer: found beside the calls, judged by people.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "radyab/v1/linkage.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::parties {

inline constexpr std::size_t kDuplicatePairsMax = 100'000;   // of a member; the likeliest are kept
inline constexpr std::size_t kDuplicateScanRowsMax = 2'000;  // rows one page of the list looks at

// What a search came to.
struct DuplicateCounts {
  std::int64_t parties = 0;
  std::int64_t compared = 0;
  std::int64_t suggested = 0;  // open pairs
  std::int64_t review = 0;
  std::int64_t fresh = 0;   // of both, not known before
  std::int64_t judged = 0;  // found again, and judged to be two
  std::int64_t left_out_blocks = 0;
  std::int64_t left_out_pairs = 0;
};

// Compares the active parties of a member (`members/00017`; empty: the caller's) on one snapshot
// and then keeps what it found, some hundred pairs a change. Open pairs that are not found any more
// go. `check` is asked now and then whether to go on. Runs on the calling thread, some seconds
// for 20,000 parties.
absl::StatusOr<DuplicateCounts> FindPartyDuplicates(storage::Store& store,
                                                    const Environment& environment,
                                                    const access::Caller& caller,
                                                    std::string_view member,
                                                    absl::FunctionRef<absl::Status()> check);

// What a list of pairs is narrowed to.
struct DuplicateFilter {
  std::string member;
  v1::DuplicateZone zone = v1::DUPLICATE_ZONE_UNSPECIFIED;
  v1::DuplicateVerdict verdict = v1::DUPLICATE_VERDICT_UNSPECIFIED;  // OPEN
};

// A page looks at no more than kDuplicateScanRowsMax rows: it may be short and have a `next`.
absl::StatusOr<Page<v1::PartyDuplicate>> ListPartyDuplicates(storage::ReadTransaction& transaction,
                                                             const Environment& environment,
                                                             const access::Caller& caller,
                                                             const DuplicateFilter& filter,
                                                             const PageRequest& page);

// What a person said of two parties, in any order.
struct DuplicateJudgement {
  std::string first;
  std::string second;
  v1::DuplicateVerdict verdict = v1::DUPLICATE_VERDICT_UNSPECIFIED;
  std::string reason;
};
absl::StatusOr<v1::PartyDuplicate> JudgePartyDuplicate(storage::WriteTransaction& transaction,
                                                       const Environment& environment,
                                                       const access::Caller& caller,
                                                       const DuplicateJudgement& judgement);

}  // namespace radyab::parties
