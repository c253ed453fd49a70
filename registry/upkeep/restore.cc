#include "registry/upkeep/restore.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

#include "coding/absl_text.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "registry/generation.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/record.h"
#include "registry/storage/storage_file.h"
#include "registry/upkeep/backup_rows.h"
#include "registry/upkeep/last_backup.h"
#include "registry/upkeep/row_count.h"

namespace radyab::upkeep {
namespace {

namespace fs = std::filesystem;

// Rows of one change while the store is filled.
constexpr std::size_t kRowsOfChange = 20'000;
constexpr std::size_t kBytesOfChange = std::size_t{16} << 20;

std::string Quoted(const fs::path& path) { return "\"" + path.string() + "\""; }

absl::Status Precondition(const std::string& message) {
  return absl::FailedPreconditionError(message);
}

absl::Status DoesNotAgree(const fs::path& backup, const std::string& what) {
  return Refuse(absl::StatusCode::kDataLoss, Reason::kCorruptRecord,
                "backup " + Quoted(backup) + ": " + what + ": take another backup");
}

absl::StatusOr<v1::BackupManifest> ReadManifest(const fs::path& backup) {
  std::ifstream file(backup / kManifestFile);
  if (!file) {
    return Precondition("backup " + Quoted(backup) +
                        " has no MANIFEST: it is none, or was cut short while it was made");
  }
  std::ostringstream text;
  text << file.rdbuf();
  v1::BackupManifest manifest;
  if (!google::protobuf::util::JsonStringToMessage(text.str(), &manifest).ok()) {
    return DoesNotAgree(backup, "its MANIFEST cannot be read");
  }
  if (manifest.format() != kBackupFormat) {
    return Precondition("backup " + Quoted(backup) + " is of format " +
                        std::to_string(manifest.format()) + ", this program knows " +
                        std::to_string(kBackupFormat));
  }
  return manifest;
}

// What the rows themselves say, to be held against the manifest.
struct RowsSeen {
  RowCount count;
  std::uint64_t commit_sequence = 0, generation = 0;
  std::int64_t record_time_us = 0;

  absl::Status See(std::string_view key, std::string_view value) {
    count.Add(key);
    const bool is_commit = storage::IsCommitStamp(key), is_schema = key == keyspace::Meta("schema");
    if (!is_commit && !is_schema && key != keyspace::Meta("generation")) return absl::OkStatus();
    const auto payload = storage::DecodeRecord(key, value);
    records::MetaRecord record;
    if (!payload.ok() ||
        !record.ParseFromArray(payload->data(), static_cast<int>(payload->size()))) {
      return storage::CorruptRecord(key);
    }
    if (is_schema && record.number() != storage::kSchemaVersion) {
      return Precondition("the backup has schema version " + std::to_string(record.number()) +
                          ", this program wants " + std::to_string(storage::kSchemaVersion) +
                          ": restore it with the program that wrote it");
    }
    if (is_schema) return absl::OkStatus();
    if (is_commit) {
      commit_sequence = record.number();
      record_time_us = record.time_us();
    } else {
      generation = record.number();
    }
    return absl::OkStatus();
  }
};

// Reads every byte of the backup; its manifest made anew from them must be the manifest.
absl::StatusOr<RowsSeen> ProveBackup(const fs::path& backup, const v1::BackupManifest& manifest) {
  auto reader = BackupRowsReader::Open(backup / kRowsFile);
  if (!reader.ok()) return reader.status();
  RowsSeen seen;
  for (;;) {
    auto row = (*reader)->Next();
    if (!row.ok()) return row.status();
    if (!row->has_value()) break;
    if (auto fault = seen.See((*row)->key, (*row)->value); !fault.ok()) return fault;
  }
  v1::BackupManifest made = manifest;
  made.set_byte_count(static_cast<std::int64_t>((*reader)->byte_count()));
  made.set_sha256((*reader)->Sha256Hex());
  made.set_row_count(static_cast<std::int64_t>(seen.count.total()));
  made.set_commit_sequence(static_cast<std::int64_t>(seen.commit_sequence));
  made.set_generation(static_cast<std::int32_t>(seen.generation));
  *made.mutable_snapshot_time() = TimestampOf(seen.record_time_us);
  *made.mutable_families() = seen.count.Families();
  google::protobuf::util::MessageDifferencer differencer;
  std::string difference;
  differencer.ReportDifferencesToString(&difference);
  if (differencer.Compare(manifest, made)) return seen;
  return DoesNotAgree(backup, "its rows are not those of its MANIFEST (" +
                                  difference.substr(0, difference.find('\n')) + ")");
}

// The highest generation noted beside the backup.
std::uint32_t HighestNoted(const fs::path& backup) {
  std::ifstream file(backup / kRestoredFile);
  std::uint32_t highest = 0, noted = 0;
  for (std::string rest; file >> noted && std::getline(file, rest);) {
    highest = std::max(highest, noted);
  }
  return highest;
}

// Durable before the registry exists: a number is rather skipped than given out twice.
absl::Status NoteRestore(const RestoreWanted& wanted, std::uint32_t generation) {
  const fs::path path = wanted.backup / kRestoredFile;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) {
    return Precondition("the restore cannot be noted in " + Quoted(path) + " (" +
                        std::error_code(errno, std::generic_category()).message() +
                        "): copy the backup to where it can be written, or name --generation");
  }
  const std::string line = std::to_string(generation) + " " + wanted.folder.string() + "\n";
  const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       fsync(file) == 0;
  const int error = errno;
  close(file);
  if (!written) return storage::FileFault(path, "write", error);
  return storage::SyncFolder(wanted.backup);
}

absl::StatusOr<std::uint32_t> ChooseGeneration(const RestoreWanted& wanted,
                                               const v1::BackupManifest& manifest) {
  const auto of_backup = static_cast<std::uint32_t>(manifest.generation());
  const std::uint32_t noted = HighestNoted(wanted.backup);
  const std::uint32_t lowest = std::max(of_backup, noted) + 1;
  const std::uint32_t generation = wanted.generation.value_or(lowest);
  if (generation >= lowest && generation <= kGenerationMax) return generation;
  return Precondition("generation " + std::to_string(generation) + ", want " +
                      std::to_string(lowest) + " to " + std::to_string(kGenerationMax) +
                      ": the backup is of generation " + std::to_string(of_backup) +
                      ", the highest noted beside it is " + std::to_string(noted));
}

absl::Status CheckFolderIsFree(const fs::path& folder) {
  std::error_code error;
  const auto kind = fs::symlink_status(folder, error).type();
  if (kind == fs::file_type::not_found) return absl::OkStatus();
  if (kind == fs::file_type::directory && fs::is_empty(folder, error) && !error) {
    return absl::OkStatus();
  }
  return Precondition(Quoted(folder) + " is there and not empty: a backup is restored into a new " +
                      "folder; move the old one away, it may still be wanted");
}

// Puts the backup's rows, but for those every store keeps for itself, and what the old registry
// knew of its backups.
absl::Status FillStore(storage::Store& store, const fs::path& rows, std::uint32_t generation) {
  auto reader = BackupRowsReader::Open(rows);
  if (!reader.ok()) return reader.status();
  for (bool more = true; more;) {
    std::vector<std::pair<std::string, std::string>> batch;
    for (std::size_t bytes = 0; batch.size() < kRowsOfChange && bytes < kBytesOfChange;) {
      auto row = (*reader)->Next();
      if (!row.ok()) return row.status();
      more = row->has_value();
      if (!more) break;
      if (storage::IsOwnRow((*row)->key) || IsBackupNote((*row)->key)) continue;
      bytes += (*row)->key.size() + (*row)->value.size();
      batch.emplace_back((*row)->key, (*row)->value);
    }
    auto status = store.Write([&](storage::WriteTransaction& transaction) {
      for (const auto& [key, value] : batch) {
        if (auto put = transaction.Put(key, value); !put.ok()) return put;
      }
      return more ? absl::OkStatus() : PutGeneration(transaction, generation);
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// Holds the store against the backup, row for row.
absl::Status ProveStore(storage::Store& store, const RestoreWanted& wanted) {
  auto reader = BackupRowsReader::Open(wanted.backup / kRowsFile);
  if (!reader.ok()) return reader.status();
  const auto is_new = [](std::string_view key) {
    return storage::IsOwnRow(key) || key == keyspace::Meta("generation");
  };
  const auto next = [&]() -> absl::StatusOr<std::optional<BackupRowsReader::Row>> {
    for (;;) {
      auto row = (*reader)->Next();
      if (!row.ok() || !row->has_value()) return row;
      if (!is_new((*row)->key) && !IsBackupNote((*row)->key)) return row;
    }
  };
  auto wrong = [&] { return DoesNotAgree(wanted.backup, "the new store reads back otherwise"); };
  auto status = WalkRows(
      store,
      [&](storage::ReadTransaction&, std::string_view key, std::string_view value) {
        if (is_new(key)) return absl::OkStatus();
        auto row = next();
        if (!row.ok()) return row.status();
        const bool same = row->has_value() && (*row)->key == key && (*row)->value == value;
        return same ? absl::OkStatus() : absl::Status(wrong());
      },
      [](std::uint64_t) { return absl::OkStatus(); });
  if (!status.ok()) return status;
  auto rest = next();
  if (!rest.ok()) return rest.status();
  return rest->has_value() ? wrong() : absl::OkStatus();
}

absl::Status MakeStore(const RestoreWanted& wanted, const fs::path& fresh, const RowsSeen& seen,
                       std::uint32_t generation) {
  storage::StoreOptions options;
  options.first_commit_sequence = std::max(seen.commit_sequence, generation * kNumbersOfGeneration);
  options.first_record_time_us = seen.record_time_us;
  for (const bool filling : {true, false}) {  // opened again, it reads what reached the disk
    auto store = storage::OpenStore("lmdb:" + fresh.string(), options);
    if (!store.ok()) return store.status();
    auto status = filling ? FillStore(**store, wanted.backup / kRowsFile, generation)
                          : ProveStore(**store, wanted);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Restored> RestoreBackup(const RestoreWanted& wanted) {
  auto manifest = ReadManifest(wanted.backup);
  if (!manifest.ok()) return manifest.status();
  if (auto status = CheckFolderIsFree(wanted.folder); !status.ok()) return status;
  auto seen = ProveBackup(wanted.backup, *manifest);
  if (!seen.ok()) return seen.status();
  auto generation = ChooseGeneration(wanted, *manifest);
  if (!generation.ok()) return generation.status();
  fs::path folder = fs::absolute(wanted.folder).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  const fs::path fresh = folder.string() + ".restoring";
  std::error_code error;
  fs::remove_all(fresh, error);  // of a restore that was cut short
  auto status = MakeStore(wanted, fresh, *seen, *generation);
  if (status.ok() && !wanted.drill) status = NoteRestore(wanted, *generation);
  if (status.ok() && rename(fresh.c_str(), folder.c_str()) != 0) {
    status = storage::FileFault(folder, "move into place", errno);
  }
  if (!status.ok()) {
    fs::remove_all(fresh, error);
    return status;
  }
  if (auto synced = storage::SyncFolder(folder.parent_path()); !synced.ok()) return synced;
  return Restored{*std::move(manifest), *generation};
}

}  // namespace radyab::upkeep
