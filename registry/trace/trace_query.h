// Questions about custody. Every one reads rows in proportion to its answer, by index.
//
// Who sees what: a caller sees the rows of his own member's parties, and his direct partners
// (members that goods passed to or from) as those members' own parties, quantities summed; what is
// beyond is summed into rows without a party.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/trace.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::trace {

// A trace that would look at more units, or steps and containers, than this answers
// RESOURCE_EXHAUSTED (LIMIT_EXCEEDED).
inline constexpr std::size_t kTraceUnitsMax = 1'000'000;
inline constexpr std::size_t kListedMax = 100;  // units and containers named in one TraceHolder

// `objects` are object words as the caller gave them.
absl::StatusOr<v1::Event> GetEvent(storage::ReadTransaction& transaction,
                                   const access::Caller& caller, std::string_view name);
absl::StatusOr<Page<v1::Event>> ListEvents(storage::ReadTransaction& transaction,
                                           const access::Caller& caller, std::string_view object,
                                           const PageRequest& page);
absl::StatusOr<Page<v1::Custody>> GetCustody(storage::ReadTransaction& transaction,
                                             const access::Caller& caller, std::string_view object,
                                             const PageRequest& page);
absl::StatusOr<Page<v1::Content>> ListContents(storage::ReadTransaction& transaction,
                                               const access::Caller& caller,
                                               std::string_view container, const PageRequest& page);
absl::StatusOr<Page<v1::TraceHolder>> TraceForward(storage::ReadTransaction& transaction,
                                                   const access::Caller& caller,
                                                   std::string_view object,
                                                   const PageRequest& page);

// The way back and where it began.
struct WayBack {
  Page<v1::TraceStep> steps;
  std::string supplier_party;
  std::vector<std::string> supplier_parties;
};
absl::StatusOr<WayBack> TraceBack(storage::ReadTransaction& transaction,
                                  const access::Caller& caller, std::string_view object,
                                  const PageRequest& page, std::size_t steps_max = kTraceUnitsMax);
absl::StatusOr<Page<v1::Delivery>> ListDeliveries(storage::ReadTransaction& transaction,
                                                  const access::Caller& caller,
                                                  std::string_view party, const PageRequest& page);

// What the resolver says of a lot, unit or container; all empty when the trace does not know it or
// the caller may not see it. `supplier` is a party code.
struct TraceFacts {
  bool known = false;
  std::string production_date;
  std::string expiry_date;
  std::string lot;  // of a unit
  std::string supplier;
};
absl::StatusOr<TraceFacts> FactsOf(storage::ReadTransaction& transaction,
                                   const access::Caller& caller, std::string_view object);

}  // namespace radyab::trace
