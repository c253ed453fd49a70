// What another process would do to a data folder.
//   store_opener open FOLDER      opens the store and writes "open" or the refusal
//   store_opener die-reading FILE  reads FILE, an LMDB file, and dies without a word
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

int DieReading(const char* file) {
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  if (mdb_env_create(&environment) != 0) return 2;
  if (mdb_env_open(environment, file, MDB_NOSUBDIR | MDB_NOTLS | MDB_RDONLY, 0600) != 0) return 2;
  if (mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction) != 0) return 2;
  kill(getpid(), SIGKILL);
  return 2;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return 2;
  const std::string_view verb = arguments[1];
  if (verb == "open") return Open(arguments[2]);
  if (verb == "die-reading") return DieReading(arguments[2]);
  return 2;
}
