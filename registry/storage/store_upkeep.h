// What an engine can tell of itself beside its rows: figures for those who watch it, and whether
// the structure that leads to the rows is sound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/store.h"

namespace radyab::storage {

// As of one moment, or nearly so.
struct StoreFigures {
  std::uint64_t folded_sequence = 0;  // what the data file has
  std::uint64_t file_bytes = 0;       // of the data file
  std::uint64_t file_bytes_max = 0;   // its soft limit
  std::uint64_t free_bytes = 0;       // of it, ready to be used again
  std::size_t unfolded_row_count = 0;
  std::size_t unfolded_byte_count = 0;
  std::size_t log_file_count = 0;
  std::uint64_t group_count = 0;  // written to the log since the start
  std::uint64_t fold_count = 0;   // since the start
  // Of folds since the start, rounded up.
  std::uint64_t last_fold_ms = 0, longest_fold_ms = 0;
  // Bodies since the start that never ran: their deadline passed while they waited, or nobody
  // waited for the answer any more.
  std::uint64_t late_body_count = 0, abandoned_body_count = 0;
  std::size_t waiting_body_count = 0;
  std::size_t snapshot_count = 0;
};

// Told of each fault: what is wrong, and where. Returns false to hear no more.
using StructureFault = absl::FunctionRef<bool(const std::string& fault)>;

// What a Store may be besides. Thread safe.
class StoreUpkeep {
 public:
  virtual ~StoreUpkeep() = default;
  virtual absl::StatusOr<StoreFigures> Figures() = 0;
  // Reads every page of the data file as one snapshot has it, without trusting any: seconds for
  // each gigabyte. OK when it was read, whatever was found.
  virtual absl::Status CheckStructure(StructureFault found) = 0;
  // What the destructor does, and what went wrong: commits and answers what waits, folds the log if
  // the options say so. STORE_FAILED when the store failed, now or before; what was acknowledged is
  // in the log then. Nothing but the destructor may follow.
  virtual absl::Status Close() = 0;
};

// What a ReadTransaction may be besides.
class CountedRead {
 public:
  virtual ~CountedRead() = default;
  // How many rows the snapshot has by the engine's own books, without walking them. A walk that
  // finds another number has met damage.
  virtual absl::StatusOr<std::uint64_t> RowCount() = 0;
};

// The engine's own of each; null where it has none.
StoreUpkeep* UpkeepOf(Store& store);
CountedRead* CountOf(ReadTransaction& transaction);

}  // namespace radyab::storage
