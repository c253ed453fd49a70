// The base: one table in one LMDB file, read on snapshots by any thread, written by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/empty_prefixes.h"
#include "registry/storage/lmdb_environment_store.h"
#include "registry/storage/lmdb_page_room_store.h"
#include "registry/storage/row_run.h"
#include "registry/storage/store.h"
#include "registry/storage/store_upkeep.h"

namespace radyab::storage {

class LmdbRows;

// A reading transaction with what was found out about the version it reads.
struct LmdbReading {
  LmdbTransaction transaction;
  EmptyPrefixes empty;
};

// One snapshot of the base. Views stand as long as it lives.
class LmdbSnapshot : public ReadTransaction {
 public:
  LmdbSnapshot(LmdbRows& rows, LmdbReading reading);
  LmdbSnapshot(LmdbSnapshot&&) noexcept = default;
  LmdbSnapshot& operator=(LmdbSnapshot&&) = delete;
  ~LmdbSnapshot() override;

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override;
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override;
  // The last commit that was folded into the base.
  std::uint64_t commit_sequence() const override;
  absl::StatusOr<std::uint64_t> RowCount();

 private:
  bool HasRowBeginning(std::string_view prefix);

  LmdbRows* rows_;
  LmdbReading reading_;  // its transaction: null after a move
};

// Reads are thread safe; Apply belongs to one thread at a time.
class LmdbRows {
 public:
  // As OpenLmdbFile. At most `reader_count_max` snapshots live at a time.
  static absl::StatusOr<std::unique_ptr<LmdbRows>> Open(const std::filesystem::path& path,
                                                        std::size_t reader_count_max);
  // All snapshots have ended.
  ~LmdbRows() = default;

  // RESOURCE_EXHAUSTED (TOO_MANY_CALLS) when all places are taken.
  absl::StatusOr<LmdbSnapshot> TakeSnapshot();
  // For the committer, whom no number of readers may keep out: he has a place of his own.
  absl::StatusOr<LmdbSnapshot> TakeOwnSnapshot();
  // Puts and deletes `rows`, which are in strict key order, in one commit with fsync. Durable and
  // visible when OK; after any other answer nobody knows, and the file must not be written any
  // more.
  absl::Status Apply(std::span<const RowView> rows);
  // What the file may still take, as of now; this outlives it.
  PageRoom room(std::uint64_t bytes_max) { return {file_.environment.get(), bytes_max}; }
  // Gives the places of readers that died free again.
  void ClearDeadReaders();
  // Fills in what the file knows: its bytes, free ones, the folded commit, snapshots.
  absl::Status AddFigures(StoreFigures& figures);
  // As StoreUpkeep::CheckStructure.
  absl::Status CheckPages(StructureFault found);

 private:
  friend class LmdbSnapshot;
  LmdbRows(LmdbFile file, std::size_t reader_count_max)
      : file_(std::move(file)), reader_count_max_(reader_count_max) {}
  absl::StatusOr<LmdbSnapshot> Take(std::size_t busy_count_max);
  void Return(LmdbReading reading);

  const LmdbFile file_;
  const std::size_t reader_count_max_;
  std::mutex mutex_;
  std::size_t busy_count_ = 0;
  // Transactions that ended are kept with their place in the lock file: taking one up again is some
  // ten times cheaper than a new one.
  std::vector<LmdbReading> resting_;
};

}  // namespace radyab::storage
