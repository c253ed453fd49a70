// A backup of a running registry.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "radyab/v1/maintenance.pb.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {

// Takes the next bytes; not OK ends the backup with that status.
using BackupSink = absl::FunctionRef<absl::Status(std::string_view bytes)>;

// Writes the file `rows` (backup_rows.h) of one snapshot and answers its manifest. The snapshot
// shows every change that was answered before the call, and lasts until the end of it; changes go
// on, and the data file grows while they do. DATA_LOSS (CORRUPT_RECORD) when a checksum does not
// agree or rows are missing: then there is no backup.
absl::StatusOr<v1::BackupManifest> WriteBackup(storage::Store& store, std::string_view version,
                                               BackupSink sink);

}  // namespace radyab::upkeep
