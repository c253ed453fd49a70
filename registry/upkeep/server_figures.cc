#include "registry/upkeep/server_figures.h"

#include "registry/catalog/code_issuer.h"
#include "registry/generation.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store_upkeep.h"
#include "registry/upkeep/last_backup.h"

namespace radyab::upkeep {
namespace {

absl::Status AddRegistry(storage::ReadTransaction& transaction, v1::ServerStats& stats) {
  auto generation = GenerationOf(transaction);
  if (!generation.ok()) return generation.status();
  stats.set_generation(static_cast<std::int32_t>(*generation));
  stats.set_commit_sequence(static_cast<std::int64_t>(transaction.commit_sequence()));
  const NumberRange range = RangeOfGeneration(*generation, coding::kBlockMax);
  auto next = catalog::NextBlock(transaction);
  if (!next.ok() && !absl::IsResourceExhausted(next.status())) return next.status();
  stats.set_blocks_left(next.ok() ? static_cast<std::int64_t>(range.last - *next + 1) : 0);
  return absl::OkStatus();
}

absl::Status AddLastBackup(storage::ReadTransaction& transaction, v1::ServerStats& stats) {
  auto backup = LastBackupOf(transaction);
  if (!backup.ok() || !backup->has_value()) return backup.status();
  *stats.mutable_backup_time() = TimestampOf((*backup)->snapshot_time_us);
  stats.set_backup_sequence(static_cast<std::int64_t>((*backup)->commit_sequence));
  return absl::OkStatus();
}

absl::Status AddSearch(storage::ReadTransaction& transaction, v1::ServerStats& stats) {
  const std::string notes = keyspace::SearchNotePrefix();
  std::int64_t count = 0;
  auto status = transaction.Scan({notes, storage::PrefixEnd(notes)}, storage::Direction::kForward,
                                 kSearchWaitingCountMax, [&](std::string_view, std::string_view) {
                                   ++count;
                                   return true;
                                 });
  stats.set_search_waiting_count(count);
  return status;
}

void AddEngine(const storage::StoreFigures& figures, v1::ServerStats& stats) {
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  stats.set_folded_sequence(number(figures.folded_sequence));
  stats.set_file_bytes(number(figures.file_bytes));
  stats.set_file_bytes_max(number(figures.file_bytes_max));
  stats.set_free_bytes(number(figures.free_bytes));
  stats.set_unfolded_row_count(number(figures.unfolded_row_count));
  stats.set_unfolded_byte_count(number(figures.unfolded_byte_count));
  stats.set_log_file_count(number(figures.log_file_count));
  stats.set_group_count(number(figures.group_count));
  stats.set_fold_count(number(figures.fold_count));
  stats.set_waiting_change_count(number(figures.waiting_body_count));
  stats.set_last_fold_ms(number(figures.last_fold_ms));
  stats.set_longest_fold_ms(number(figures.longest_fold_ms));
  stats.set_late_change_count(number(figures.late_body_count));
  stats.set_cancelled_change_count(number(figures.abandoned_body_count));
  stats.set_snapshot_count(number(figures.snapshot_count));
}

}  // namespace

absl::StatusOr<v1::ServerStats> StoreStats(storage::Store& store) {
  v1::ServerStats stats;
  if (storage::StoreUpkeep* upkeep = storage::UpkeepOf(store); upkeep != nullptr) {
    auto figures = upkeep->Figures();
    if (!figures.ok()) return figures.status();
    AddEngine(*figures, stats);
  }
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    auto added = AddRegistry(transaction, stats);
    if (added.ok()) added = AddSearch(transaction, stats);
    return added.ok() ? AddLastBackup(transaction, stats) : added;
  });
  if (!status.ok()) return status;
  return stats;
}

}  // namespace radyab::upkeep
