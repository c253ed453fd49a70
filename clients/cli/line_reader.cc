#include "clients/cli/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace radyab::cli {
namespace {

constexpr std::size_t kBlockBytes = 1 << 16;

}  // namespace

bool LineReader::Fill() {
  if (ended_) return false;
  block_.resize(kBlockBytes);
  ssize_t count = 0;
  do {
    count = read(descriptor_, block_.data(), block_.size());
  } while (count < 0 && errno == EINTR);
  failed_ = count < 0;
  ended_ = count <= 0;
  block_.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  at_ = 0;
  return !ended_;
}

bool LineReader::MayWait() const { return block_.find('\n', at_) == std::string::npos; }

std::optional<std::string> LineReader::Next() {
  std::string line;
  for (;;) {
    if (at_ == block_.size() && !Fill()) {
      return line.empty() ? std::nullopt : std::optional(std::move(line));
    }
    const std::size_t end = std::min(block_.find('\n', at_), block_.size());
    line.append(block_, at_, std::min(end - at_, kLineBytesMax - line.size()));
    at_ = end;
    if (at_ < block_.size()) {
      ++at_;
      return line;
    }
  }
}

}  // namespace radyab::cli
