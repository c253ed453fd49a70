// SSCCs of a member's own GS1 company prefix, durable, never given twice.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/access/caller.h"
#include "registry/storage/store.h"

namespace radyab::trace {

inline constexpr int kSsccsMax = 1000;  // in one call

// `member`: `members/00017` or empty; `extension_digit`: "0".."9" or empty.
absl::StatusOr<std::vector<std::string>> MintSscc(storage::WriteTransaction& transaction,
                                                  const access::Caller& caller,
                                                  std::string_view member, int count,
                                                  std::string_view extension_digit);

}  // namespace radyab::trace
