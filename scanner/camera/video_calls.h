// The system calls of a camera, behind an interface: tests put a recorded stream there.
#pragma once

#include <cstddef>
#include <string>

namespace radyab::scanner {

// Each answers as the call of that name does, and sets errno.
class VideoCalls {
 public:
  virtual ~VideoCalls() = default;
  virtual int Open(const std::string& path) = 0;  // to read and write, without waiting
  virtual void Close(int descriptor) = 0;
  // `argument` is the structure of linux/videodev2.h that belongs to the request.
  virtual int Control(int descriptor, unsigned long request, void* argument) = 0;
  virtual void* Map(int descriptor, std::size_t bytes, std::size_t offset) = 0;  // null on failure
  virtual void Unmap(void* address, std::size_t bytes) = 0;
  // 1 when a frame is ready or the device has failed, 0 after the time.
  virtual int Wait(int descriptor, int milliseconds) = 0;
};

// The kernel itself. Lives as long as the program; any thread.
VideoCalls& KernelVideoCalls();

}  // namespace radyab::scanner
