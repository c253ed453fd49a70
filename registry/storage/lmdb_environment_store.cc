#include "registry/storage/lmdb_environment_store.h"

#include <lmdb.h>

#include <string>
#include <utility>

#include "registry/reason.h"

namespace radyab::storage {
namespace {

// The map can grow only while no transaction is open, so it is large from the start: address space
// costs nothing. StoreOptions.file_bytes_max is the limit that counts.
#if defined(__SANITIZE_THREAD__)
// ThreadSanitizer leaves the program 1.5 TiB in which the start is drawn by chance.
constexpr std::size_t kMapBytes = std::size_t{4} << 30;
#else
constexpr std::size_t kMapBytes = std::size_t{1} << 40;
#endif
// Places beside our own readers for backup and inspection tools.
constexpr unsigned kForeignReaders = 16;

absl::StatusOr<LmdbTransaction> Begin(MDB_env* environment, unsigned flags) {
  MDB_txn* begun = nullptr;
  if (const int answer = mdb_txn_begin(environment, nullptr, flags, &begun); answer != 0) {
    return LmdbFault(answer, "begin a transaction");
  }
  return LmdbTransaction(begun);
}

// The one table of the file.
absl::StatusOr<unsigned> OpenRows(MDB_env* environment) {
  auto transaction = BeginLmdbWrite(environment);
  if (!transaction.ok()) return transaction.status();
  MDB_dbi rows = 0;
  int answer = mdb_dbi_open(transaction->get(), nullptr, 0, &rows);
  if (answer == 0) answer = mdb_txn_commit(transaction->release());
  if (answer != 0) return LmdbFault(answer, "open the table");
  return rows;
}

}  // namespace

absl::Status LmdbFault(int answer, std::string_view action) {
  const std::string message = "lmdb: " + std::string(action) + ": " + mdb_strerror(answer);
  switch (answer) {
    case MDB_MAP_FULL:
      return Refuse(absl::StatusCode::kResourceExhausted, Reason::kStoreFull, message);
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
      return Refuse(absl::StatusCode::kDataLoss, Reason::kCorruptRecord, message);
    case MDB_READERS_FULL:
      return Refuse(absl::StatusCode::kResourceExhausted, Reason::kTooManyCalls, message);
    default:
      return Refuse(absl::StatusCode::kInternal, Reason::kStoreFailed, message);
  }
}

void CloseLmdbEnvironment::operator()(MDB_env* environment) const { mdb_env_close(environment); }
void AbortLmdbTransaction::operator()(MDB_txn* transaction) const { mdb_txn_abort(transaction); }

absl::StatusOr<LmdbTransaction> BeginLmdbRead(MDB_env* environment) {
  return Begin(environment, MDB_RDONLY);
}

absl::StatusOr<LmdbTransaction> BeginLmdbWrite(MDB_env* environment) {
  return Begin(environment, 0);
}

absl::StatusOr<LmdbFile> OpenLmdbFile(const std::filesystem::path& path,
                                      std::size_t reader_count_max) {
  const std::string opening = "open \"" + path.string() + "\"";
  MDB_env* made = nullptr;
  int answer = mdb_env_create(&made);
  if (answer != 0) return LmdbFault(answer, opening);
  LmdbFile file{LmdbEnvironment(made)};
  answer = mdb_env_set_mapsize(made, kMapBytes);
  if (answer != 0) return LmdbFault(answer, opening);
  const unsigned reader_count = static_cast<unsigned>(reader_count_max) + kForeignReaders;
  answer = mdb_env_set_maxreaders(made, reader_count);
  if (answer != 0) return LmdbFault(answer, opening);
  // MDB_NOTLS: a snapshot belongs to a read, not to the thread it runs on.
  answer = mdb_env_open(made, path.c_str(), MDB_NOSUBDIR | MDB_NOTLS, 0600);
  if (answer != 0) return LmdbFault(answer, opening);
  int cleared = 0;
  answer = mdb_reader_check(made, &cleared);
  if (answer != 0) return LmdbFault(answer, opening);
  auto rows = OpenRows(made);
  if (!rows.ok()) return rows.status();
  file.rows = *rows;
  return file;
}

}  // namespace radyab::storage
