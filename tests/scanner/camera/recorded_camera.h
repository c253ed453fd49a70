// A camera that plays a recorded stream: the driver's side of VideoCalls.
#pragma once

#include <linux/videodev2.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "scanner/camera/video_calls.h"
#include "scanner/grey_picture.h"

namespace radyab::scanner {

// One form that the driver offers, at one size and with a rate that it does not exceed.
struct RecordedForm {
  std::uint32_t pixels = V4L2_PIX_FMT_GREY;
  int width = 640;
  int height = 480;
  std::uint32_t frames_a_second = 30;
  std::uint32_t row_padding = 0;
  bool refused = false;  // S_FMT gives the first form instead
};

// `picture` as a frame's bytes in the form; the rows padded.
std::string FrameBytes(const GreyPicture& picture, const RecordedForm& form);

// Checks the order of the calls as a driver does: a buffer is filled only while it is queued.
// Frames are those added; after the last one the device fails with the error, or stays silent while
// there is none. Any thread.
class RecordedCamera : public VideoCalls {
 public:
  explicit RecordedCamera(std::vector<RecordedForm> forms) : forms_(std::move(forms)) {}

  void Add(std::string frame);
  void AddBroken(std::string frame);  // with the driver's mark of an error
  void EndWith(int error);
  // Waits until the reader took all frames that were added.
  void WaitUntilTaken();

  int open_error = 0;
  int buffers_error = 0;
  std::uint32_t capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  int open_count() const { return open_count_; }
  std::size_t mapped_count() const { return mapped_.size(); }
  bool streaming() const { return streaming_; }
  const RecordedForm& form() const { return forms_[at_]; }

  int Open(const std::string& path) override;
  void Close(int descriptor) override;
  int Control(int descriptor, unsigned long request, void* argument) override;
  void* Map(int descriptor, std::size_t bytes, std::size_t offset) override;
  void Unmap(void* address, std::size_t bytes) override;
  int Wait(int descriptor, int milliseconds) override;

 private:
  struct Frame {
    std::string bytes;
    bool broken = false;
  };
  int Fill(v4l2_buffer& buffer);

  std::vector<RecordedForm> forms_;
  std::size_t at_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Frame> frames_;
  int end_error_ = 0;
  int open_count_ = 0;
  bool streaming_ = false;
  std::vector<std::string> buffers_;
  std::deque<std::uint32_t> queued_;
  std::set<void*> mapped_;
};

}  // namespace radyab::scanner
