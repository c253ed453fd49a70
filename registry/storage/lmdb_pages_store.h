// Reads the pages of an LMDB file one by one and trusts none of them: LMDB itself has no checksums,
// and follows what a damaged page says, to a wrong answer or into a crash.
//
// Looked at: both meta pages; of every page that can be reached its number, kind, bounds and the
// place of each node; that keys rise and lie between the keys of the branches above; that the
// counts LMDB keeps agree; that every page is used once, or free, and none is both or neither.
// What a value says is not known here: record.h has its checksum.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/statusor.h"
#include "registry/storage/store_upkeep.h"

namespace radyab::storage {

inline constexpr std::uint64_t kNewestTransaction = ~std::uint64_t{0};

// Checks the pages of `file` (an open descriptor) as `transaction` sees them, which somebody holds
// open, or as the newest one does. False when the file's meta pages are of later transactions.
// STORE_FAILED when it cannot be read.
absl::StatusOr<bool> CheckLmdbPages(int file, std::uint64_t transaction, StructureFault found);

// The same for a file that nobody has open, as the newest transaction left it.
absl::Status CheckLmdbFile(const std::filesystem::path& path, StructureFault found);

}  // namespace radyab::storage
