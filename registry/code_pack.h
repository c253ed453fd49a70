// Code packs: the catalogue as a site needs it to answer scans without a network
// (radyab/v1/code_pack.proto). Items, services and the numbers that lead to them; never a party, a
// case or an event.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "radyab/v1/code_pack.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab {

// How long a site may answer from a pack.
inline constexpr std::int64_t kPackGoodUs = std::int64_t{14} * 24 * 3600 * 1'000'000;

// A bucket that somebody holds.
struct HeldBucket {
  std::uint64_t number = 0;
  std::uint64_t digest = 0;  // its first 8 bytes, the highest first
};

// What a pack is made of, beside its buckets.
struct PackSums {
  std::int64_t entry_count = 0;
  std::string digest;  // SHA-256, 32 bytes; see v1::CodePack
};

// The bucket in which a code of an item or service lies; see v1::PackBucket.
std::uint64_t PackBucketNumber(coding::Code code);

// SHA-256 of a bucket, 32 bytes.
std::string PackBucketDigest(const v1::PackBucket& bucket);

// Walks the whole catalogue as `member` may see it and hands over the buckets that are not held so,
// in order of their numbers; those that are held and are no more come without entries. `held` is in
// rising order. One bucket at a time is in memory.
absl::StatusOr<PackSums> WritePack(storage::ReadTransaction& transaction, MemberId member,
                                   const std::vector<HeldBucket>& held,
                                   absl::FunctionRef<absl::Status(const v1::PackBucket&)> changed);

}  // namespace radyab
