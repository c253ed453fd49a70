#include "scanner/camera/camera.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

#include "scanner/decode_workers.h"
#include "tests/scanner/camera/recorded_camera.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::uint32_t> kAllForms = {V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12,
                                              V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG};

// A frame of 640 x 480 that shows the sample.
GreyPicture FrameOf(const SampleSymbol& sample) {
  const GreyPicture drawn = DrawSample(sample);
  GreyPicture frame = GreyPicture::Blank(640, 480);
  for (int y = 0; y < std::min(drawn.height, 440); ++y) {
    std::copy_n(drawn.Row(y), std::min(drawn.width, 600), frame.Row(y + 20) + 20);
  }
  return frame;
}

SampleSymbol QrSample() {
  for (const SampleSymbol& sample : SampleSymbols()) {
    if (sample.symbology == Symbology::kQrCode) return sample;
  }
  return {};
}

std::unique_ptr<Camera> Opened(RecordedCamera& device, CameraWish wish = {640, 480, 30},
                               int silence = kCameraSilenceMax) {
  auto camera = Camera::Open("/dev/video0", wish, device, silence);
  EXPECT_TRUE(camera.ok()) << camera.fault().message;
  return std::move(camera).value();
}

std::string Refusal(RecordedCamera& device) {
  const auto camera = Camera::Open("/dev/video0", {}, device);
  EXPECT_FALSE(camera.ok());
  EXPECT_EQ(device.open_count(), 0) << "left open";
  EXPECT_EQ(device.mapped_count(), 0U);
  return camera ? "" : camera.fault().message;
}

TEST(Camera, GivesItsFramesInEveryForm) {
  const GreyPicture frame = FrameOf(QrSample());
  for (const std::uint32_t pixels : kAllForms) {
    for (const std::uint32_t padding : {0U, 64U}) {
      RecordedForm form;
      form.pixels = pixels;
      form.row_padding = padding;
      RecordedCamera device({form});
      const auto camera = Opened(device);
      device.Add(FrameBytes(frame, form));
      const auto got = camera->Next();
      ASSERT_TRUE(got.ok()) << got.fault().message;
      if (pixels != V4L2_PIX_FMT_MJPEG) {
        EXPECT_TRUE(*got == frame) << pixels;
      }
      DecodeWorker worker;
      const auto read = worker.ReadFrame(*got);
      ASSERT_TRUE(read.ok());
      ASSERT_EQ(read->symbols.size(), 1U) << pixels;
      EXPECT_EQ(read->symbols[0].text, QrSample().text);
    }
  }
}

TEST(Camera, KeepsTheNewestFrameAndCountsTheLateOnes) {
  RecordedCamera device({RecordedForm{}});
  const auto camera = Opened(device);
  for (int i = 0; i < 20; ++i) {
    device.Add(std::string(640 * 480, static_cast<char>(i)));
    device.WaitUntilTaken();
  }
  const auto newest = camera->Next();
  ASSERT_TRUE(newest.ok());
  EXPECT_EQ(newest->At(0, 0), 19);
  EXPECT_EQ(camera->late_count(), 19);
  EXPECT_EQ(camera->given_count(), 1);
}

TEST(Camera, GivesTheFramesBeforeItsEndAndThenTellsIt) {
  for (const int error : {ENODEV, EIO}) {
    RecordedCamera device({RecordedForm{}});
    const auto camera = Opened(device);
    device.Add(std::string(640 * 480, 'a'));
    device.EndWith(error);
    EXPECT_TRUE(camera->Next().ok());
    for (int i = 0; i < 2; ++i) {
      const auto ended = camera->Next();
      ASSERT_FALSE(ended.ok());
      EXPECT_EQ(ended.fault().kind, FaultKind::kDeviceLost);
      EXPECT_EQ(
          ended.fault().message,
          std::string("camera \"/dev/video0\" gives no more frames: ") + std::strerror(error));
    }
  }
}

TEST(Camera, PassesOverDamagedFrames) {
  for (const std::uint32_t pixels : kAllForms) {
    RecordedForm form;
    form.pixels = pixels;
    RecordedCamera device({form});
    const auto camera = Opened(device);
    const std::string good = FrameBytes(FrameOf(QrSample()), form);
    device.AddBroken(good);
    device.Add(good.substr(0, 1000));
    device.EndWith(ENODEV);
    EXPECT_FALSE(camera->Next().ok());
    EXPECT_EQ(camera->given_count(), 0) << pixels;
    EXPECT_EQ(camera->damaged_count(), 1) << pixels;
  }
}

TEST(Camera, IsLeftWhileItIsSilentOnceItIsNotWanted) {
  RecordedCamera device({RecordedForm{}});
  const auto camera = Opened(device);
  int asked = 0;
  const auto left = camera->NextWhile([&asked] { return ++asked < 3; });
  ASSERT_TRUE(left.ok());
  EXPECT_FALSE(left->has_value());
  EXPECT_EQ(asked, 3);
  device.Add(std::string(640 * 480, 'a'));
  const auto frame = camera->NextWhile([] { return true; });
  ASSERT_TRUE(frame.ok());
  EXPECT_TRUE(frame->has_value());
}

TEST(Camera, TellsACameraThatIsSilent) {
  RecordedCamera device({RecordedForm{}});
  const auto camera = Opened(device, {640, 480, 30}, 1);
  const auto ended = camera->Next();
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.fault().message, "the camera gave no whole frame for 1 ms");
}

TEST(Camera, TakesTheFormThatComesNearestToItsWish) {
  const RecordedForm slow = {V4L2_PIX_FMT_YUYV, 1920, 1080, 5};
  const RecordedForm fast = {V4L2_PIX_FMT_MJPEG, 1920, 1080, 30};
  const RecordedForm small = {V4L2_PIX_FMT_GREY, 640, 480, 60};
  RecordedCamera device({slow, fast, small});
  EXPECT_EQ(Opened(device, {1920, 1080, 30})->form().pixels, CameraPixels::kMjpeg);
  RecordedCamera second({slow, fast, small});
  EXPECT_EQ(Opened(second, {1920, 1080, 5})->form().pixels, CameraPixels::kYuyv);
  RecordedCamera third({slow, fast, small});
  const auto camera = Opened(third, {800, 600, 30});
  EXPECT_EQ(camera->form().pixels, CameraPixels::kGrey);
  EXPECT_EQ(camera->form().width, 640);
  EXPECT_EQ(camera->form().frames_a_second, 30);
}

TEST(Camera, LeavesFormsThatTheDriverRefuses) {
  RecordedForm refused;
  refused.refused = true;
  const RecordedForm taken = {V4L2_PIX_FMT_NV12, 640, 480, 30};
  RecordedCamera device({{V4L2_PIX_FMT_H264, 640, 480, 30}, refused, taken});
  EXPECT_EQ(Opened(device)->form().pixels, CameraPixels::kNv12);
}

TEST(Camera, IsRefusedWhenNothingCanBeReadFromIt) {
  RecordedCamera unknown({{V4L2_PIX_FMT_H264, 640, 480, 30}});
  EXPECT_EQ(Refusal(unknown),
            "camera \"/dev/video0\": it gives H264, want GREY, NV12, YUYV or MJPG");
  RecordedForm refused;
  refused.refused = true;
  RecordedCamera liar({{V4L2_PIX_FMT_H264, 640, 480, 30}, refused});
  EXPECT_THAT(Refusal(liar), HasSubstr("it gives H264, GREY"));
  RecordedCamera absent({});
  absent.open_error = ENOENT;
  EXPECT_EQ(Refusal(absent), "camera \"/dev/video0\": No such file or directory");
  RecordedCamera busy({RecordedForm{}});
  busy.buffers_error = EBUSY;
  EXPECT_EQ(Refusal(busy), "camera \"/dev/video0\": another program uses it");
  RecordedCamera radio({RecordedForm{}});
  radio.capabilities = V4L2_CAP_RADIO;
  EXPECT_THAT(Refusal(radio), HasSubstr("it does not capture pictures"));
  RecordedCamera huge({{V4L2_PIX_FMT_GREY, 30'000, 30'000, 30}});
  EXPECT_THAT(Refusal(huge), HasSubstr("frames of 30000 x 30000 pixels, at most 64000000"));
}

TEST(Camera, GivesItsBuffersBackWhenItIsClosed) {
  RecordedCamera device({RecordedForm{}});
  {
    const auto camera = Opened(device);
    EXPECT_TRUE(device.streaming());
    EXPECT_EQ(device.mapped_count(), kCameraBuffers);
  }
  EXPECT_FALSE(device.streaming());
  EXPECT_EQ(device.mapped_count(), 0U);
  EXPECT_EQ(device.open_count(), 0);
}

TEST(Camera, FeedsTheWorkersToItsEnd) {
  RecordedCamera device({RecordedForm{}});
  const auto camera = Opened(device);
  const GreyPicture frame = FrameOf(QrSample());
  DecodeWorkers workers(2);
  std::vector<std::int64_t> numbers;
  std::optional<ScanFault> fault;
  int added = 0;
  workers.ReadFrames(
      "/dev/video0",
      [&]() -> std::optional<GreyPicture> {
        if (added < 5) {
          device.Add(FrameBytes(frame, device.form()));
        } else {
          device.EndWith(ENODEV);
        }
        ++added;
        auto next = camera->Next();
        if (next) return std::move(next).value();
        fault = next.fault();
        return std::nullopt;
      },
      [&](const PictureReading& reading) {
        numbers.push_back(reading.frame);
        EXPECT_EQ(reading.symbols.size(), 1U);
        return true;
      });
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4, 5));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::kDeviceLost);
}

// The kernel's own calls, on what is no camera.
TEST(Camera, IsNoOtherKindOfDevice) {
  const auto null = Camera::Open("/dev/null", {});
  ASSERT_FALSE(null.ok());
  EXPECT_EQ(null.fault().message, "camera \"/dev/null\": it is no video device");
  const auto none = Camera::Open("/dev/video-none", {});
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(none.fault().message, AllOf(HasSubstr("/dev/video-none"), HasSubstr("No such file")));
}

}  // namespace
}  // namespace radyab::scanner
