// Two parties made one, and parted again.
//
// A merge is a row under the absorbed code that says what it changed: what the survivor says,
// fact by fact, and which aliases moved. Cases, deliveries and goods stay where they are; whoever
// asks for those of the survivor reads them through its group (merge_group.h). Why:
// docs/decisions/2026-11-26-party-merge.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/linkage.pb.h"
#include "radyab/v1/party.pb.h"
#include "registry/access/caller.h"
#include "registry/catalog/life.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// Cases and deliveries are counted up to so many by a preview.
inline constexpr std::size_t kPreviewCountMax = 10'000;

// A merge as it was asked for.
struct MergeWanted {
  std::string survivor;  // names or codes as the caller gave them
  std::string absorbed;
  std::vector<std::string> take_from_absorbed;
  std::string reason;
  bool despite_conflicts = false;
  std::string survivor_etag;
  std::string absorbed_etag;
  // What the caller's request calls the two.
  std::string survivor_field = "survivor";
  std::string absorbed_field = "absorbed";
};

struct Merged {
  v1::Party survivor;
  v1::PartyMerge merge;
};

// Refusals: LinkageService.MergeParties.
absl::StatusOr<v1::MergePreview> PreviewMerge(storage::ReadTransaction& transaction,
                                              const Environment& environment,
                                              const access::Caller& caller,
                                              const MergeWanted& wanted);
absl::StatusOr<Merged> MergeParties(storage::WriteTransaction& transaction,
                                    const Environment& environment, const access::Caller& caller,
                                    const MergeWanted& wanted);

struct Unmerged {
  v1::Party survivor;
  v1::Party absorbed;
  std::vector<std::string> kept_fields;  // changed at the survivor since, so they stay
};

// Both parties as they would be without the merge: later merges into the survivor are taken back
// too and done again, without what only the parted one said.
absl::StatusOr<Unmerged> UnmergeParties(storage::WriteTransaction& transaction,
                                        const Environment& environment,
                                        const access::Caller& caller, std::string_view absorbed,
                                        const std::string& reason);

// The merges into `survivor` that stand, in their order.
absl::StatusOr<Page<v1::PartyMerge>> ListMerges(storage::ReadTransaction& transaction,
                                                const access::Caller& caller,
                                                std::string_view survivor, const PageRequest& page);

// catalog::ChangeLifeState; MERGED of a party is MergeParties.
absl::StatusOr<catalog::LifeOutcome> ChangeLife(storage::WriteTransaction& transaction,
                                                const Environment& environment,
                                                const access::Caller& caller,
                                                const catalog::LifeChange& change);

}  // namespace radyab::parties
