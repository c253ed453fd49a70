#include "tests/crash/memory_calls.h"

#include <atomic>
#include <cerrno>
#include <cstddef>

// glibc's own names of what is caught here.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace radyab::crash {
namespace {

std::atomic<std::uint64_t> left = 0;  // allocations until the one that fails; 0: none is planned
std::atomic<bool> failed = false;

bool IsTheOne() {
  std::uint64_t now = left.load(std::memory_order_relaxed);
  while (now > 0 && !left.compare_exchange_weak(now, now - 1)) {
  }
  if (now != 1) return false;
  failed = true;
  errno = ENOMEM;
  return true;
}

}  // namespace

void FailNthAllocation(std::uint64_t n) {
  failed = false;
  left = n;
}

bool allocation_has_failed() { return failed; }

}  // namespace radyab::crash

extern "C" {

void* malloc(std::size_t size) { return radyab::crash::IsTheOne() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) {
  return radyab::crash::IsTheOne() ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  return radyab::crash::IsTheOne() ? nullptr : __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  return radyab::crash::IsTheOne() ? nullptr : __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return radyab::crash::IsTheOne() ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** place, std::size_t alignment, std::size_t size) {
  void* made = radyab::crash::IsTheOne() ? nullptr : __libc_memalign(alignment, size);
  if (made == nullptr) return ENOMEM;
  *place = made;
  return 0;
}

}  // extern "C"
