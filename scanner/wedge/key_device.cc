#include "scanner/wedge/key_device.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace radyab::scanner {
namespace {

using std::chrono::milliseconds;
using What = KeyNews::What;

constexpr std::size_t kEventsRead = 256;

ScanFault Unreadable(const std::string& path, const std::string& why) {
  return {FaultKind::kFileUnreadable, "cannot read the keys of \"" + path + "\": " + why};
}

}  // namespace

KeyDevice::KeyDevice(std::string device, KeyDeviceOptions options)
    : device_(std::move(device)), options_(std::move(options)) {}

KeyDevice::~KeyDevice() { Close(); }

void KeyDevice::Close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

Outcome<std::unique_ptr<KeyDevice>> KeyDevice::Open(const std::string& device,
                                                    KeyDeviceOptions options) {
  std::unique_ptr<KeyDevice> opened(new KeyDevice(device, std::move(options)));
  if (const auto done = opened->Reopen(); !done) return done.fault();
  return opened;
}

Outcome<bool> KeyDevice::Reopen() {
  const auto path = FindKeyDevice(device_, options_.folders);
  if (!path) return path.fault();
  const int descriptor = ::open(path->c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return Unreadable(*path, std::strerror(errno));
  struct stat about {};
  const bool known = ::fstat(descriptor, &about) == 0;
  if (known && S_ISCHR(about.st_mode) && ::ioctl(descriptor, EVIOCGRAB, 1) != 0) {
    const int error = errno;
    ::close(descriptor);
    return Unreadable(*path, error == EBUSY ? "another program holds it" : std::strerror(error));
  }
  if (!known || S_ISDIR(about.st_mode)) {
    ::close(descriptor);
    return Unreadable(*path, "it is no input device");
  }
  descriptor_ = descriptor;
  recorded_ = S_ISREG(about.st_mode);
  return true;
}

KeyNews KeyDevice::Lost(const std::string& why) {
  Close();
  bytes_.clear();
  const std::size_t dropped = keys_.Forget();
  std::string message = "\"" + device_ + "\" is gone (" + why + ")";
  if (dropped > 0) {
    message += ", " + std::to_string(dropped) + " characters of a scan without its end with it";
  }
  return {What::kGone, {}, message + "; it is waited for"};
}

What KeyDevice::Read() {
  std::array<char, kEventsRead * sizeof(input_event)> piece;
  const ssize_t got = ::read(descriptor_, piece.data(), piece.size());
  error_ = got < 0 ? errno : 0;
  if (got < 0 && (error_ == EINTR || error_ == EAGAIN)) return What::kNothing;
  if (got <= 0) return got == 0 && recorded_ ? What::kEnd : What::kGone;
  last_key_ = std::chrono::steady_clock::now();
  bytes_.append(piece.data(), static_cast<std::size_t>(got));
  std::size_t at = 0;
  for (; at + sizeof(input_event) <= bytes_.size(); at += sizeof(input_event)) {
    input_event event;
    std::memcpy(&event, bytes_.data() + at, sizeof event);
    if (auto scan = keys_.Take(event)) scans_.push_back(*std::move(scan));
  }
  bytes_.erase(0, at);
  return What::kNothing;
}

KeyNews KeyDevice::Next(milliseconds wait) {
  const auto end = std::chrono::steady_clock::now() + wait;
  for (;;) {
    if (!scans_.empty()) {
      KeyNews news = {What::kScan, std::move(scans_.front()), {}};
      scans_.pop_front();
      return news;
    }
    const auto now = std::chrono::steady_clock::now();
    // Nothing is waited for longer than asked, and one look is always taken.
    auto patience = std::max(milliseconds(0), std::chrono::ceil<milliseconds>(end - now));
    if (descriptor_ < 0) {
      if (Reopen()) return {What::kBack, {}, "\"" + device_ + "\" is there again"};
      if (patience.count() == 0) return {};
      ::poll(nullptr, 0, static_cast<int>(std::min(patience, options_.search_interval).count()));
      continue;
    }
    const auto silent = std::chrono::floor<milliseconds>(now - last_key_);
    if (keys_.pending()) patience = std::min(patience, options_.silence - silent);
    pollfd way = {descriptor_, POLLIN, 0};
    const int ready = ::poll(&way, 1,
                             static_cast<int>(std::max<std::int64_t>(
                                 0, std::min<std::int64_t>(patience.count(), 1 << 30))));
    if (ready > 0) {
      const What what = Read();
      if (what == What::kGone) return Lost(error_ == 0 ? "closed" : std::strerror(error_));
      if (what == What::kNothing) continue;
      auto rest = keys_.End();
      if (!rest) return {What::kEnd, {}, {}};
      scans_.push_back(*std::move(rest));
      continue;
    }
    const auto later = std::chrono::steady_clock::now();
    if (keys_.pending() && later - last_key_ >= options_.silence) {
      scans_.push_back(*keys_.End());
    } else if (later >= end) {
      return {};
    }
  }
}

}  // namespace radyab::scanner
