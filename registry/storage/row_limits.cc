#include "registry/storage/row_limits.h"

#include <algorithm>
#include <string>

#include "registry/reason.h"

namespace radyab::storage {
namespace {

absl::Status TooLong(std::string_view what, std::size_t bytes, std::size_t bytes_max) {
  const std::string limit = std::to_string(bytes_max);
  return Refuse(absl::StatusCode::kInvalidArgument, Reason::kLimitExceeded,
                std::string(what) + " of " + std::to_string(bytes) + " bytes, at most " + limit,
                {{"limit", limit}});
}

}  // namespace

absl::Status CheckKey(std::string_view key) {
  if (key.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, Reason::kLimitExceeded,
                  "empty key, want at least one byte", {{"limit", "1"}});
  }
  if (key.size() > kKeyBytesMax) return TooLong("key", key.size(), kKeyBytesMax);
  return absl::OkStatus();
}

absl::Status CheckValue(std::string_view value) {
  if (value.size() > kValueBytesMax) return TooLong("value", value.size(), kValueBytesMax);
  return absl::OkStatus();
}

absl::Status CheckRange(const KeyRange& range) {
  const std::size_t longest = std::max(range.begin.size(), range.end.size());
  if (longest <= kKeyBytesMax + 1) return absl::OkStatus();
  return TooLong("end of a key range", longest, kKeyBytesMax + 1);
}

bool IsEmptyRange(const KeyRange& range) { return !range.end.empty() && range.end <= range.begin; }

absl::Status StoreFull(std::uint64_t wanted, std::uint64_t bytes_max) {
  const std::string limit = std::to_string(bytes_max);
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kStoreFull,
                "the store is full: " + std::to_string(wanted) + " more bytes pass its limit of " +
                    limit + " bytes",
                {{"limit", limit}});
}

}  // namespace radyab::storage
