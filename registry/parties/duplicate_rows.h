// The rows of pairs that may be one customer.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "registry/code_pair.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::parties {

absl::StatusOr<std::optional<records::DuplicatePairRecord>> ReadPair(
    storage::ReadTransaction& transaction, MemberId owner, const CodePair& pair);
// Writes the row of the pair, and its place in the order of likelihood while it is open and was
// found; takes away its place of before.
absl::Status WritePair(storage::WriteTransaction& transaction, MemberId owner, const CodePair& pair,
                       records::DuplicatePairRecord record);
// Takes both rows away; a pair that has none is no error.
absl::Status ForgetPair(storage::WriteTransaction& transaction, MemberId owner, coding::Code one,
                        coding::Code other);

}  // namespace radyab::parties
