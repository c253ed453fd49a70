// A registry made from a backup.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "radyab/v1/maintenance.pb.h"

namespace radyab::upkeep {

inline constexpr char kManifestFile[] = "MANIFEST";
inline constexpr char kRowsFile[] = "rows";
// Noted beside a backup, one line a restore: the generation it began. The next restore from the
// same backup begins another.
inline constexpr char kRestoredFile[] = "RESTORED";

struct RestoreWanted {
  std::filesystem::path backup;  // the folder that `radyab admin backup` made
  std::filesystem::path folder;  // the data folder to make: missing, or empty
  // The generation of the new registry; without it the one after the backup's and after all that
  // are noted beside it.
  std::optional<std::uint32_t> generation;
  // Only to try the backup: it is not noted beside it. Nothing such a registry issues may be used.
  bool drill = false;
};

struct Restored {
  v1::BackupManifest manifest;
  std::uint32_t generation = 0;
};

// Reads the whole backup and holds it against its manifest, makes the store beside `folder`, reads
// it back row for row, and only then gives it its name: there is a whole data folder or none. It
// goes on with the numbers of its generation (registry/generation.h). The secrets are not part of
// it. FAILED_PRECONDITION for a folder that is not empty, a backup without a manifest or of another
// format, a generation that is taken; DATA_LOSS (CORRUPT_RECORD) for a damaged backup.
absl::StatusOr<Restored> RestoreBackup(const RestoreWanted& wanted);

}  // namespace radyab::upkeep
