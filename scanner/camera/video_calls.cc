#include "scanner/camera/video_calls.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace radyab::scanner {
namespace {

class Kernel final : public VideoCalls {
 public:
  int Open(const std::string& path) override {
    return ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  }
  void Close(int descriptor) override { ::close(descriptor); }
  int Control(int descriptor, unsigned long request, void* argument) override {
    int done = 0;
    do {
      done = ::ioctl(descriptor, request, argument);
    } while (done < 0 && errno == EINTR);
    return done;
  }
  void* Map(int descriptor, std::size_t bytes, std::size_t offset) override {
    void* const address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor,
                                 static_cast<off_t>(offset));
    return address == MAP_FAILED ? nullptr : address;
  }
  void Unmap(void* address, std::size_t bytes) override { ::munmap(address, bytes); }
  int Wait(int descriptor, int milliseconds) override {
    pollfd way = {descriptor, POLLIN, 0};
    int ready = 0;
    do {
      ready = ::poll(&way, 1, milliseconds);
    } while (ready < 0 && errno == EINTR);
    return ready;
  }
};

}  // namespace

VideoCalls& KernelVideoCalls() {
  static Kernel kernel;
  return kernel;
}

}  // namespace radyab::scanner
