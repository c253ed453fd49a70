#include "clients/offline/kept_rows_store.h"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "clients/offline/digest.h"

namespace radyab::offline {
namespace {

using client::ErrorCode;

constexpr std::size_t kSumBytes = 8;
constexpr unsigned kReadersMax = 126;
constexpr std::string_view kFormat = "radyab offline 1\n";
constexpr std::uint64_t kPackBytesMax = std::uint64_t{64} << 30;
constexpr std::uint64_t kQueueBytesMax = std::uint64_t{16} << 30;

MDB_val ValueOf(std::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};  // LMDB only reads it
}

std::string_view BytesOf(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

std::string SumOf(std::string_view key, std::string_view value) {
  Sha256 digest;
  digest.Add(key);
  digest.Add(value);
  return digest.End().substr(0, kSumBytes);
}

// LMDB calls a write that went only half through, because there was no more room, EIO.
bool HasNoRoom(const std::string& name) {
  constexpr std::uint64_t kRoomBytesLeast = 1 << 20;  // a change may want so much
  struct statvfs disk = {};
  return statvfs(name.c_str(), &disk) == 0 &&
         std::uint64_t{disk.f_bavail} * disk.f_frsize < kRoomBytesLeast;
}

ClientError FaultOf(int answer, std::string_view action, const std::string& name) {
  const bool half = answer == EIO && action == "write" && HasNoRoom(name);
  if (half) answer = ENOSPC;
  const std::string message =
      name + ": cannot " + std::string(action) + ": " + mdb_strerror(answer);
  switch (answer) {
    case MDB_MAP_FULL:
    case ENOSPC:
    case EDQUOT:
      return OfflineFault(ErrorCode::kResourceExhausted, "OFFLINE_FULL",
                          message + "; nothing of this was kept");
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
      return OfflineFault(ErrorCode::kDataLoss, "OFFLINE_DAMAGED", message);
    default:
      return OfflineFault(ErrorCode::kInternal, "OFFLINE_FAILED", message);
  }
}

ClientError SystemFault(std::string_view reason, const std::string& message) {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT;
  return OfflineFault(full ? ErrorCode::kResourceExhausted : ErrorCode::kFailedPrecondition,
                      full ? "OFFLINE_FULL" : reason, message + ": " + std::strerror(error));
}

struct CloseCursor {
  void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};

// Writes FORMAT in a new folder, reads it in another.
std::optional<ClientError> CheckFormat(const std::filesystem::path& folder) {
  const auto path = folder / "FORMAT";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return SystemFault("OFFLINE_FAILED", "cannot open " + path.string());
  char text[64] = {};
  const ssize_t size = read(file, text, sizeof text);
  std::optional<ClientError> fault;
  if (size == 0) {
    const bool written =
        write(file, kFormat.data(), kFormat.size()) == static_cast<ssize_t>(kFormat.size()) &&
        fsync(file) == 0;
    if (!written) fault = SystemFault("OFFLINE_FAILED", "cannot write " + path.string());
  } else if (size < 0 || std::string_view(text, static_cast<std::size_t>(size)) != kFormat) {
    fault = OfflineFault(ErrorCode::kDataLoss, "OFFLINE_DAMAGED",
                         path.string() +
                             ": want \"radyab offline 1\"; this is no folder of ours, "
                             "or one of another version");
  }
  close(file);
  return fault;
}

// What was made in a folder is there after a power cut.
std::optional<ClientError> SyncFolder(const std::filesystem::path& folder) {
  const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = opened >= 0 && fsync(opened) == 0;
  std::optional<ClientError> fault;
  if (!synced) fault = SystemFault("OFFLINE_FAILED", "cannot sync " + folder.string());
  if (opened >= 0) close(opened);
  return fault;
}

}  // namespace

ClientError OfflineFault(ErrorCode code, std::string_view reason, std::string message) {
  return ClientError{
      .code = code, .message = std::move(message), .reason = std::string(reason), .attempts = 0};
}

void KeptRows::Fail(ClientError fault) {
  if (!fault_) fault_ = std::move(fault);
}

void KeptRows::FailOf(int answer, std::string_view action) { Fail(FaultOf(answer, action, name_)); }

std::optional<std::string_view> KeptRows::Checked(std::string_view key, std::string_view framed) {
  if (framed.size() >= kSumBytes) {
    const std::string_view value = framed.substr(kSumBytes);
    if (framed.substr(0, kSumBytes) == SumOf(key, value)) return value;
  }
  Fail(OfflineFault(ErrorCode::kDataLoss, "OFFLINE_DAMAGED",
                    name_ + ": a row of kind '" + std::string(key.substr(0, 1)) +
                        "' does not agree with its checksum"));
  return std::nullopt;
}

std::optional<std::string> KeptRows::Get(std::string_view key) {
  if (fault_) return std::nullopt;
  MDB_val wanted = ValueOf(key), found = {};
  const int answer = mdb_get(transaction_, table_, &wanted, &found);
  if (answer == MDB_NOTFOUND) return std::nullopt;
  if (answer != 0) {
    FailOf(answer, "read");
    return std::nullopt;
  }
  const auto value = Checked(key, BytesOf(found));
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

void KeptRows::Scan(std::string_view begin, std::size_t prefix_bytes,
                    absl::FunctionRef<bool(std::string_view, std::string_view)> visit) {
  if (fault_) return;
  MDB_cursor* opened = nullptr;
  int answer = mdb_cursor_open(transaction_, table_, &opened);
  if (answer != 0) return FailOf(answer, "read");
  const std::unique_ptr<MDB_cursor, CloseCursor> cursor(opened);
  const std::string_view prefix = begin.substr(0, prefix_bytes);
  MDB_val key = ValueOf(begin), value = {};
  answer = mdb_cursor_get(opened, &key, &value, MDB_SET_RANGE);
  for (; answer == 0; answer = mdb_cursor_get(opened, &key, &value, MDB_NEXT)) {
    const std::string_view name = BytesOf(key);
    if (!name.starts_with(prefix)) return;
    const auto checked = Checked(name, BytesOf(value));
    if (!checked || !visit(name, *checked)) return;
  }
  if (answer != MDB_NOTFOUND) FailOf(answer, "read");
}

void KeptRows::Put(std::string_view key, std::string_view value) {
  if (fault_) return;
  const std::string framed = SumOf(key, value) + std::string(value);
  MDB_val name = ValueOf(key), bytes = ValueOf(framed);
  if (const int answer = mdb_put(transaction_, table_, &name, &bytes, 0); answer != 0) {
    FailOf(answer, "write");
  }
}

void KeptRows::Delete(std::string_view key) {
  if (fault_) return;
  MDB_val name = ValueOf(key);
  const int answer = mdb_del(transaction_, table_, &name, nullptr);
  if (answer != 0 && answer != MDB_NOTFOUND) FailOf(answer, "write");
}

void KeptRows::DeleteAll() {
  if (fault_) return;
  if (const int answer = mdb_drop(transaction_, table_, 0); answer != 0) FailOf(answer, "write");
}

Answer<std::unique_ptr<KeptFile>> KeptFile::Open(const std::filesystem::path& path,
                                                 std::uint64_t bytes_max) {
  const std::string name = path.string();
  MDB_env* environment = nullptr;
  int answer = mdb_env_create(&environment);
  if (answer != 0) return FaultOf(answer, "open it", name);
  std::unique_ptr<KeptFile> file(new KeptFile(name, environment, 0));
  answer = mdb_env_set_mapsize(environment, bytes_max);
  if (answer == 0) answer = mdb_env_set_maxreaders(environment, kReadersMax);
  if (answer == 0) {
    answer = mdb_env_open(environment, path.c_str(), MDB_NOSUBDIR | MDB_NOTLS, 0600);
  }
  int cleared = 0;
  if (answer == 0) answer = mdb_reader_check(environment, &cleared);
  MDB_txn* begun = nullptr;
  if (answer == 0) answer = mdb_txn_begin(environment, nullptr, 0, &begun);
  if (answer != 0) return FaultOf(answer, "open it", name);
  answer = mdb_dbi_open(begun, nullptr, 0, &file->table_);
  if (answer == 0) {
    answer = mdb_txn_commit(begun);
  } else {
    mdb_txn_abort(begun);
  }
  if (answer != 0) return FaultOf(answer, "open it", name);
  return file;
}

KeptFile::~KeptFile() { mdb_env_close(environment_); }

std::optional<ClientError> KeptFile::Read(absl::FunctionRef<void(KeptRows&)> body) const {
  MDB_txn* begun = nullptr;
  if (const int answer = mdb_txn_begin(environment_, nullptr, MDB_RDONLY, &begun); answer != 0) {
    return FaultOf(answer, "read", name_);
  }
  KeptRows rows(begun, table_, name_);
  body(rows);
  mdb_txn_abort(begun);
  return rows.fault();
}

std::optional<ClientError> KeptFile::Write(absl::FunctionRef<void(KeptRows&)> body) {
  const std::lock_guard lock(writing_);
  MDB_txn* begun = nullptr;
  if (const int answer = mdb_txn_begin(environment_, nullptr, 0, &begun); answer != 0) {
    return FaultOf(answer, "write", name_);
  }
  KeptRows rows(begun, table_, name_);
  body(rows);
  if (rows.fault()) {
    mdb_txn_abort(begun);
    return rows.fault();
  }
  if (const int answer = mdb_txn_commit(begun); answer != 0) {
    return FaultOf(answer, "write", name_);
  }
  return std::nullopt;
}

Answer<std::unique_ptr<OfflineFolder>> OfflineFolder::Open(const std::filesystem::path& folder) {
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made) {
    return OfflineFault(ErrorCode::kFailedPrecondition, "OFFLINE_FAILED",
                        "cannot make the folder " + folder.string() + ": " + made.message());
  }
  chmod(folder.c_str(), 0700);
  std::unique_ptr<OfflineFolder> opened(new OfflineFolder);
  const auto lock = folder / "LOCK";
  opened->lock_ = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (opened->lock_ < 0) return SystemFault("OFFLINE_FAILED", "cannot open " + lock.string());
  if (flock(opened->lock_, LOCK_EX | LOCK_NB) != 0) {
    return OfflineFault(ErrorCode::kFailedPrecondition, "OFFLINE_IN_USE",
                        folder.string() + ": another process has it open; wait for its end");
  }
  if (auto fault = CheckFormat(folder)) return *std::move(fault);
  auto pack = KeptFile::Open(folder / "pack.mdb", kPackBytesMax);
  if (!pack) return pack.error();
  auto queue = KeptFile::Open(folder / "queue.mdb", kQueueBytesMax);
  if (!queue) return queue.error();
  opened->pack_ = std::move(pack).value();
  opened->queue_ = std::move(queue).value();
  const auto absolute = std::filesystem::canonical(folder, made);
  if (auto fault = SyncFolder(absolute)) return *std::move(fault);
  if (auto fault = SyncFolder(absolute.parent_path())) return *std::move(fault);
  return opened;
}

OfflineFolder::~OfflineFolder() {
  pack_.reset();
  queue_.reset();
  if (lock_ >= 0) close(lock_);
}

}  // namespace radyab::offline
