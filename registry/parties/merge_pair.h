// The two parties of a merge, read and checked.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "registry/parties/party_change.h"
#include "registry/parties/party_facts.h"
#include "registry/parties/party_merge.h"

namespace radyab::parties {

struct MergePair {
  OpenedParty survivor;
  OpenedParty absorbed;
  MergeRule rule = {};
  Facts survivor_facts = {};
  Facts absorbed_facts = {};
  Facts merged_facts = {};
  std::vector<v1::IdentifierConflict> conflicts = {};
  std::vector<records::AliasRecord> absorbed_aliases = {};  // live
  std::vector<coding::Code> absorbed_group = {};            // see MergeGroup
};

// Both parties as the transaction has them, and what the merge would make of them. Refuses whatever
// MergeParties refuses, but conflicts and old versions.
absl::StatusOr<MergePair> ReadMergePair(storage::ReadTransaction& transaction,
                                        const Environment& environment,
                                        const access::Caller& caller, const MergeWanted& wanted);

}  // namespace radyab::parties
