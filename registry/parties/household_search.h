// Persons of a member who live together, and who does not whatever they share.
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

inline constexpr int kHouseholdShownMax = 100;  // members, and ties, of one household in an answer

// Visits the households among the active persons of a member (`members/00017`; empty: the caller's)
// in order of their first member's code; with `for_review_only` those that are too large to be one.
// Answers how many persons were looked at. A visitor that refuses ends it.
absl::StatusOr<std::int64_t> FindHouseholds(
    storage::ReadTransaction& transaction, const Environment& environment,
    const access::Caller& caller, std::string_view member, bool for_review_only,
    absl::FunctionRef<absl::Status()> check,
    absl::FunctionRef<absl::Status(const v1::Household&)> visit);

// That two persons, in any order, are not of one household; `withdraw` takes it back.
struct VetoWanted {
  std::string first;
  std::string second;
  bool withdraw = false;
  std::string reason;
};
absl::StatusOr<v1::HouseholdVeto> VetoHousehold(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const VetoWanted& wanted);
absl::StatusOr<Page<v1::HouseholdVeto>> ListHouseholdVetoes(storage::ReadTransaction& transaction,
                                                            const access::Caller& caller,
                                                            std::string_view member,
                                                            const PageRequest& page);

}  // namespace radyab::parties
