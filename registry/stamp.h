// What every changed resource is stamped with: times and an etag.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/timestamp.pb.h"
#include "registry/storage/store.h"

namespace radyab {

// Microseconds since the epoch (UTC) to and from the API's time.
google::protobuf::Timestamp TimestampOf(std::int64_t time_us);
std::int64_t MicrosOf(const google::protobuf::Timestamp& time);

// The etag of what this transaction writes: its commit sequence in hex.
std::string EtagOf(const storage::WriteTransaction& transaction);
// ABORTED (STALE_ETAG) when `wanted` is given and differs from `present`.
absl::Status CheckEtag(std::string_view wanted, std::string_view present,
                       std::string_view resource);

// Sets update_time and etag of a resource, create_time too while it has none.
template <class Resource>
void Stamp(const storage::WriteTransaction& transaction, Resource& resource) {
  const auto now = TimestampOf(transaction.record_time_us());
  if (!resource.has_create_time()) *resource.mutable_create_time() = now;
  *resource.mutable_update_time() = now;
  resource.set_etag(EtagOf(transaction));
}

}  // namespace radyab
