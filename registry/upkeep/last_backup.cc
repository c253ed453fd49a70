#include "registry/upkeep/last_backup.h"

#include <string>

#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::upkeep {
namespace {

const std::string& NoteKey() {
  static const std::string key = keyspace::Meta("backup");
  return key;
}

}  // namespace

absl::StatusOr<std::optional<LastBackup>> LastBackupOf(storage::ReadTransaction& transaction) {
  auto row = storage::GetRow<records::MetaRecord>(transaction, NoteKey());
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<LastBackup>();
  return std::optional(LastBackup{(*row)->number(), (*row)->time_us()});
}

absl::Status NoteBackup(storage::WriteTransaction& transaction, const LastBackup& backup) {
  records::MetaRecord record;
  record.set_number(backup.commit_sequence);
  record.set_time_us(backup.snapshot_time_us);
  return storage::PutRow(transaction, NoteKey(), record);
}

bool IsBackupNote(std::string_view key) { return key == NoteKey(); }

}  // namespace radyab::upkeep
