// What a scanned or typed text leads to, over every kind of code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/civil_date.h"
#include "registry/access/caller.h"
#include "registry/coded_thing.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

inline constexpr std::size_t kResolveTextBytesMax = 8192;
inline constexpr std::size_t kSupplierItemsMax = 50;

// When the question is asked.
struct ResolveMoment {
  coding::CivilDate today;  // UTC; against it expiry dates are held
  std::int64_t now_us = 0;  // against it reservations are
};

// The answer as the bytes of a v1::Resolution: items and services are passed on as they are stored.
// NOT_FOUND when it leads nowhere the caller may see; INVALID_ARGUMENT (INVALID_CODE) with place
// and length when the text itself is wrong; either with the codes that may have been meant
// (mistyped_code.h).
absl::StatusOr<std::string> ResolveToBytes(storage::ReadTransaction& transaction,
                                           const Environment& environment,
                                           const access::Caller& caller,
                                           const ReadableKinds& readable, std::string_view text,
                                           const ResolveMoment& moment);

}  // namespace radyab
