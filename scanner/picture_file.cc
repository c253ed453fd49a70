#include "scanner/picture_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

ScanFault Unreadable(const std::string& path, std::string_view why) {
  return {FaultKind::kFileUnreadable, "cannot read \"" + path + "\": " + std::string(why)};
}

bool BeginsWith(std::string_view bytes, std::string_view magic) {
  return bytes.substr(0, magic.size()) == magic;
}

// Reads `size` bytes or up to the end of the file, whichever comes first.
Outcome<std::string> ReadAll(int file, const std::string& path, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(file, bytes.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unreadable(path, std::strerror(errno));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace

Outcome<std::string> ReadPictureBytes(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return Unreadable(path, std::strerror(errno));
  struct stat about {};
  Outcome<std::string> outcome = ScanFault{};
  if (::fstat(file, &about) != 0) {
    outcome = Unreadable(path, std::strerror(errno));
  } else if (!S_ISREG(about.st_mode)) {
    outcome = Unreadable(path, "it is no regular file");
  } else if (about.st_size == 0) {
    outcome = ScanFault{FaultKind::kEmptyFile, "the file has no bytes"};
  } else if (about.st_size > kPictureFileBytesMax) {
    outcome = ScanFault{FaultKind::kTooLarge,
                        "the file has " + std::to_string(about.st_size) + " bytes, at most " +
                            std::to_string(kPictureFileBytesMax) + " are taken"};
  } else {
    outcome = ReadAll(file, path, static_cast<std::size_t>(about.st_size));
  }
  ::close(file);
  return outcome;
}

bool BeginsLikePdf(std::string_view bytes) { return BeginsWith(bytes, "%PDF-"); }

bool FileIsPdf(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  char begin[8];
  const ssize_t got = ::pread(file, begin, sizeof begin, 0);
  ::close(file);
  return got > 0 && BeginsLikePdf({begin, static_cast<std::size_t>(got)});
}

Outcome<GreyPicture> DecodePicture(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.empty()) return ScanFault{FaultKind::kEmptyFile, "the file has no bytes"};
  if (BeginsWith(bytes, "\x89PNG\r\n\x1A\n"sv)) return DecodePng(bytes);
  if (BeginsWith(bytes, "\xFF\xD8\xFF"sv)) return DecodeJpeg(bytes);
  if (BeginsWith(bytes, "RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv) return DecodeWebp(bytes);
  if (BeginsWith(bytes, "II*\0"sv) || BeginsWith(bytes, "MM\0*"sv) ||
      BeginsWith(bytes, "II+\0"sv) || BeginsWith(bytes, "MM\0+"sv)) {
    return DecodeTiff(bytes);
  }
  if (BeginsWith(bytes, "GIF87a"sv) || BeginsWith(bytes, "GIF89a"sv)) return DecodeGif(bytes);
  if (BeginsWith(bytes, "BM"sv) && bytes.size() >= 26) return DecodeBmp(bytes);
  if (bytes.size() >= 3 && bytes[0] == 'P' &&
      (bytes[1] == '4' || bytes[1] == '5' || bytes[1] == '6') &&
      std::string_view(" \t\r\n").find(bytes[2]) != std::string_view::npos) {
    return DecodePnm(bytes);
  }
  if (BeginsLikePdf(bytes)) {
    return ScanFault{FaultKind::kUnreadForm, "a PDF is read as a file, page by page"};
  }
  return ScanFault{FaultKind::kNotAPicture,
                   "the file is no picture that we know (PNG, JPEG, WebP, TIFF, GIF, BMP, PNM)"};
}

std::optional<ScanFault> RefuseSize(std::string_view format, std::int64_t width,
                                    std::int64_t height) {
  const std::string size = std::to_string(width) + " x " + std::to_string(height);
  if (width <= 0 || height <= 0) return DamagedPicture(format, "its size is " + size);
  if (width > kPictureSideMax || height > kPictureSideMax || width * height > kPicturePixelsMax) {
    return ScanFault{FaultKind::kTooLarge,
                     std::string(format) + " picture of " + size + " pixels, at most " +
                         std::to_string(kPicturePixelsMax) + " pixels and " +
                         std::to_string(kPictureSideMax) + " a side are taken"};
  }
  return std::nullopt;
}

ScanFault DamagedPicture(std::string_view format, std::string_view why) {
  return {FaultKind::kDamagedPicture,
          std::string(format) + " picture is damaged: " + std::string(why)};
}

}  // namespace radyab::scanner
