// Reads a whole store and tells all damage it can see.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "radyab/v1/maintenance.pb.h"
#include "registry/storage/store.h"
#include "registry/upkeep/row_count.h"

namespace radyab::upkeep {

// A scrub that has found so much stops.
inline constexpr std::uint64_t kFindingsMax = 10'000;

// Told of each finding; not OK ends the scrub with that status.
using Found = absl::FunctionRef<absl::Status(const v1::ScrubFinding& finding)>;

// First the pages of the data file, where the engine has one: a single bit of a branch page can
// make rows look as if they had never been. When they are sound, every row (row_check.h) in short
// snapshots, while changes go on. Answers a failure of the store; damage is no failure.
absl::StatusOr<v1::ScrubSummary> Scrub(storage::Store& store, Found found, Progress progress);

// The same for a stopped registry's folder. Its data file is looked at before it is opened.
absl::StatusOr<v1::ScrubSummary> ScrubFolder(const std::string& folder, Found found,
                                             Progress progress);

}  // namespace radyab::upkeep
