#include "registry/storage/log_segment.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "registry/reason.h"
#include "registry/storage/storage_file.h"

namespace radyab::storage {
namespace {

constexpr std::size_t kZerosAWrite = std::size_t{1} << 20;

// 0, or the errno value of the write that failed.
int WriteAll(int file, std::size_t place, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    bytes.remove_prefix(static_cast<std::size_t>(count));
    place += static_cast<std::size_t>(count);
  }
  return 0;
}

int FillWithZeros(int file, std::size_t bytes) {
  const std::string zeros(std::min(bytes, kZerosAWrite), '\0');
  for (std::size_t place = 0; place < bytes; place += zeros.size()) {
    const std::size_t count = std::min(zeros.size(), bytes - place);
    const int error = WriteAll(file, place, std::string_view(zeros).substr(0, count));
    if (error != 0) return error;
  }
  return fsync(file) == 0 ? 0 : errno;
}

// The disk, a quota, or the number of files this process may open: nothing is broken.
bool IsLackOfRoom(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG || error == EMFILE || error == ENFILE;
}

absl::Status NoRoom(const std::filesystem::path& path, std::size_t bytes, int error) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kStoreFull,
                "\"" + path.string() + "\": no room for " + std::to_string(bytes) +
                    " more bytes of the log: " + std::strerror(error));
}

}  // namespace

absl::StatusOr<LogSegment> LogSegment::Make(const std::filesystem::path& path, std::size_t bytes) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    return IsLackOfRoom(errno) ? NoRoom(path, bytes, errno) : FileFault(path, "make", errno);
  }
  LogSegment made(path, file, bytes);
  if (const int error = FillWithZeros(file, bytes); error != 0) {
    unlink(path.c_str());
    return IsLackOfRoom(error) ? NoRoom(path, bytes, error)
                               : FileFault(path, "fill with zeros", error);
  }
  if (auto fault = SyncFolder(path.parent_path()); !fault.ok()) return fault;
  return made;
}

absl::StatusOr<LogSegment> LogSegment::Open(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return FileFault(path, "open", errno);
  struct stat state = {};
  if (fstat(file, &state) != 0) {
    const int error = errno;
    close(file);
    return FileFault(path, "stat", error);
  }
  return LogSegment(path, file, static_cast<std::size_t>(state.st_size));
}

LogSegment::LogSegment(LogSegment&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      capacity_(other.capacity_) {}

LogSegment& LogSegment::operator=(LogSegment&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

LogSegment::~LogSegment() {
  if (file_ >= 0) close(file_);
}

absl::Status LogSegment::Write(std::size_t place, std::string_view bytes) {
  const int error = WriteAll(file_, place, bytes);
  return error == 0 ? absl::OkStatus() : FileFault(path_, "write", error);
}

absl::Status LogSegment::Sync() {
  return fdatasync(file_) == 0 ? absl::OkStatus() : FileFault(path_, "fdatasync", errno);
}

absl::StatusOr<std::string> LogSegment::ReadAll() const {
  std::string bytes(capacity_, '\0');
  for (std::size_t done = 0; done < capacity_;) {
    const ssize_t count =
        pread(file_, bytes.data() + done, capacity_ - done, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return FileFault(path_, "read", count < 0 ? errno : EIO);
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace radyab::storage
