// What a scanned or typed text leads to, over every kind of code.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "coding/civil_date.h"
#include "registry/access/caller.h"
#include "registry/coded_thing.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

inline constexpr std::size_t kResolveTextBytesMax = 8192;
inline constexpr std::size_t kSupplierItemsMax = 50;

// The answer as the bytes of a v1::Resolution: items and services are passed on as they are stored.
// `today` is the day (UTC) against which expiry dates are held. NOT_FOUND when it leads
// nowhere the caller may see; INVALID_ARGUMENT (INVALID_CODE) with place and length when the text
// itself is wrong.
absl::StatusOr<std::string> ResolveToBytes(storage::ReadTransaction& transaction,
                                           const Environment& environment,
                                           const access::Caller& caller,
                                           const ReadableKinds& readable, std::string_view text,
                                           const coding::CivilDate& today);

}  // namespace radyab
