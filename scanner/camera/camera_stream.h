// One camera, agreed with and streaming: its frames one by one.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/camera/camera_pixels.h"
#include "scanner/camera/video_calls.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// What is asked of the driver; it may give the nearest that it has.
struct CameraWish {
  int width = 1920;
  int height = 1080;
  int frames_a_second = 30;
};

// Buffers of the driver that frames are written to.
inline constexpr unsigned kCameraBuffers = 4;

// Streams from the moment it is made. Of the forms that both know the one is taken that comes
// nearest to the wished size, then to the rate, then costs least to read. Not safe for several
// threads.
class CameraStream {
 public:
  // Faults: kFileUnreadable (none such, no permission, busy, no camera), kUnreadForm (it has no
  // form that we read; those that it has are named), kTooLarge.
  static Outcome<std::unique_ptr<CameraStream>> Open(const std::string& path,
                                                     const CameraWish& wish,
                                                     VideoCalls& calls = KernelVideoCalls());
  ~CameraStream();
  CameraStream(const CameraStream&) = delete;
  CameraStream& operator=(const CameraStream&) = delete;

  const CameraForm& form() const { return form_; }

  // Waits up to `milliseconds` for a frame and hands its bytes to `take`, which are the driver's
  // again when it returns; false when none came. A frame that the driver marks as broken is passed
  // over, as if none came. Fault kDeviceLost: the camera is gone or fails, and stays so.
  Outcome<bool> Next(int milliseconds, const std::function<void(std::string_view)>& take);

 private:
  struct Buffer {
    void* address = nullptr;
    std::size_t bytes = 0;
  };

  CameraStream(std::string path, VideoCalls& calls) : path_(std::move(path)), calls_(calls) {}
  Outcome<bool> Agree(const CameraWish& wish);
  Outcome<bool> Start();
  // The form that the driver gives for one form of pixels; false when it refuses.
  bool TryForm(CameraPixels pixels, const CameraWish& wish, CameraForm* form);
  int Control(unsigned long request, void* argument) {
    return calls_.Control(descriptor_, request, argument);
  }
  ScanFault Refused(FaultKind kind, const std::string& why) const;
  ScanFault Lost(const std::string& why) const;

  std::string path_;
  VideoCalls& calls_;
  int descriptor_ = -1;
  bool streaming_ = false;
  CameraForm form_;
  std::vector<Buffer> buffers_;
};

}  // namespace radyab::scanner
