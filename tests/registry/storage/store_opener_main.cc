// What another process would do to a data folder.
//   store_opener open FOLDER      opens the store and writes "open" or the refusal
//   store_opener die-reading FILE  reads FILE, an LMDB file, and dies without a word
//   store_opener read-long FILE    takes a snapshot of FILE, writes "reading", and once standard
//                                  input ends reads all of it and writes how many rows there are
#include <lmdb.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "registry/storage/open_store.h"

namespace {

int Open(const std::string& folder) {
  const auto store = radyab::storage::OpenStore("lmdb:" + folder);
  const std::string_view message = store.ok() ? std::string_view("open")
                                              : std::string_view(store.status().message().data(),
                                                                 store.status().message().size());
  std::printf("%.*s\n", static_cast<int>(message.size()), message.data());
  return store.ok() ? 0 : 1;
}

// A snapshot of the file; null when it cannot be had.
MDB_txn* Snapshot(const char* file) {
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  if (mdb_env_create(&environment) != 0) return nullptr;
  if (mdb_env_open(environment, file, MDB_NOSUBDIR | MDB_NOTLS | MDB_RDONLY, 0600) != 0) {
    return nullptr;
  }
  return mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction) == 0 ? transaction : nullptr;
}

int DieReading(const char* file) {
  if (Snapshot(file) == nullptr) return 2;
  kill(getpid(), SIGKILL);
  return 2;
}

int ReadLong(const char* file) {
  MDB_txn* snapshot = Snapshot(file);
  MDB_dbi table = 0;
  MDB_cursor* cursor = nullptr;
  if (snapshot == nullptr || mdb_dbi_open(snapshot, nullptr, 0, &table) != 0) return 2;
  if (mdb_cursor_open(snapshot, table, &cursor) != 0) return 2;
  std::printf("reading\n");
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  MDB_val key, value;
  std::size_t row_count = 0;
  int answer = 0;
  while ((answer = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) ++row_count;
  std::printf("%zu\n", row_count);
  return answer == MDB_NOTFOUND ? 0 : 2;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return 2;
  const std::string_view verb = arguments[1];
  if (verb == "open") return Open(arguments[2]);
  if (verb == "read-long") return ReadLong(arguments[2]);
  if (verb == "die-reading") return DieReading(arguments[2]);
  return 2;
}
