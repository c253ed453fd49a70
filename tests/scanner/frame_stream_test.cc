#include "scanner/frame_stream.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "tests/scanner/picture_writers.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

// A pipe into which another thread writes, a few bytes at a time.
class Pipe {
 public:
  Pipe(std::string bytes, std::size_t piece) {
    EXPECT_EQ(::pipe2(ends_, O_CLOEXEC), 0);
    writer_ = std::jthread([end = ends_[1], bytes = std::move(bytes), piece] {
      for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const std::size_t size = std::min(piece, bytes.size() - at);
        if (::write(end, bytes.data() + at, size) != static_cast<ssize_t>(size)) break;
      }
      ::close(end);
    });
  }
  ~Pipe() {
    writer_.join();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int end() const { return ends_[0]; }

 private:
  int ends_[2] = {-1, -1};
  std::jthread writer_;
};

std::string Pgm(char grey) { return "P5 4 2 255\n" + std::string(8, grey); }

TEST(FrameStream, PartsPicturesThatFollowOneAnother) {
  const GreyPicture grain = Grained(GreyPicture::Blank(60, 40, 128), 127, 3);
  const std::vector<std::string> pictures = {Pgm('a'), JpegOfGrey(grain, 80), PngBytes(grain),
                                             Pgm(' '), JpegOfGrey(grain, 20)};
  for (const std::size_t piece : {1U, 7U, 4096U}) {
    std::string all;
    for (const std::string& picture : pictures) all += picture;
    const Pipe pipe(all + "\n", piece);
    FrameStream frames(pipe.end());
    for (const std::string& picture : pictures) {
      const auto frame = frames.Next();
      ASSERT_TRUE(frame.ok()) << frame.fault().message;
      ASSERT_TRUE(frame->has_value());
      EXPECT_EQ(**frame, picture) << "pieces of " << piece;
    }
    const auto end = frames.Next();
    ASSERT_TRUE(end.ok()) << end.fault().message;
    EXPECT_FALSE(end->has_value());
    EXPECT_EQ(frames.count(), static_cast<std::int64_t>(pictures.size()));
  }
}

TEST(FrameStream, TellsAStreamThatEndsWithinAPicture) {
  const Pipe pipe(Pgm('a') + Pgm('b').substr(0, 14), 5);
  FrameStream frames(pipe.end());
  EXPECT_TRUE(frames.Next().ok());
  const auto broken = frames.Next();
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.fault().kind, FaultKind::kDamagedPicture);
  EXPECT_EQ(broken.fault().message, "the stream ends within frame 2, after 14 of its bytes");
}

TEST(FrameStream, TellsWhatIsNoPicture) {
  const Pipe pipe(Pgm('a') + "hello", 64);
  FrameStream frames(pipe.end());
  EXPECT_TRUE(frames.Next().ok());
  const auto broken = frames.Next();
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.fault().kind, FaultKind::kNotAPicture);
  EXPECT_THAT(broken.fault().message, testing::HasSubstr("frame 2"));
}

TEST(FrameStream, TakesAnEmptyStreamAsOneWithoutFrames) {
  const Pipe pipe("", 1);
  FrameStream frames(pipe.end());
  const auto end = frames.Next();
  ASSERT_TRUE(end.ok());
  EXPECT_FALSE(end->has_value());
}

TEST(FrameStream, TellsADescriptorThatCannotBeRead) {
  FrameStream frames(-1);
  const auto broken = frames.Next();
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.fault().kind, FaultKind::kFileUnreadable);
}

}  // namespace
}  // namespace radyab::scanner
