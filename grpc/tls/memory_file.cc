#include "grpc/tls/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace radyab::rpc {
namespace {

absl::Status Failed(const char* what) {
  return absl::FailedPreconditionError(std::string(what) + ": " +
                                       std::generic_category().message(errno));
}

bool WriteAll(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = write(file, content.data(), content.size());
    if (count <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// A new file with this content, of this time; -1 when there is none.
int FileWith(std::string_view content, std::int64_t time_s) {
  const int file = memfd_create("radyabd-tls", MFD_CLOEXEC);
  if (file < 0) return -1;
  const std::array<timespec, 2> times = {timespec{time_s, 0}, timespec{time_s, 0}};
  if (WriteAll(file, content) && futimens(file, times.data()) == 0) return file;
  close(file);
  return -1;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MemoryFile>> MemoryFile::Make(std::string_view content) {
  std::unique_ptr<MemoryFile> made(new MemoryFile);
  made->file_ = FileWith(content, ++made->version_);
  if (made->file_ < 0) return Failed("no file in memory for the certificate");
  made->path_ = "/proc/self/fd/" + std::to_string(made->file_);
  if (access(made->path_.c_str(), R_OK) != 0) return Failed("/proc cannot be read");
  return made;
}

MemoryFile::~MemoryFile() {
  if (file_ >= 0) close(file_);
}

absl::Status MemoryFile::Replace(std::string_view content) {
  const int fresh = FileWith(content, version_ + 1);
  if (fresh < 0) return Failed("no file in memory for the certificate");
  ++version_;
  const bool replaced = dup3(fresh, file_, O_CLOEXEC) >= 0;
  const absl::Status status = replaced ? absl::OkStatus() : Failed("dup3");
  close(fresh);
  return status;
}

}  // namespace radyab::rpc
