// The two rows the store keeps for itself: which schema its rows have, and the last commit.
//
// Payloads are in the wire form of registry/records/records.proto MetaRecord (protobuf encoding
// guide, "Base 128 Varints"), written here by hand so that storage needs no messages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/store.h"

namespace radyab::storage {

// Grows when rows of an older program would be misread.
inline constexpr std::uint64_t kSchemaVersion = 1;

// Number and time of one committed body.
struct CommitStamp {
  std::uint64_t sequence = 0;
  std::int64_t record_time_us = 0;
  friend bool operator==(const CommitStamp&, const CommitStamp&) = default;
};

// The stamp after `last` when the clock says `now_us`: both of its parts are greater.
CommitStamp NextStamp(const CommitStamp& last, std::int64_t now_us);

// The last commit; all zero in a new store. DATA_LOSS (CORRUPT_RECORD) when the row does not agree.
absl::StatusOr<CommitStamp> ReadCommitStamp(ReadTransaction& transaction);
absl::Status PutCommitStamp(WriteTransaction& transaction, const CommitStamp& stamp);

absl::Status PutSchemaVersion(WriteTransaction& transaction);
// FAILED_PRECONDITION unless the store has kSchemaVersion; `place` names the store in the message.
absl::Status CheckSchemaVersion(ReadTransaction& transaction, std::string_view place);

}  // namespace radyab::storage
