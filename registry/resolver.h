// What a scanned or typed text leads to, over every kind of code.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/resolution.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

inline constexpr std::size_t kResolveTextBytesMax = 8192;
inline constexpr std::size_t kSupplierItemsMax = 50;

// `today` is the day (YYYY-MM-DD, UTC) against which expiry dates are held. NOT_FOUND when it leads
// nowhere the caller may see; INVALID_ARGUMENT (INVALID_CODE) with place and length when the text
// itself is wrong.
absl::StatusOr<v1::Resolution> Resolve(storage::ReadTransaction& transaction,
                                       const Environment& environment, const access::Caller& caller,
                                       std::string_view text, std::string_view today);

}  // namespace radyab
