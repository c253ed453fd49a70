// The bounds of rows and ranges that hold for every engine, and their refusals.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "registry/storage/store.h"

namespace radyab::storage {

// INVALID_ARGUMENT (LIMIT_EXCEEDED) unless `key` has 1 to kKeyBytesMax bytes.
absl::Status CheckKey(std::string_view key);
// INVALID_ARGUMENT (LIMIT_EXCEEDED) when `value` has more than kValueBytesMax bytes.
absl::Status CheckValue(std::string_view value);
// INVALID_ARGUMENT (LIMIT_EXCEEDED) when an end of `range` is longer than kKeyBytesMax + 1, which
// is what "just behind the longest key" needs.
absl::Status CheckRange(const KeyRange& range);
// Whether no key can lie in `range`.
bool IsEmptyRange(const KeyRange& range);

// RESOURCE_EXHAUSTED (STORE_FULL): `wanted` more bytes would pass the soft limit `bytes_max`.
absl::Status StoreFull(std::uint64_t wanted, std::uint64_t bytes_max);

}  // namespace radyab::storage
