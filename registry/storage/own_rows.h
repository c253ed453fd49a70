// The rows the store keeps for itself: which schema its rows have, the last commit, and the number
// of its log.
//
// Payloads are in the wire form of registry/records/records.proto MetaRecord (protobuf encoding
// guide, "Base 128 Varints"), written here by hand so that storage needs no messages.
#pragma once

#include <cstdint>
#include <optional>
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

struct OwnRow {
  std::string key;
  std::string value;
};

// The stamp after `last` when the clock says `now_us`: both of its parts are greater.
CommitStamp NextStamp(const CommitStamp& last, std::int64_t now_us);

// The last commit; all zero in a new store. DATA_LOSS (CORRUPT_RECORD) when the row does not agree.
absl::StatusOr<CommitStamp> ReadCommitStamp(ReadTransaction& transaction);
OwnRow CommitStampRow(const CommitStamp& stamp);
// Whether `key` is the row of the last commit.
bool IsCommitStamp(std::string_view key);
// Whether the store keeps the row `key` for itself: nobody else writes it.
bool IsOwnRow(std::string_view key);

// The number every checksum of the store's log begins with; nothing in a store that never had a
// log.
absl::StatusOr<std::optional<std::uint64_t>> ReadLogId(ReadTransaction& transaction);
OwnRow LogIdRow(std::uint64_t log_id);

OwnRow SchemaVersionRow();
// FAILED_PRECONDITION unless the store has kSchemaVersion; `place` names the store in the message.
absl::Status CheckSchemaVersion(ReadTransaction& transaction, std::string_view place);

}  // namespace radyab::storage
