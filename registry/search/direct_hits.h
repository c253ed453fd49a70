// What a query leads to when it is a code or an identifier of another scheme.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/search/row_budget.h"
#include "registry/search/thing.h"
#include "registry/storage/store.h"

namespace radyab::search {

// Each thing with the alias that led to it, if one did; at most `count_max`. Of a GTIN the generic
// item and the suppliers' items. Parties only for those who may read them.
absl::StatusOr<std::map<Thing, std::optional<v1::Alias>>> DirectHits(
    storage::ReadTransaction& transaction, const Environment& environment,
    const access::Caller& caller, bool parties_readable, std::optional<MemberId> member,
    std::string_view query, std::size_t count_max, RowBudget& budget);

}  // namespace radyab::search
