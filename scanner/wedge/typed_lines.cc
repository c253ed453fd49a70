#include "scanner/wedge/typed_lines.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace radyab::scanner {
namespace {

constexpr std::string_view kEnds = "\r\n\t";
constexpr std::size_t kPieceBytes = 64 << 10;

}  // namespace

void TypedLines::Take(std::string_view bytes, std::deque<TypedScan>& scans) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of(kEnds), bytes.size());
    byte_count_ += end;
    const std::size_t room = kTypedScanBytesMax - line_.size();
    line_.append(bytes.substr(0, std::min(end, room)));
    if (end == bytes.size()) return;
    bytes.remove_prefix(end + 1);
    if (auto scan = TakeRest()) scans.push_back(*std::move(scan));
  }
}

std::optional<TypedScan> TypedLines::TakeRest() {
  const std::string line = std::exchange(line_, "");
  const std::size_t byte_count = std::exchange(byte_count_, 0);
  if (byte_count == 0) return std::nullopt;
  TypedScan scan;
  if (byte_count > kTypedScanBytesMax) {
    scan.fault = {FaultKind::kTooLarge, "a scan of " + std::to_string(byte_count) +
                                            " bytes, at most " +
                                            std::to_string(kTypedScanBytesMax) + " are taken"};
    return scan;
  }
  scan.text = AsSent(line, layout_);
  if (scan.text != line) scan.typed = line;
  return scan;
}

Outcome<std::optional<TypedScan>> TypedStream::Next() {
  std::string piece(kPieceBytes, '\0');
  while (scans_.empty()) {
    const ssize_t got = ::read(descriptor_, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno != EIO) {
      return ScanFault{FaultKind::kFileUnreadable,
                       std::string("cannot read the scans: ") + std::strerror(errno)};
    }
    if (got <= 0) return lines_.TakeRest();
    lines_.Take({piece.data(), static_cast<std::size_t>(got)}, scans_);
  }
  TypedScan scan = std::move(scans_.front());
  scans_.pop_front();
  return std::optional<TypedScan>(std::move(scan));
}

}  // namespace radyab::scanner
