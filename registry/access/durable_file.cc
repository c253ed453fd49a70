#include "registry/access/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace radyab::access {
namespace {

absl::Status Failed(std::string_view verb, const std::filesystem::path& path) {
  return absl::FailedPreconditionError("cannot " + std::string(verb) + " " + path.string() + ": " +
                                       std::strerror(errno));
}

// Makes the names in a folder durable.
absl::Status SyncFolder(const std::filesystem::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return Failed("open", folder);
  const bool synced = fsync(file) == 0;
  absl::Status status = synced ? absl::OkStatus() : Failed("sync", folder);
  close(file);
  return status;
}

std::filesystem::path FolderOf(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

absl::Status WriteAll(int file, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Failed("write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0 ? absl::OkStatus() : Failed("sync", path);
}

}  // namespace

absl::Status WriteDurably(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path fresh = path.string() + ".new";
  unlink(fresh.c_str());  // left behind by a crash
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return Failed("make", fresh);
  absl::Status written = WriteAll(file, text, fresh);
  close(file);
  if (!written.ok()) return written;
  if (rename(fresh.c_str(), path.c_str()) != 0) return Failed("rename to", path);
  return SyncFolder(FolderOf(path));
}

absl::StatusOr<std::optional<std::string>> ReadPrivateFile(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::optional<std::string>();
  if (file < 0) return Failed("open", path);
  struct stat facts = {};
  absl::StatusOr<std::optional<std::string>> text = std::optional<std::string>(std::in_place);
  if (fstat(file, &facts) != 0) {
    text = Failed("look at", path);
  } else if ((facts.st_mode & 077) != 0) {
    text = absl::FailedPreconditionError(path.string() +
                                         " can be read by others; make it yours alone: chmod 600");
  } else {
    (*text)->resize(kSmallFileBytesMax);
    const ssize_t got = read(file, (*text)->data(), kSmallFileBytesMax);
    if (got < 0) {
      text = Failed("read", path);
    } else {
      (*text)->resize(static_cast<std::size_t>(got));
    }
  }
  close(file);
  return text;
}

absl::Status MakePrivateFolder(const std::filesystem::path& path) {
  if (mkdir(path.c_str(), 0700) == 0) return SyncFolder(FolderOf(path));
  if (errno == EEXIST && std::filesystem::is_directory(path)) return absl::OkStatus();
  return Failed("make", path);
}

}  // namespace radyab::access
