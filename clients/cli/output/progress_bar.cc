#include "clients/cli/output/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace radyab::cli {
namespace {

constexpr std::int64_t kBarWidth = 30;
constexpr std::chrono::milliseconds kRedrawMin{100};

}  // namespace

ProgressBar::ProgressBar(std::string title, std::int64_t total)
    : title_(std::move(title)), total_(total), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() { Clear(); }

void ProgressBar::Show(std::int64_t done, const std::string& note) {
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (drawn_ && now - shown_ < kRedrawMin) return;
  std::fprintf(stderr, "\r\x1b[K%s", ProgressLine(title_, done, total_, note).c_str());
  std::fflush(stderr);
  drawn_ = true;
  shown_ = now;
}

void ProgressBar::Clear() {
  if (!std::exchange(drawn_, false)) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

std::string ProgressLine(const std::string& title, std::int64_t done, std::int64_t total,
                         const std::string& note) {
  std::string line = title + " ";
  if (total > 0) {
    const std::int64_t at = std::clamp<std::int64_t>(done, 0, total);
    const std::int64_t filled = at * kBarWidth / total;
    line += "[" + std::string(static_cast<std::size_t>(filled), '#') +
            std::string(static_cast<std::size_t>(kBarWidth - filled), ' ') + "] " +
            std::to_string(at * 100 / total) + " % ";
  }
  return line + note;
}

}  // namespace radyab::cli
