// Opens and makes LMDB files, ends what was begun, and says LMDB's answers in our words.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct MDB_env;
struct MDB_txn;

namespace radyab::storage {

// The status of LMDB's `answer` (not 0) to `action`: STORE_FULL, CORRUPT_RECORD, TOO_MANY_CALLS for
// too many readers, STORE_FAILED for all else.
absl::Status LmdbFault(int answer, std::string_view action);

struct CloseLmdbEnvironment {
  void operator()(MDB_env* environment) const;
};
struct AbortLmdbTransaction {
  void operator()(MDB_txn* transaction) const;
};
using LmdbEnvironment = std::unique_ptr<MDB_env, CloseLmdbEnvironment>;
using LmdbTransaction = std::unique_ptr<MDB_txn, AbortLmdbTransaction>;

// An open file and its one table.
struct LmdbFile {
  LmdbEnvironment environment;
  unsigned rows = 0;  // MDB_dbi
};

// A reading or (readers wait for nobody) the one writing transaction. Never nested.
absl::StatusOr<LmdbTransaction> BeginLmdbRead(MDB_env* environment);
absl::StatusOr<LmdbTransaction> BeginLmdbWrite(MDB_env* environment);

// Opens `path` with places for `reader_count_max` readers and clears those that died; an absent
// file is made, empty. The caller holds the folder's lock: one process, and in it one environment,
// has the file open.
absl::StatusOr<LmdbFile> OpenLmdbFile(const std::filesystem::path& path,
                                      std::size_t reader_count_max);

}  // namespace radyab::storage
