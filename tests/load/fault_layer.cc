// A library that stands between a program and its disk and clock (LD_PRELOAD). What it does is
// written by a test, while the program runs, into the file that RADYAB_FAULTS names: three 64-bit
// integers, the errno with which writes of files that matter fail, the same for their syncs (0:
// none), and the seconds by which the wall clock is wrong.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

struct Faults {
  std::int64_t write_errno = 0;
  std::int64_t sync_errno = 0;
  std::int64_t clock_seconds = 0;
};

const volatile Faults* MapFaults() {
  static const Faults none;
  const char* path = std::getenv("RADYAB_FAULTS");
  if (path == nullptr) return &none;
  const int file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC));
  if (file < 0) return &none;
  void* place = mmap(nullptr, sizeof(Faults), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  return place == MAP_FAILED ? &none : static_cast<const volatile Faults*>(place);
}

const volatile Faults& Now() {
  static const volatile Faults* faults = MapFaults();
  return *faults;
}

// The files of the store: its log and its base.
bool Matters(int file) {
  char link[32], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return false;
  path[length] = '\0';
  return std::strstr(path, "/log-") != nullptr || std::strstr(path, "/data.mdb") != nullptr;
}

bool Fails(int file, std::int64_t fault) {
  if (fault == 0 || !Matters(file)) return false;
  errno = static_cast<int>(fault);
  return true;
}

}  // namespace

extern "C" {

ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  if (Fails(file, Now().write_errno)) return -1;
  return syscall(SYS_pwrite64, file, bytes, count, offset);
}
ssize_t pwritev(int file, const iovec* parts, int count, off_t offset) {
  if (Fails(file, Now().write_errno)) return -1;
  return syscall(SYS_pwritev, file, parts, count, offset, 0L);
}
ssize_t write(int file, const void* bytes, size_t count) {
  if (Fails(file, Now().write_errno)) return -1;
  return syscall(SYS_write, file, bytes, count);
}
int fsync(int file) {
  if (Fails(file, Now().sync_errno)) return -1;
  return static_cast<int>(syscall(SYS_fsync, file));
}
int fdatasync(int file) {
  if (Fails(file, Now().sync_errno)) return -1;
  return static_cast<int>(syscall(SYS_fdatasync, file));
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int answer = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
  if (answer == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += Now().clock_seconds;
  }
  return answer;
}
int gettimeofday(timeval* time, void*) noexcept {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}
time_t time(time_t* place) noexcept {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (place != nullptr) *place = now.tv_sec;
  return now.tv_sec;
}

}  // extern "C"
