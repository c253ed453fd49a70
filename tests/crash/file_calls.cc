#include "tests/crash/file_calls.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <optional>
#include <string_view>

namespace radyab::crash {
namespace {

struct Journal {
  std::mutex mutex;
  std::string folder;
  std::vector<FileEvent> events;
};
Journal journal;
std::atomic<bool> recording = false;

// A disk that refuses, for files whose names begin with `prefix`.
struct DiskFault {
  std::string prefix;  // set while error is 0
  std::atomic<int> error = 0;
};
DiskFault write_fault, sync_fault;

// The one call that is to fail.
struct NthFault {
  std::atomic<FileCall> call = FileCall::kWrite;
  std::atomic<int> error = 0;
  std::atomic<std::uint64_t> left = 0;  // calls until it; 0: none is planned, or it has come
  std::atomic<bool> has_failed = false;
};
NthFault nth_fault;

struct SyncWatch {
  std::mutex mutex;
  std::string prefix;
  std::function<void()> call;
};
SyncWatch sync_watch;

// The part of `path` below the folder, "" for the folder itself, nothing for any other file. What
// only matters while the store is open is left out.
std::optional<std::string> Below(std::string_view path) {
  if (!path.starts_with(journal.folder)) return std::nullopt;
  path.remove_prefix(journal.folder.size());
  if (path.empty()) return std::string();
  if (path[0] != '/' || path.ends_with("-lock") || path == "/LOCK") return std::nullopt;
  return std::string(path.substr(1));
}

std::string WholePathOf(int file) {
  std::array<char, 4096> path;
  char link[32];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path.data(), path.size());
  return length <= 0 ? "" : std::string(path.data(), static_cast<std::size_t>(length));
}

std::optional<std::string> PathOf(int file) {
  if (!recording) return std::nullopt;
  return Below(WholePathOf(file));
}

// Whether this call to `path` is the one that is to fail; then errno is set.
bool IsNth(FileCall call, std::string_view path) {
  if (call != nth_fault.call || !path.starts_with(journal.folder)) return false;
  std::uint64_t left = nth_fault.left;
  while (left > 0 && !nth_fault.left.compare_exchange_weak(left, left - 1)) {
  }
  if (left != 1) return false;
  nth_fault.has_failed = true;
  errno = nth_fault.error;
  return true;
}

bool IsNth(FileCall call, int file) {
  return recording && nth_fault.left > 0 && call == nth_fault.call &&
         IsNth(call, WholePathOf(file));
}

void Note(FileEvent event) {
  const std::lock_guard lock(journal.mutex);
  journal.events.push_back(std::move(event));
}

bool Faulty(const std::optional<std::string>& path, const DiskFault& fault) {
  if (!path.has_value() || fault.error == 0 || !path->starts_with(fault.prefix)) return false;
  errno = fault.error;
  return true;
}

void Plant(DiskFault& fault, const std::string& prefix, int error) {
  fault.error = 0;
  fault.prefix = prefix;
  fault.error = error;
}

ssize_t NotedWrite(int file, const iovec* parts, int part_count, off_t offset) {
  const auto path = PathOf(file);
  if (Faulty(path, write_fault) || IsNth(FileCall::kWrite, file)) return -1;
  const long count = syscall(SYS_pwritev, file, parts, part_count, offset, 0L);
  if (count <= 0 || !path.has_value()) return count;
  FileEvent event{FileEvent::kWrite, *path};
  event.offset = static_cast<std::uint64_t>(offset);
  event.synced = (fcntl(file, F_GETFL) & O_DSYNC) != 0;
  for (int i = 0; i < part_count; ++i) {
    event.bytes.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  }
  event.bytes.resize(static_cast<std::size_t>(count));
  Note(std::move(event));
  return count;
}

// A write where the file stands. Pipes and terminals stand nowhere.
ssize_t WriteHere(int file, const iovec* parts, int part_count) {
  const off_t here = PathOf(file).has_value() ? lseek(file, 0, SEEK_CUR) : -1;
  if (here < 0) return syscall(SYS_writev, file, parts, part_count);
  const ssize_t count = NotedWrite(file, parts, part_count, here);
  if (count > 0) lseek(file, here + count, SEEK_SET);
  return count;
}

void TellWatch(const std::optional<std::string>& path) {
  if (!path.has_value()) return;
  const std::lock_guard lock(sync_watch.mutex);
  if (sync_watch.call && path->starts_with(sync_watch.prefix)) sync_watch.call();
}

int NotedSync(int file, long call) {
  const auto path = PathOf(file);
  TellWatch(path);
  if (Faulty(path, sync_fault) || IsNth(FileCall::kSync, file)) return -1;
  const long answer = syscall(call, file);
  if (answer == 0 && path.has_value()) Note({FileEvent::kSync, *path});
  return static_cast<int>(answer);
}

}  // namespace

FileJournal::FileJournal(const std::filesystem::path& folder) {
  journal.folder = folder.string();
  journal.events.clear();
  recording = true;
}
FileJournal::~FileJournal() {
  recording = false;
  BeforeSyncs("", nullptr);
  nth_fault.left = 0;
  write_fault.error = sync_fault.error = 0;
}
void FileJournal::Acknowledge(std::uint64_t number) {
  FileEvent event{FileEvent::kAcknowledge};
  event.offset = number;
  Note(std::move(event));
}
std::vector<FileEvent> FileJournal::events() const {
  const std::lock_guard lock(journal.mutex);
  return journal.events;
}
void FileJournal::FailWrites(const std::string& prefix, int error) {
  Plant(write_fault, prefix, error);
}
void FileJournal::FailSyncs(const std::string& prefix, int error) {
  Plant(sync_fault, prefix, error);
}

void FileJournal::FailNth(FileCall call, std::uint64_t n, int error) {
  nth_fault.has_failed = false;
  nth_fault.call = call;
  nth_fault.error = error;
  nth_fault.left = n;
}
bool FileJournal::has_failed() const { return nth_fault.has_failed; }

void FileJournal::BeforeSyncs(const std::string& prefix, std::function<void()> call) {
  const std::lock_guard lock(sync_watch.mutex);
  sync_watch.prefix = prefix;
  sync_watch.call = std::move(call);
}

}  // namespace radyab::crash

// --- the calls ----------------------------------------------------------------------------------

extern "C" {

ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  const iovec part = {const_cast<void*>(bytes), count};
  return radyab::crash::NotedWrite(file, &part, 1, offset);
}

ssize_t write(int file, const void* bytes, size_t count) {
  const iovec part = {const_cast<void*>(bytes), count};
  return radyab::crash::WriteHere(file, &part, 1);
}

ssize_t writev(int file, const iovec* parts, int part_count) {
  return radyab::crash::WriteHere(file, parts, part_count);
}

int fsync(int file) { return radyab::crash::NotedSync(file, SYS_fsync); }
int fdatasync(int file) { return radyab::crash::NotedSync(file, SYS_fdatasync); }

int ftruncate(int file, off_t length) noexcept {
  if (radyab::crash::IsNth(radyab::crash::FileCall::kTruncate, file)) return -1;
  const auto path = radyab::crash::PathOf(file);
  const long answer = syscall(SYS_ftruncate, file, length);
  if (answer == 0 && path.has_value()) {
    radyab::crash::FileEvent event{radyab::crash::FileEvent::kTruncate, *path};
    event.offset = static_cast<std::uint64_t>(length);
    radyab::crash::Note(std::move(event));
  }
  return static_cast<int>(answer);
}

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(more, unsigned) : 0;
  va_end(more);
  if (radyab::crash::recording && radyab::crash::IsNth(radyab::crash::FileCall::kOpen, path)) {
    return -1;
  }
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

int rename(const char* from, const char* to) noexcept {
  const long answer = syscall(SYS_rename, from, to);
  if (answer == 0 && radyab::crash::recording) {
    const auto old_path = radyab::crash::Below(from), new_path = radyab::crash::Below(to);
    if (old_path && new_path) {
      radyab::crash::Note({radyab::crash::FileEvent::kRename, *old_path, *new_path});
    }
  }
  return static_cast<int>(answer);
}

int unlink(const char* path) noexcept {
  const long answer = syscall(SYS_unlink, path);
  if (answer == 0 && radyab::crash::recording) {
    const auto gone = radyab::crash::Below(path);
    if (gone.has_value()) radyab::crash::Note({radyab::crash::FileEvent::kUnlink, *gone});
  }
  return static_cast<int>(answer);
}

}  // extern "C"
