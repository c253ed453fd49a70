// What a registry remembers of its last backup: a row of its own, so that a restart forgets
// nothing. The row is written once a backup was sent, so no backup knows of itself; and a restored
// registry does not take it over, since what it tells of is no backup of that registry.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {

struct LastBackup {
  std::uint64_t commit_sequence = 0;  // the last change it holds
  std::int64_t snapshot_time_us = 0;  // microseconds UTC
};

// Nothing when none was taken since the registry was made or restored.
absl::StatusOr<std::optional<LastBackup>> LastBackupOf(storage::ReadTransaction& transaction);
// No call of a client, so no audit row.
absl::Status NoteBackup(storage::WriteTransaction& transaction, const LastBackup& backup);
// Whether `key` is that row's.
bool IsBackupNote(std::string_view key);

}  // namespace radyab::upkeep
