// The texts of a party brought into one form: told step by step before anything is changed.
#pragma once

#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "radyab/v1/linkage.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/linkage/cleaning.h"
#include "registry/storage/store.h"

namespace radyab::parties {

inline constexpr int kValueWordingsMax = 2'000;

// The rules for parties: blanks everywhere, digits of postcode, house number and flat in ASCII, and
// the lists. INVALID_FIELD under "wordings[N]" for a field that has no list, a value without letter
// or digit, and too many of them.
absl::StatusOr<linkage::CleaningRules> RulesFor(const std::vector<v1::ValueWordings>& wordings);

// What the rules would change in one party. Without steps and unmapped values there is nothing to
// do. Thread safe.
v1::PartyCleaning CleanParty(const v1::Party& party, const linkage::CleaningRules& rules);

// Visits what cleaning would change, party by party, in order of codes; those without anything are
// left out. Answers how many were looked at. `check` is asked now and then whether to go on.
absl::StatusOr<std::int64_t> PreviewCleaning(
    storage::ReadTransaction& transaction, const Environment& environment,
    const access::Caller& caller, std::string_view member,
    const std::vector<v1::ValueWordings>& wordings, absl::FunctionRef<absl::Status()> check,
    absl::FunctionRef<absl::Status(const v1::PartyCleaning&)> visit);

}  // namespace radyab::parties
