// The history of a case: one row for every transition and every answer, its words sealed.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "radyab/v1/case.pb.h"
#include "registry/access/caller.h"
#include "registry/cases/case_row.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::cases {

// Appends `entry` (kind and what belongs to it; its reason is sealed): number, time and actor are
// set here. Counts it in `found.record`, which the caller writes.
absl::Status AddTimelineEntry(storage::WriteTransaction& transaction,
                              const Environment& environment, const access::Caller& caller,
                              FoundCase& found, v1::TimelineEntry entry);

// Appends an answer with its text sealed and counts it in `found.record`. RESOURCE_EXHAUSTED
// (LIMIT_EXCEEDED) beyond kResponsesMax.
absl::StatusOr<v1::Response> AddResponse(storage::WriteTransaction& transaction,
                                         const Environment& environment, FoundCase& found,
                                         std::string_view text);

// Notes on the last answer that the complainant was told, and how. FAILED_PRECONDITION
// (ILLEGAL_TRANSITION) when there is none.
absl::Status MarkCommunicated(storage::WriteTransaction& transaction, const FoundCase& found,
                              v1::CaseChannel channel);

}  // namespace radyab::cases
