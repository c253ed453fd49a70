#include "scanner/frame_stream.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "scanner/picture_end.h"
#include "scanner/picture_file.h"

namespace radyab::scanner {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;

}  // namespace

// Reads one more piece; false at the end of the stream.
Outcome<bool> FrameStream::Fill() {
  const std::size_t had = bytes_.size();
  bytes_.resize(had + kPieceBytes);
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, bytes_.data() + had, kPieceBytes);
  } while (got < 0 && errno == EINTR);
  const int error = errno;
  bytes_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got >= 0) return got > 0;
  return ScanFault{FaultKind::kFileUnreadable,
                   std::string("cannot read the frames: ") + std::strerror(error)};
}

Outcome<std::optional<std::string>> FrameStream::Next() {
  const std::string name = "frame " + std::to_string(count_ + 1);
  bytes_.erase(0, begin_);
  begin_ = 0;
  PictureEnd end;
  for (;;) {
    if (begin_ == 0) bytes_.erase(0, std::min(bytes_.find_first_not_of(" \t\r\n"), bytes_.size()));
    const auto answer = bytes_.empty() ? PictureEnd::Answer::kMoreNeeded : end.Seek(bytes_);
    if (answer == PictureEnd::Answer::kFound) {
      begin_ = end.length();
      ++count_;
      return std::optional<std::string>(bytes_.substr(0, begin_));
    }
    if (answer == PictureEnd::Answer::kNoPicture) {
      return ScanFault{FaultKind::kNotAPicture,
                       name + " begins like no picture whose end can be told (PNM, JPEG, PNG)"};
    }
    if (bytes_.size() > static_cast<std::size_t>(kPictureFileBytesMax)) {
      return ScanFault{FaultKind::kTooLarge,
                       name + " has more than " + std::to_string(kPictureFileBytesMax) + " bytes"};
    }
    const auto more = Fill();
    if (!more) return more.fault();
    if (*more) continue;
    if (bytes_.empty()) return std::optional<std::string>();
    return ScanFault{FaultKind::kDamagedPicture, "the stream ends within " + name + ", after " +
                                                     std::to_string(bytes_.size()) +
                                                     " of its bytes"};
  }
}

}  // namespace radyab::scanner
