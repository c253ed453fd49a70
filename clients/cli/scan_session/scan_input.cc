#include "clients/cli/scan_session/scan_input.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/scan_session/resolution_meaning.h"
#include "coding/scan_payload.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kBlockBytes = 1 << 16;
constexpr std::size_t kKeptBytesMax = 80;      // of a line that is too long, to be shown
constexpr const char* kMark = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

std::atomic<int> interrupt_end = -1;

void OnInterrupt(int) {
  const int error = errno;
  const char mark = 0;
  if (::write(interrupt_end, &mark, 1) < 0) errno = error;
  errno = error;
}

// Cuts lines out of blocks of bytes.
class LineCutter {
 public:
  explicit LineCutter(ScanTaking& taking) : taking_(taking) {}

  // False when no more are taken.
  bool Add(std::string_view block) {
    while (!block.empty()) {
      const std::size_t end = std::min(block.find('\n'), block.size());
      Append(block.substr(0, end));
      if (end == block.size()) return true;
      block.remove_prefix(end + 1);
      if (!EndLine()) return false;
    }
    return true;
  }

  // The last line may lack its end.
  bool EndLine() {
    if (line_.ends_with('\r')) {
      line_.pop_back();
      --bytes_;
    }
    const std::string line = std::exchange(line_, "");
    const std::size_t bytes = std::exchange(bytes_, 0);
    return bytes == 0 || taking_.Take(line, bytes);
  }

 private:
  void Append(std::string_view part) {
    bytes_ += part.size();
    const std::size_t room = coding::kScanPayloadBytesMax + 1 - line_.size();
    line_.append(part.substr(0, room));
  }

  ScanTaking& taking_;
  std::string line_;
  std::size_t bytes_ = 0;
};

}  // namespace

bool ScanTaking::Take(std::string text, std::size_t bytes) {
  if (last_.number >= warehouse::kSessionScansMax) return false;
  TakenScan taken;
  taken.meaning = MeaningWithoutServer(text, bytes);
  // What stands for it begins with a mark that no code has.
  if (taken.meaning) text = kMark + Printable(std::string_view(text).substr(0, kKeptBytesMax));
  last_.number += 1;
  last_.moment_us = std::max(now_(), last_.moment_us + 1);
  taken.scan = {.number = last_.number, .moment_us = last_.moment_us, .text = std::move(text)};
  // With the system before anybody hears of it; on the disk (Settle) while the server is asked.
  journal_failed_ = !journal_.Add(taken.scan);
  return !journal_failed_ && queue_.Push(std::move(taken));
}

bool ScanTaking::Settle() {
  journal_failed_ = journal_failed_ || !journal_.Sync();
  return !journal_failed_;
}

InputResult TakeLines(int descriptor, int interrupt, ScanTaking& taking) {
  LineCutter lines(taking);
  std::string block(kBlockBytes, '\0');
  for (;;) {
    std::array<pollfd, 2> ways = {{{descriptor, POLLIN, 0}, {interrupt, POLLIN, 0}}};
    if (::poll(ways.data(), ways.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return {InputEnd::kFailed, std::string("standard input: ") + std::strerror(errno)};
    }
    if (ways[1].revents != 0) return {InputEnd::kInterrupted, ""};
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) {
      if (errno == EIO) return {InputEnd::kInterrupted, ""};  // the terminal is gone
      return {InputEnd::kFailed, std::string("standard input: ") + std::strerror(errno)};
    }
    const bool more =
        count == 0 ? lines.EndLine() : lines.Add({block.data(), static_cast<std::size_t>(count)});
    if (!taking.Settle() || count == 0 || !more) return {};
  }
}

InputResult TakePictures(const ScanSources& sources, ScanTaking& taking) {
  warehouse::FrameMemory memory;
  std::string faults;
  const auto count = ScanAll(
      sources,
      [&](const scanner::PictureReading& reading) {
        std::vector<std::string> texts;
        for (const scanner::Symbol& symbol : reading.symbols)
          texts.push_back(symbol.aim + symbol.text);
        if (reading.fault) faults += reading.file + ": " + reading.fault->message + "\n";
        if (reading.fault && reading.fault->kind == scanner::FaultKind::kWorkerMissing)
          return false;
        if (reading.frame > 0) texts = memory.NewIn(reading.frame, texts);
        const bool taken =
            std::ranges::all_of(texts, [&](const std::string& text) { return taking.Take(text); });
        return taken && (texts.empty() || taking.Settle());
      },
      [&taking] { return taking.wanted(); });
  if (!count) faults += count.fault().message + "\n";
  if (count && *count == 0) faults += "no picture in " + ListOf(sources) + "\n";
  if (faults.empty()) return {};
  faults.pop_back();
  return {InputEnd::kFailed, faults};
}

InputResult TakeGun(const TypedSource& gun, ScanTaking& taking,
                    const std::function<void(const std::string&)>& notice) {
  const auto taken = TakeTyped(
      gun,
      [&](const scanner::TypedScan& scan) {
        if (!scan.fault) return taking.Take(scan.text) && taking.Settle();
        notice(scan.fault->message);
        return taking.wanted();
      },
      notice, [&taking] { return taking.wanted(); });
  if (!taken) return {InputEnd::kFailed, taken.fault().message};
  return {};
}

InterruptSignals::InterruptSignals() {
  std::array<int, 2> ends = {-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
  read_end_ = ends[0];
  write_end_ = ends[1];
  interrupt_end = write_end_;
  struct sigaction action {};
  action.sa_handler = OnInterrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (std::size_t at = 0; at < kSignals.size(); ++at) {
    before_[at] = ::signal(kSignals[at], SIG_IGN);
    if (before_[at] != SIG_IGN) ::sigaction(kSignals[at], &action, nullptr);
  }
}

void InterruptSignals::Wake() const {
  const char mark = 0;
  // A full pipe can be read already.
  [[maybe_unused]] const ssize_t written = ::write(write_end_, &mark, 1);
}

InterruptSignals::~InterruptSignals() {
  for (std::size_t at = 0; at < kSignals.size(); ++at) ::signal(kSignals[at], before_[at]);
  interrupt_end = -1;
  if (read_end_ >= 0) ::close(read_end_);
  if (write_end_ >= 0) ::close(write_end_);
}

}  // namespace radyab::cli
