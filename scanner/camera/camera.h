// A camera whose newest frame is read.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "scanner/camera/camera_stream.h"
#include "scanner/grey_picture.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// How long a camera may give no frame before it counts as lost, in milliseconds.
inline constexpr int kCameraSilenceMax = 10'000;

// Takes every frame from the driver on a thread of its own and keeps the newest alone: who reads
// slowly reads fewer frames, never old ones, and memory stays at two frames. Any thread may ask.
class Camera {
 public:
  // Faults as CameraStream::Open.
  static Outcome<std::unique_ptr<Camera>> Open(const std::string& path, const CameraWish& wish,
                                               VideoCalls& calls = KernelVideoCalls(),
                                               int silence_milliseconds_max = kCameraSilenceMax);
  ~Camera();
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  const CameraForm& form() const { return stream_->form(); }

  // The newest frame that was not given yet, waited for. A damaged frame (short, a broken JPEG) is
  // passed over and counted. Fault kDeviceLost when the camera has ended; frames that came before
  // are given first.
  Outcome<GreyPicture> Next();

  // The same as long as `wanted` says so, which is asked at once and ten times a second on the
  // calling thread while no frame comes; nothing once it does not.
  Outcome<std::optional<GreyPicture>> NextWhile(const std::function<bool()>& wanted);

  std::int64_t given_count() const { return given_; }
  std::int64_t late_count() const { return late_; }        // a newer one came before they were read
  std::int64_t damaged_count() const { return damaged_; }  // no picture could be made of them

 private:
  Camera(std::unique_ptr<CameraStream> stream, int silence_milliseconds_max);
  void Run(const std::stop_token& stop);

  const std::unique_ptr<CameraStream> stream_;
  const int silence_milliseconds_max_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable came_;
  std::optional<std::string> newest_;
  std::optional<ScanFault> ended_;
  std::atomic<std::int64_t> given_ = 0;
  std::atomic<std::int64_t> late_ = 0;
  std::atomic<std::int64_t> damaged_ = 0;
  std::jthread thread_;  // the last member: it ends before the others
};

}  // namespace radyab::scanner
