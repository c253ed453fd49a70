#include "scanner/camera/camera_stream.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <tuple>
#include <utility>

namespace radyab::scanner {
namespace {

constexpr int kFormsAskedMax = 64;  // of the driver's list

// In the order of what they cost to read.
constexpr std::array<std::pair<CameraPixels, std::uint32_t>, 4> kForms = {{
    {CameraPixels::kGrey, V4L2_PIX_FMT_GREY},
    {CameraPixels::kNv12, V4L2_PIX_FMT_NV12},
    {CameraPixels::kYuyv, V4L2_PIX_FMT_YUYV},
    {CameraPixels::kMjpeg, V4L2_PIX_FMT_MJPEG},
}};

std::uint32_t NumberOf(CameraPixels pixels) {
  return std::ranges::find(kForms, pixels, &std::pair<CameraPixels, std::uint32_t>::first)->second;
}

// "YUYV": the four letters by which drivers call a form.
std::string LettersOf(std::uint32_t number) {
  std::string letters;
  for (int i = 0; i < 4; ++i) {
    const char c = static_cast<char>(number >> (8 * i) & 0x7F);
    letters += c > ' ' && c < 0x7F ? c : '?';
  }
  return letters;
}

// How far a form is from what was wished; the least is the best.
std::tuple<std::int64_t, double> Distance(const CameraForm& form, const CameraWish& wish) {
  const std::int64_t size = std::abs(form.width - wish.width) + std::abs(form.height - wish.height);
  const double slow = std::max(0.0, wish.frames_a_second - 0.5 - form.frames_a_second);
  return {size, form.frames_a_second == 0 ? 0 : slow};
}

v4l2_buffer FrameBuffer(std::uint32_t index) {
  v4l2_buffer buffer{};
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  buffer.index = index;
  return buffer;
}

}  // namespace

ScanFault CameraStream::Refused(FaultKind kind, const std::string& why) const {
  return {kind, "camera \"" + path_ + "\": " + why};
}

ScanFault CameraStream::Lost(const std::string& why) const {
  return {FaultKind::kDeviceLost, "camera \"" + path_ + "\" gives no more frames: " + why};
}

Outcome<std::unique_ptr<CameraStream>> CameraStream::Open(const std::string& path,
                                                          const CameraWish& wish,
                                                          VideoCalls& calls) {
  std::unique_ptr<CameraStream> camera(new CameraStream(path, calls));
  camera->descriptor_ = calls.Open(path);
  if (camera->descriptor_ < 0) {
    return camera->Refused(FaultKind::kFileUnreadable, std::strerror(errno));
  }
  if (const auto agreed = camera->Agree(wish); !agreed) return agreed.fault();
  if (const auto started = camera->Start(); !started) return started.fault();
  return camera;
}

CameraStream::~CameraStream() {
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (streaming_) Control(VIDIOC_STREAMOFF, &type);
  for (const Buffer& buffer : buffers_) calls_.Unmap(buffer.address, buffer.bytes);
  if (descriptor_ >= 0) calls_.Close(descriptor_);
}

bool CameraStream::TryForm(CameraPixels pixels, const CameraWish& wish, CameraForm* form) {
  v4l2_format asked{};
  asked.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  asked.fmt.pix.width = static_cast<std::uint32_t>(wish.width);
  asked.fmt.pix.height = static_cast<std::uint32_t>(wish.height);
  asked.fmt.pix.pixelformat = NumberOf(pixels);
  asked.fmt.pix.field = V4L2_FIELD_NONE;
  if (Control(VIDIOC_S_FMT, &asked) != 0) return false;
  const v4l2_pix_format& given = asked.fmt.pix;
  const bool sized = given.width > 0 && given.height > 0 && given.width <= kPictureSideMax &&
                     given.height <= kPictureSideMax;
  // A driver that does not have a form answers with another one.
  if (given.pixelformat != NumberOf(pixels) || !sized) return false;
  *form = {pixels, static_cast<int>(given.width), static_cast<int>(given.height),
           given.bytesperline, 0};
  v4l2_streamparm rate{};
  rate.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  rate.parm.capture.timeperframe = {1, static_cast<std::uint32_t>(wish.frames_a_second)};
  const v4l2_fract& each = rate.parm.capture.timeperframe;
  // Not every driver can be told a rate.
  if (Control(VIDIOC_S_PARM, &rate) == 0 && each.numerator > 0) {
    form->frames_a_second = static_cast<double>(each.denominator) / each.numerator;
  }
  return true;
}

Outcome<bool> CameraStream::Agree(const CameraWish& wish) {
  v4l2_capability about{};
  if (Control(VIDIOC_QUERYCAP, &about) != 0) {
    return Refused(FaultKind::kFileUnreadable, "it is no video device");
  }
  const bool told = (about.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
  const std::uint32_t can = told ? about.device_caps : about.capabilities;
  if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0) {
    return Refused(FaultKind::kFileUnreadable, "it does not capture pictures as a stream");
  }
  std::vector<std::uint32_t> offered;
  std::string list;
  for (std::uint32_t i = 0; i < kFormsAskedMax; ++i) {
    v4l2_fmtdesc form{};
    form.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    form.index = i;
    if (Control(VIDIOC_ENUM_FMT, &form) != 0) break;
    offered.push_back(form.pixelformat);
    list += (list.empty() ? "" : ", ") + LettersOf(form.pixelformat);
  }
  std::vector<CameraForm> forms;
  for (const auto& [pixels, number] : kForms) {
    CameraForm form;
    if (std::ranges::count(offered, number) > 0 && TryForm(pixels, wish, &form)) {
      forms.push_back(form);
    }
  }
  const auto best = std::ranges::min_element(
      forms, {}, [&wish](const CameraForm& form) { return Distance(form, wish); });
  if (best == forms.end() || !TryForm(best->pixels, wish, &form_)) {
    return Refused(FaultKind::kUnreadForm, "it gives " + (list.empty() ? "no form" : list) +
                                               ", want GREY, NV12, YUYV or MJPG");
  }
  if (std::int64_t{form_.width} * form_.height > kPicturePixelsMax) {
    return Refused(FaultKind::kTooLarge, "frames of " + std::to_string(form_.width) + " x " +
                                             std::to_string(form_.height) + " pixels, at most " +
                                             std::to_string(kPicturePixelsMax) + " are taken");
  }
  return true;
}

Outcome<bool> CameraStream::Start() {
  const auto failed = [this](const char* what) {
    return Refused(FaultKind::kFileUnreadable, std::string(what) + ": " + std::strerror(errno));
  };
  v4l2_requestbuffers wanted{};
  wanted.count = kCameraBuffers;
  wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  wanted.memory = V4L2_MEMORY_MMAP;
  if (Control(VIDIOC_REQBUFS, &wanted) != 0) {
    return errno == EBUSY ? Refused(FaultKind::kFileUnreadable, "another program uses it")
                          : failed("no buffers");
  }
  if (wanted.count < 2) return Refused(FaultKind::kFileUnreadable, "fewer than two buffers");
  for (std::uint32_t i = 0; i < wanted.count; ++i) {
    v4l2_buffer buffer = FrameBuffer(i);
    if (Control(VIDIOC_QUERYBUF, &buffer) != 0) return failed("no buffer");
    void* const address = calls_.Map(descriptor_, buffer.length, buffer.m.offset);
    if (address == nullptr) return failed("its buffer cannot be seen");
    buffers_.push_back({address, buffer.length});
    v4l2_buffer empty = FrameBuffer(i);
    if (Control(VIDIOC_QBUF, &empty) != 0) return failed("a buffer is refused");
  }
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (Control(VIDIOC_STREAMON, &type) != 0) return failed("it does not start");
  streaming_ = true;
  return true;
}

Outcome<bool> CameraStream::Next(int milliseconds,
                                 const std::function<void(std::string_view)>& take) {
  const int ready = calls_.Wait(descriptor_, milliseconds);
  if (ready < 0) return Lost(std::strerror(errno));
  if (ready == 0) return false;
  v4l2_buffer buffer = FrameBuffer(0);
  if (Control(VIDIOC_DQBUF, &buffer) != 0) {
    if (errno == EAGAIN) return false;
    return Lost(std::strerror(errno));
  }
  if (buffer.index >= buffers_.size()) return Lost("it names a buffer that it does not have");
  const Buffer& held = buffers_[buffer.index];
  const bool whole = (buffer.flags & V4L2_BUF_FLAG_ERROR) == 0;
  if (whole) {
    take({static_cast<const char*>(held.address),
          std::min<std::size_t>(buffer.bytesused, held.bytes)});
  }
  v4l2_buffer empty = FrameBuffer(buffer.index);
  if (Control(VIDIOC_QBUF, &empty) != 0) return Lost(std::strerror(errno));
  return whole;
}

}  // namespace radyab::scanner
