// The row of a merge: what it changed, so that it can be taken back.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "registry/environment.h"
#include "registry/parties/party_facts.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// One merge that stands, opened.
struct MergeRow {
  coding::Code absorbed;
  coding::Code survivor;
  records::PartyMergeRecord record;  // its fact_changes as they lie sealed
  records::FactChanges changes;      // the same opened; none when the survivor was erased
};

// Nothing when the party is not merged, or was before merges were kept.
absl::StatusOr<std::optional<MergeRow>> ReadMerge(storage::ReadTransaction& transaction,
                                                  const Environment& environment,
                                                  coding::Code absorbed);
// Seals the changes with the survivor's key and writes the row.
absl::Status WriteMerge(storage::WriteTransaction& transaction, const Environment& environment,
                        const MergeRow& row);
// The merges into `survivor` after the commit `sequence`, in their order.
absl::StatusOr<std::vector<MergeRow>> MergesAfter(storage::ReadTransaction& transaction,
                                                  const Environment& environment,
                                                  coding::Code survivor, std::uint64_t sequence);

// What leads from one to the other.
records::FactChanges ChangesBetween(const Facts& before, const Facts& after);
// Takes the changes back where the facts still are as they left them; the names of the others, that
// were changed since, go into `kept`.
void TakeBack(const records::FactChanges& changes, Facts& facts, std::set<std::string>& kept);

}  // namespace radyab::parties
