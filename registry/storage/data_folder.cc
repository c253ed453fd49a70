#include "registry/storage/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "registry/reason.h"
#include "registry/storage/storage_file.h"

namespace radyab::storage {
namespace {

namespace fs = std::filesystem;

absl::Status NotOurs(const fs::path& folder, const std::string& why) {
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kStoreFailed,
                "data folder \"" + folder.string() + "\" " + why);
}

absl::Status MakeFolder(const fs::path& folder) {
  if (mkdir(folder.c_str(), 0700) == 0) {
    const fs::path parent = fs::absolute(folder).lexically_normal().parent_path();
    if (auto fault = SyncFolder(parent.empty() ? "/" : parent); !fault.ok()) return fault;
  } else if (errno != EEXIST) {
    return FileFault(folder, "make the data folder", errno);
  }
  struct statfs system = {};
  if (statfs(folder.c_str(), &system) != 0) return FileFault(folder, "statfs", errno);
  if (IsNetworkFileSystem(system.f_type)) {
    return NotOurs(folder, "is on a network file system: want one of this machine");
  }
  return absl::OkStatus();
}

// The whole of a small file, or nothing when there is none. At most 4,096 bytes are read.
absl::StatusOr<std::optional<std::string>> ReadSmallFile(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::optional<std::string>();
  if (file < 0) return FileFault(path, "open", errno);
  std::array<char, 4096> bytes;
  const ssize_t count = read(file, bytes.data(), bytes.size());
  const int error = errno;
  close(file);
  if (count < 0) return FileFault(path, "read", error);
  return std::optional<std::string>(std::string(bytes.data(), static_cast<std::size_t>(count)));
}

// A file that is either absent or whole, whenever the power fails.
absl::Status WriteNewFile(const fs::path& path, std::string_view text) {
  const std::string fresh = path.string() + ".new";
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return FileFault(fresh, "open", errno);
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0 && rename(fresh.c_str(), path.c_str()) == 0;
  const int error = errno;
  close(file);
  return written ? SyncFolder(path.parent_path()) : FileFault(path, "write", error);
}

absl::Status InUse(const fs::path& folder, const fs::path& lock_file) {
  auto holder = ReadSmallFile(lock_file);
  std::string who = "another process";
  if (holder.ok() && holder->has_value() && !(*holder)->empty()) {
    who = "process " + (*holder)->substr(0, (*holder)->find('\n'));
  }
  return NotOurs(folder, "is in use by " + who + ": only one server may open it");
}

// The lock file, locked, with our process number in it.
absl::StatusOr<int> TakeLock(const fs::path& folder) {
  const fs::path path = folder / "LOCK";
  const int lock = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return FileFault(path, "open", errno);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    close(lock);
    return error == EWOULDBLOCK ? InUse(folder, path) : FileFault(path, "lock", error);
  }
  const std::string holder = std::to_string(getpid()) + "\n";
  // Only a hint for people: that it cannot be written does not matter.
  if (ftruncate(lock, 0) == 0) {
    [[maybe_unused]] const ssize_t count = pwrite(lock, holder.data(), holder.size(), 0);
  }
  return lock;
}

}  // namespace

bool IsNetworkFileSystem(long type) {
  switch (static_cast<unsigned long>(type) & 0xFFFFFFFFul) {
    case 0x00006969:  // NFS
    case 0x0000517B:  // SMB
    case 0xFF534D42:  // CIFS
    case 0xFE534D42:  // SMB 2
    case 0x5346414F:  // AFS
    case 0x73757245:  // Coda
    case 0x00C36400:  // Ceph
      return true;
    default:
      return false;
  }
}

absl::Status DataFolder::Refusal(const std::string& why) const { return NotOurs(path_, why); }

absl::Status DataFolder::CheckFormat() {
  auto found = ReadSmallFile(path_ / "FORMAT");
  if (!found.ok()) return found.status();
  if (!found->has_value()) return absl::OkStatus();
  is_finished_ = **found == kFolderFormat;
  if (!is_finished_ && **found != kFolderFormatWithoutLog) {
    return Refusal("has a FORMAT that this program does not know, want \"radyab-store 2\"");
  }
  if (has_data()) return absl::OkStatus();
  return Refusal("has lost its data.mdb: restore a backup or take a new folder");
}

absl::StatusOr<DataFolder> DataFolder::Open(const std::string& path) {
  if (path.empty()) return NotOurs(path, "has no name: want lmdb:FOLDER");
  const fs::path folder(path);
  if (auto fault = MakeFolder(folder); !fault.ok()) return fault;
  auto lock = TakeLock(folder);
  if (!lock.ok()) return lock.status();
  DataFolder opened(folder, *lock);
  if (auto fault = opened.CheckFormat(); !fault.ok()) return fault;
  return opened;
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::exchange(other.lock_, -1)),
      is_finished_(other.is_finished_) {}

DataFolder::~DataFolder() {
  if (lock_ >= 0) close(lock_);
}

bool DataFolder::has_data() const {
  std::error_code unused;
  return fs::exists(data_file(), unused);
}

absl::Status DataFolder::MoveIntoPlace(const fs::path& fresh) const {
  if (rename(fresh.c_str(), data_file().c_str()) != 0) {
    return FileFault(fresh, "move into place", errno);
  }
  return SyncFolder(path_);
}

absl::Status DataFolder::WriteFormat() const {
  return is_finished_ ? absl::OkStatus() : WriteNewFile(path_ / "FORMAT", kFolderFormat);
}

}  // namespace radyab::storage
