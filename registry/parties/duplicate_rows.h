// The rows of pairs that may be one customer.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::parties {

// Two parties of one member, the smaller code first.
struct PartyPair {
  coding::Code first;
  coding::Code second;

  friend auto operator<=>(const PartyPair&, const PartyPair&) = default;
};
PartyPair PairOf(coding::Code one, coding::Code other);

absl::StatusOr<std::optional<records::DuplicatePairRecord>> ReadPair(
    storage::ReadTransaction& transaction, MemberId owner, const PartyPair& pair);
// Writes the row of the pair, and its place in the order of likelihood while it is open and was
// found; takes away its place of before.
absl::Status WritePair(storage::WriteTransaction& transaction, MemberId owner,
                       const PartyPair& pair, records::DuplicatePairRecord record);
// Takes both rows away; a pair that has none is no error.
absl::Status ForgetPair(storage::WriteTransaction& transaction, MemberId owner, coding::Code one,
                        coding::Code other);

}  // namespace radyab::parties
