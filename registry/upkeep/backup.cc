#include "registry/upkeep/backup.h"

#include <string>

#include "registry/generation.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/record.h"
#include "registry/storage/store_upkeep.h"
#include "registry/upkeep/backup_rows.h"
#include "registry/upkeep/row_count.h"

namespace radyab::upkeep {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{256} << 10;

// Gathers bytes, counts them and hands them on in chunks.
class ChunkWriter {
 public:
  explicit ChunkWriter(BackupSink sink) : sink_(sink) { chunk_ = kRowsHeader; }
  absl::Status AddRow(std::string_view key, std::string_view value) {
    AppendBackupRow(chunk_, key, value);
    return chunk_.size() < kChunkBytes ? absl::OkStatus() : Flush();
  }
  absl::Status Flush() {
    digest_.Add(chunk_);
    byte_count_ += chunk_.size();
    auto status = sink_(chunk_);
    chunk_.clear();
    return status;
  }
  void Describe(v1::BackupManifest& manifest) {
    manifest.set_byte_count(static_cast<std::int64_t>(byte_count_));
    manifest.set_sha256(digest_.Hex());
  }

 private:
  BackupSink sink_;
  std::string chunk_;
  std::uint64_t byte_count_ = 0;
  Sha256 digest_;
};

absl::Status WriteRows(storage::ReadTransaction& transaction, ChunkWriter& writer,
                       RowCount& count) {
  absl::Status fault;
  auto status = transaction.Scan({}, storage::Direction::kForward, storage::kNoRowLimit,
                                 [&](std::string_view key, std::string_view value) {
                                   fault = storage::DecodeRecord(key, value).status();
                                   if (fault.ok()) fault = writer.AddRow(key, value);
                                   count.Add(key);
                                   return fault.ok();
                                 });
  if (fault.ok()) fault = status;
  return fault.ok() ? writer.Flush() : fault;
}

// A damaged page can hide rows from a walk; the engine's own count does not lie with it.
absl::Status CheckNoneIsMissing(storage::ReadTransaction& transaction, const RowCount& count) {
  storage::CountedRead* counted = storage::CountOf(transaction);
  if (counted == nullptr) return absl::OkStatus();
  auto known = counted->RowCount();
  if (!known.ok()) return known.status();
  if (*known == count.total()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kDataLoss, Reason::kCorruptRecord,
                "the store has " + std::to_string(*known) + " rows and " +
                    std::to_string(count.total()) + " could be read: scrub it");
}

}  // namespace

absl::StatusOr<v1::BackupManifest> WriteBackup(storage::Store& store, std::string_view version,
                                               BackupSink sink) {
  v1::BackupManifest manifest;
  manifest.set_format(kBackupFormat);
  manifest.set_version(std::string(version));
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    auto stamp = storage::ReadCommitStamp(transaction);
    if (!stamp.ok()) return stamp.status();
    auto generation = GenerationOf(transaction);
    if (!generation.ok()) return generation.status();
    manifest.set_commit_sequence(static_cast<std::int64_t>(stamp->sequence));
    *manifest.mutable_snapshot_time() = TimestampOf(stamp->record_time_us);
    manifest.set_generation(static_cast<std::int32_t>(*generation));
    ChunkWriter writer(sink);
    RowCount count;
    auto written = WriteRows(transaction, writer, count);
    if (written.ok()) written = CheckNoneIsMissing(transaction, count);
    if (!written.ok()) return written;
    manifest.set_row_count(static_cast<std::int64_t>(count.total()));
    *manifest.mutable_families() = count.Families();
    writer.Describe(manifest);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return manifest;
}

}  // namespace radyab::upkeep
