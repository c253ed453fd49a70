#include "scanner/camera/camera.h"

#include <chrono>
#include <utility>

namespace radyab::scanner {
namespace {

constexpr int kPatienceMilliseconds = 100;  // between two looks at whether to go on

}  // namespace

Outcome<std::unique_ptr<Camera>> Camera::Open(const std::string& path, const CameraWish& wish,
                                              VideoCalls& calls, int silence_milliseconds_max) {
  auto stream = CameraStream::Open(path, wish, calls);
  if (!stream) return stream.fault();
  return std::unique_ptr<Camera>(new Camera(std::move(stream).value(), silence_milliseconds_max));
}

Camera::Camera(std::unique_ptr<CameraStream> stream, int silence_milliseconds_max)
    : stream_(std::move(stream)),
      silence_milliseconds_max_(silence_milliseconds_max),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

Camera::~Camera() = default;

void Camera::Run(const std::stop_token& stop) {
  auto last = std::chrono::steady_clock::now();
  std::optional<ScanFault> fault;
  while (!fault && !stop.stop_requested()) {
    const auto got = stream_->Next(kPatienceMilliseconds, [this](std::string_view bytes) {
      std::string frame(bytes);
      const std::lock_guard<std::mutex> lock(mutex_);
      if (newest_) ++late_;
      newest_ = std::move(frame);
      came_.notify_one();
    });
    const auto now = std::chrono::steady_clock::now();
    if (!got) {
      fault = got.fault();
    } else if (*got) {
      last = now;
    } else if (now - last >= std::chrono::milliseconds(silence_milliseconds_max_)) {
      fault = {FaultKind::kDeviceLost, "the camera gave no whole frame for " +
                                           std::to_string(silence_milliseconds_max_) + " ms"};
    }
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  ended_ = fault ? *fault : ScanFault{FaultKind::kDeviceLost, "the camera was stopped"};
  came_.notify_all();
}

Outcome<GreyPicture> Camera::Next() {
  auto frame = NextWhile([] { return true; });
  if (!frame) return frame.fault();
  return *std::move(frame).value();
}

Outcome<std::optional<GreyPicture>> Camera::NextWhile(const std::function<bool()>& wanted) {
  while (wanted()) {
    std::unique_lock<std::mutex> lock(mutex_);
    came_.wait_for(lock, std::chrono::milliseconds(kPatienceMilliseconds),
                   [this] { return newest_ || ended_; });
    if (!newest_ && ended_) return *ended_;
    if (!newest_) continue;
    const std::string frame = *std::exchange(newest_, std::nullopt);
    lock.unlock();
    auto picture = GreyOfFrame(stream_->form(), frame);
    if (picture) {
      ++given_;
      return std::optional(std::move(picture).value());
    }
    ++damaged_;
  }
  return std::optional<GreyPicture>();
}

}  // namespace radyab::scanner
