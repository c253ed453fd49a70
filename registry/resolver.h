// What a scanned or typed text leads to, over every kind of code.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "coding/civil_date.h"
#include "radyab/v1/resolution.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

inline constexpr std::size_t kResolveTextBytesMax = 8192;
inline constexpr std::size_t kSupplierItemsMax = 50;

// What the caller's role may read beside the catalogue. Resolving shows a role no more than the
// methods that read these things would: the rest leads nowhere.
struct ReadableKinds {
  bool parties = false;
  bool cases = false;
  bool trace = false;  // containers, and what is known of a lot or unit
};

// `today` is the day (UTC) against which expiry dates are held. NOT_FOUND when it leads
// nowhere the caller may see; INVALID_ARGUMENT (INVALID_CODE) with place and length when the text
// itself is wrong.
absl::StatusOr<v1::Resolution> Resolve(storage::ReadTransaction& transaction,
                                       const Environment& environment, const access::Caller& caller,
                                       const ReadableKinds& readable, std::string_view text,
                                       const coding::CivilDate& today);

}  // namespace radyab
