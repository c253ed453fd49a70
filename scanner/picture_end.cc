#include "scanner/picture_end.h"

#include <array>
#include <optional>

#include "scanner/grey_picture.h"

namespace radyab::scanner {
namespace {

using Answer = PictureEnd::Answer;

constexpr std::string_view kPngBegin = "\x89PNG\r\n\x1A\n";
constexpr std::string_view kJpegBegin = "\xFF\xD8\xFF";
constexpr std::size_t kPngChunkExtra = 12;  // length, name and sum of a chunk
constexpr std::size_t kPnmHeadBytesMax = 4096;

unsigned ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// True when `bytes` begin like `begin`, or may do so once there are more.
bool MayBegin(std::string_view bytes, std::string_view begin) {
  return bytes.substr(0, begin.size()) == begin.substr(0, bytes.size());
}

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The numbers of a PNM head, read one after the other.
class PnmHead {
 public:
  explicit PnmHead(std::string_view bytes) : bytes_(bytes), at_(2) {}
  std::size_t at() const { return at_; }
  bool at_end() const { return at_ >= bytes_.size(); }

  // The next number and the one byte behind it; nothing when the bytes end before, or when there is
  // no number that a picture may have (then not at_end()).
  std::optional<std::int64_t> Next() {
    while (!at_end() && (IsSpace(bytes_[at_]) || bytes_[at_] == '#')) {
      if (bytes_[at_] == '#') at_ = std::min(bytes_.find('\n', at_), bytes_.size() - 1);
      ++at_;
    }
    std::int64_t number = 0;
    const std::size_t first = at_;
    while (!at_end() && bytes_[at_] >= '0' && bytes_[at_] <= '9' && number <= kPictureSideMax) {
      number = number * 10 + (bytes_[at_++] - '0');
    }
    if (at_end()) return std::nullopt;
    if (at_ == first || !IsSpace(bytes_[at_])) return std::nullopt;
    ++at_;
    return number;
  }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

}  // namespace

Answer PictureEnd::Seek(std::string_view bytes) {
  if (bytes.size() < 3) {
    const bool may = MayBegin(bytes, kPngBegin) || MayBegin(bytes, kJpegBegin) ||
                     MayBegin(bytes, "P4") || MayBegin(bytes, "P5") || MayBegin(bytes, "P6");
    return may ? Answer::kMoreNeeded : Answer::kNoPicture;
  }
  if (MayBegin(bytes, kJpegBegin)) return SeekJpeg(bytes);
  if (MayBegin(bytes, kPngBegin)) return SeekPng(bytes);
  const bool pnm = bytes[0] == 'P' && bytes[1] >= '4' && bytes[1] <= '6' && IsSpace(bytes[2]);
  return pnm ? SeekPnm(bytes) : Answer::kNoPicture;
}

// Markers and their segments follow one another; behind the head of a scan come coded bytes, in
// which 0xFF is followed by 0 or by a restart marker.
Answer PictureEnd::SeekJpeg(std::string_view bytes) {
  constexpr unsigned kStartOfImage = 0xD8, kEndOfImage = 0xD9, kStartOfScan = 0xDA;
  for (;;) {
    if (in_scan_) {
      at_ = bytes.find('\xFF', at_);
      if (at_ == std::string_view::npos) at_ = bytes.size();
      if (at_ + 1 >= bytes.size()) return Answer::kMoreNeeded;
      const unsigned next = ByteAt(bytes, at_ + 1);
      in_scan_ = next == 0 || (next >= 0xD0 && next <= 0xD7);
      if (in_scan_) at_ += 2;
      continue;
    }
    if (at_ + 1 >= bytes.size()) return Answer::kMoreNeeded;
    if (bytes[at_] != '\xFF') return Answer::kNoPicture;
    const unsigned marker = ByteAt(bytes, at_ + 1);
    if (marker == 0xFF) {  // filling before a marker
      ++at_;
    } else if (marker == kStartOfImage) {
      at_ += 2;
    } else if (marker == kEndOfImage) {
      at_ += 2;
      return Answer::kFound;
    } else {
      if (at_ + 3 >= bytes.size()) return Answer::kMoreNeeded;
      const std::size_t length = ByteAt(bytes, at_ + 2) << 8 | ByteAt(bytes, at_ + 3);
      if (length < 2) return Answer::kNoPicture;
      at_ += 2 + length;
      in_scan_ = marker == kStartOfScan;
    }
  }
}

Answer PictureEnd::SeekPng(std::string_view bytes) {
  if (at_ == 0) at_ = kPngBegin.size();
  while (at_ + kPngChunkExtra <= bytes.size()) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | ByteAt(bytes, at_ + i);
    if (length >= std::size_t{1} << 31) return Answer::kNoPicture;
    const bool last = bytes.substr(at_ + 4, 4) == "IEND";
    if (last && at_ + kPngChunkExtra + length > bytes.size()) return Answer::kMoreNeeded;
    at_ += kPngChunkExtra + length;
    if (last) return Answer::kFound;
  }
  return Answer::kMoreNeeded;
}

Answer PictureEnd::SeekPnm(std::string_view bytes) {
  PnmHead head(bytes.substr(0, kPnmHeadBytesMax));
  std::array<std::int64_t, 3> numbers = {0, 0, 1};  // width, height, lightest grey
  const std::size_t count = bytes[1] == '4' ? 2 : 3;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = head.Next();
    if (!number) {
      const bool more = head.at_end() && bytes.size() < kPnmHeadBytesMax;
      return more ? Answer::kMoreNeeded : Answer::kNoPicture;
    }
    numbers[i] = *number;
  }
  const auto [width, height, lightest] = numbers;
  const bool in_range = width > 0 && width <= kPictureSideMax && height > 0 &&
                        height <= kPictureSideMax && lightest > 0 && lightest <= 65'535;
  if (!in_range) return Answer::kNoPicture;
  const std::int64_t samples = bytes[1] == '6' ? 3 * width : width;
  const std::int64_t row = bytes[1] == '4' ? (width + 7) / 8 : samples * (lightest > 255 ? 2 : 1);
  at_ = head.at() + static_cast<std::size_t>(row * height);
  return at_ <= bytes.size() ? Answer::kFound : Answer::kMoreNeeded;
}

}  // namespace radyab::scanner
