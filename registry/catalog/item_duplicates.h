// Items, and services, that may be registered twice: looked for when they are registered or
// renamed, judged by people. Where it says item below, two services are compared in the same way
// (compared_entry.h); an item and a service never are.
//
// Candidates are the items whose folded names stand next to a name in the order of all names
// (sorted neighbourhood; M. A. Hernandez and S. J. Stolfo, "The Merge/Purge Problem for Large
// Databases", 1995): as many rows are read for one item as for another, however many there are.
// What stands far away in that order, because the names begin differently, is found when both have
// a word that hardly any other name has (registry/search/rare_words.h).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "radyab/v1/linkage.pb.h"
#include "registry/access/caller.h"
#include "registry/code_pair.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

inline constexpr std::size_t kNameNeighbours = 32;          // names looked at on each side of one
inline constexpr std::size_t kAlikePairsMax = 5;            // kept of one item, the likeliest
inline constexpr std::size_t kItemPairScanRowsMax = 2'000;  // rows one page of the list looks at

// Two items of one member.
struct ItemPair {
  MemberId owner = MemberId::kRegistry;
  CodePair codes;
  double likeness = 0;
};

// The active items of the same member that are most like `item` (kReviewLikeness or more), the
// likeliest first, at most kAlikePairsMax: of those whose names stand next to its own and those
// that share a rare word with it. `item` need not be stored yet. None for a generic item.
absl::StatusOr<std::vector<ItemPair>> AlikeItems(storage::ReadTransaction& transaction,
                                                 const Environment& environment,
                                                 const v1::Item& item);
// The same of the stored item with this code; none when it is not active.
// `sharers` are the numbers of the codes, and of others, that share a rare word with it.
absl::StatusOr<std::vector<ItemPair>> AlikeItemsOf(storage::ReadTransaction& transaction,
                                                   coding::Code code,
                                                   const std::set<std::uint64_t>& sharers);
// ALREADY_EXISTS (SIMILAR_EXISTS), naming the item most like it, when there is one.
absl::Status CheckNothingAlike(storage::ReadTransaction& transaction,
                               const Environment& environment, const v1::Item& item);

enum class PairKept { kNew, kAgain, kJudged, kGone };
// Puts the pair into the queue. One that was judged stays judged; one of which an item is not
// active any more is left out.
absl::StatusOr<PairKept> KeepItemPair(storage::WriteTransaction& transaction, const ItemPair& pair);

// What a search came to.
struct ItemDuplicateCounts {
  std::int64_t items = 0;
  std::int64_t suggested = 0;
  std::int64_t review = 0;
  std::int64_t fresh = 0;
  std::int64_t judged = 0;
};

// Looks at all active items, or services, of a member (`members/00017`; empty: the caller's), some
// hundred on one snapshot, and keeps what it finds; open pairs that are alike no more go. `check`
// is asked now and then whether to go on. Runs on the calling thread.
absl::StatusOr<ItemDuplicateCounts> FindItemDuplicates(storage::Store& store,
                                                       const Environment& environment,
                                                       const access::Caller& caller,
                                                       std::string_view member, coding::Kind kind,
                                                       absl::FunctionRef<absl::Status()> check);

// What a list of pairs is narrowed to.
struct ItemPairFilter {
  std::string member;
  v1::DuplicateZone zone = v1::DUPLICATE_ZONE_UNSPECIFIED;
  v1::DuplicateVerdict verdict = v1::DUPLICATE_VERDICT_UNSPECIFIED;  // OPEN
  coding::Kind kind = coding::Kind::kItem;                           // or kService
};

// In order of their codes. A page looks at no more than kItemPairScanRowsMax rows: it may be short
// and have a `next`.
absl::StatusOr<Page<v1::ItemDuplicate>> ListItemDuplicates(storage::ReadTransaction& transaction,
                                                           const access::Caller& caller,
                                                           const ItemPairFilter& filter,
                                                           const PageRequest& page);

// What a person said of two items, in any order.
struct ItemJudgement {
  std::string first;
  std::string second;
  v1::DuplicateVerdict verdict = v1::DUPLICATE_VERDICT_UNSPECIFIED;
  std::string reason;
};
absl::StatusOr<v1::ItemDuplicate> JudgeItemDuplicate(storage::WriteTransaction& transaction,
                                                     const access::Caller& caller,
                                                     const ItemJudgement& judgement);

}  // namespace radyab::catalog
