// A small durable table of bytes: what the pack and the queue are kept in. One LMDB file each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "clients/cpp/client_error.h"

struct MDB_env;
struct MDB_txn;

namespace radyab::offline {

using client::Answer;
using client::ClientError;

// A fault of the folder: OFFLINE_DAMAGED, OFFLINE_FULL, OFFLINE_IN_USE, OFFLINE_FAILED …; see
// docs/offline.md.
ClientError OfflineFault(client::ErrorCode code, std::string_view reason, std::string message);

// The rows as one moment has them; in a change, with what it did. Every value has a checksum over
// its key and itself. The first fault stays: what is asked afterwards answers nothing, and the
// change is not kept. One thread.
class KeptRows {
 public:
  std::optional<std::string> Get(std::string_view key);
  // Visits the rows whose keys begin with the first `prefix_bytes` bytes of `begin`, from `begin`
  // on, in order; false from it ends the visit. It must not change rows.
  void Scan(std::string_view begin, std::size_t prefix_bytes,
            absl::FunctionRef<bool(std::string_view key, std::string_view value)> visit);
  void Put(std::string_view key, std::string_view value);
  void Delete(std::string_view key);  // a missing one is no fault
  void DeleteAll();

  void Fail(ClientError fault);
  const std::optional<ClientError>& fault() const { return fault_; }

 private:
  friend class KeptFile;
  KeptRows(MDB_txn* transaction, unsigned table, const std::string& name)
      : transaction_(transaction), table_(table), name_(name) {}
  void FailOf(int answer, std::string_view action);
  std::optional<std::string_view> Checked(std::string_view key, std::string_view framed);

  MDB_txn* transaction_;
  unsigned table_;
  const std::string& name_;  // of the file, for people
  std::optional<ClientError> fault_;
};

// One file. Any thread: readers wait for nobody, changes for each other.
class KeptFile {
 public:
  // `bytes_max`: how large it may get. The folder's lock is held (OfflineFolder).
  static Answer<std::unique_ptr<KeptFile>> Open(const std::filesystem::path& path,
                                                std::uint64_t bytes_max);
  ~KeptFile();
  KeptFile(const KeptFile&) = delete;
  KeptFile& operator=(const KeptFile&) = delete;

  // Both answer the fault, or nothing.
  std::optional<ClientError> Read(absl::FunctionRef<void(KeptRows&)> body) const;
  // Durable when it answers nothing; else nothing was changed.
  std::optional<ClientError> Write(absl::FunctionRef<void(KeptRows&)> body);

 private:
  KeptFile(std::string name, MDB_env* environment, unsigned table)
      : name_(std::move(name)), environment_(environment), table_(table) {}

  std::string name_;
  MDB_env* environment_;
  unsigned table_;
  std::mutex writing_;
};

// The folder of a site: LOCK, FORMAT, pack.mdb, queue.mdb. One process has it open at a time.
class OfflineFolder {
 public:
  // Makes it when it is not there. OFFLINE_IN_USE when another process has it open;
  // OFFLINE_DAMAGED for a folder of another format.
  static Answer<std::unique_ptr<OfflineFolder>> Open(const std::filesystem::path& folder);
  ~OfflineFolder();
  OfflineFolder(const OfflineFolder&) = delete;
  OfflineFolder& operator=(const OfflineFolder&) = delete;

  KeptFile& pack() { return *pack_; }
  KeptFile& queue() { return *queue_; }

 private:
  OfflineFolder() = default;

  int lock_ = -1;
  std::unique_ptr<KeptFile> pack_, queue_;
};

}  // namespace radyab::offline
