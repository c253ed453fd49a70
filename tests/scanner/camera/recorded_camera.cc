#include "tests/scanner/camera/recorded_camera.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "tests/scanner/picture_writers.h"

namespace radyab::scanner {
namespace {

constexpr int kDescriptor = 1000;
constexpr std::size_t kBufferBytes = 4 << 20;

int Failed(int error) {
  errno = error;
  return -1;
}

std::uint32_t RowBytes(const RecordedForm& form) {
  const auto width = static_cast<std::uint32_t>(form.width);
  if (form.pixels == V4L2_PIX_FMT_MJPEG) return 0;
  return (form.pixels == V4L2_PIX_FMT_YUYV ? 2 * width : width) + form.row_padding;
}

}  // namespace

std::string FrameBytes(const GreyPicture& picture, const RecordedForm& form) {
  if (form.pixels == V4L2_PIX_FMT_MJPEG) return JpegOfGrey(picture, 90);
  std::string bytes;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      bytes += static_cast<char>(picture.At(x, y));
      if (form.pixels == V4L2_PIX_FMT_YUYV) bytes += '\x80';
    }
    bytes.append(form.row_padding, '\x55');
  }
  if (form.pixels == V4L2_PIX_FMT_NV12) bytes.append(bytes.size() / 2, '\x80');
  return bytes;
}

void RecordedCamera::Add(std::string frame) {
  const std::lock_guard<std::mutex> lock(mutex_);
  frames_.push_back({std::move(frame), false});
  changed_.notify_all();
}

void RecordedCamera::AddBroken(std::string frame) {
  const std::lock_guard<std::mutex> lock(mutex_);
  frames_.push_back({std::move(frame), true});
  changed_.notify_all();
}

void RecordedCamera::EndWith(int error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  end_error_ = error;
  changed_.notify_all();
}

void RecordedCamera::WaitUntilTaken() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return frames_.empty() && queued_.size() == buffers_.size(); });
}

int RecordedCamera::Open(const std::string&) {
  if (open_error != 0) return Failed(open_error);
  ++open_count_;
  return kDescriptor;
}

void RecordedCamera::Close(int) { --open_count_; }

int RecordedCamera::Control(int descriptor, unsigned long request, void* argument) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (descriptor != kDescriptor) return Failed(EBADF);
  switch (request) {
    case VIDIOC_QUERYCAP: {
      auto& about = *static_cast<v4l2_capability*>(argument);
      about.capabilities = capabilities | V4L2_CAP_DEVICE_CAPS;
      about.device_caps = capabilities;
      return 0;
    }
    case VIDIOC_ENUM_FMT: {
      auto& form = *static_cast<v4l2_fmtdesc*>(argument);
      if (form.index >= forms_.size()) return Failed(EINVAL);
      form.pixelformat = forms_[form.index].pixels;
      return 0;
    }
    case VIDIOC_S_FMT: {
      auto& pix = static_cast<v4l2_format*>(argument)->fmt.pix;
      if (!buffers_.empty()) return Failed(EBUSY);
      at_ = 0;
      for (std::size_t i = 0; i < forms_.size(); ++i) {
        if (forms_[i].pixels == pix.pixelformat && !forms_[i].refused) at_ = i;
      }
      pix.pixelformat = forms_[at_].pixels;
      pix.width = static_cast<std::uint32_t>(forms_[at_].width);
      pix.height = static_cast<std::uint32_t>(forms_[at_].height);
      pix.bytesperline = RowBytes(forms_[at_]);
      return 0;
    }
    case VIDIOC_S_PARM: {
      auto& each = static_cast<v4l2_streamparm*>(argument)->parm.capture.timeperframe;
      each = {1, std::min(each.denominator, forms_[at_].frames_a_second)};
      return 0;
    }
    case VIDIOC_REQBUFS: {
      if (buffers_error != 0) return Failed(buffers_error);
      buffers_.resize(static_cast<v4l2_requestbuffers*>(argument)->count);
      for (std::string& buffer : buffers_) buffer.resize(kBufferBytes);
      return 0;
    }
    case VIDIOC_QUERYBUF: {
      auto& buffer = *static_cast<v4l2_buffer*>(argument);
      buffer.length = kBufferBytes;
      buffer.m.offset = buffer.index;
      return 0;
    }
    case VIDIOC_QBUF: {
      const std::uint32_t index = static_cast<v4l2_buffer*>(argument)->index;
      if (std::ranges::count(queued_, index) > 0) return Failed(EINVAL);
      queued_.push_back(index);
      changed_.notify_all();
      return 0;
    }
    case VIDIOC_DQBUF:
      return Fill(*static_cast<v4l2_buffer*>(argument));
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
      streaming_ = request == VIDIOC_STREAMON;
      return 0;
    default:
      return Failed(ENOTTY);
  }
}

int RecordedCamera::Fill(v4l2_buffer& buffer) {
  if (!streaming_) return Failed(EINVAL);
  if (frames_.empty()) return Failed(end_error_ == 0 ? EAGAIN : end_error_);
  if (queued_.empty()) return Failed(EINVAL);
  const Frame frame = std::move(frames_.front());
  frames_.pop_front();
  buffer.index = queued_.front();
  queued_.pop_front();
  std::memcpy(buffers_[buffer.index].data(), frame.bytes.data(), frame.bytes.size());
  buffer.bytesused = static_cast<std::uint32_t>(frame.bytes.size());
  buffer.flags = frame.broken ? V4L2_BUF_FLAG_ERROR : 0;
  return 0;
}

void* RecordedCamera::Map(int, std::size_t, std::size_t offset) {
  return *mapped_.insert(buffers_[offset].data()).first;
}

void RecordedCamera::Unmap(void* address, std::size_t) { mapped_.erase(address); }

int RecordedCamera::Wait(int, int milliseconds) {
  std::unique_lock<std::mutex> lock(mutex_);
  const bool ready = changed_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                                       [this] { return !frames_.empty() || end_error_ != 0; });
  return ready ? 1 : 0;
}

}  // namespace radyab::scanner
