#include "scanner/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "scanner/picture_source.h"

namespace radyab::scanner {
namespace {

constexpr std::uint32_t kWatched = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM |
                                   IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::size_t kEventsBytes = 64 << 10;

ScanFault Unwatched(const std::string& folder, const std::string& why) {
  return {FaultKind::kFileUnreadable, "cannot watch \"" + folder + "\": " + why};
}

}  // namespace

FolderWatch::FolderWatch(std::string folder, int descriptor)
    : folder_(std::move(folder)), descriptor_(descriptor) {}

FolderWatch::~FolderWatch() { ::close(descriptor_); }

Outcome<std::unique_ptr<FolderWatch>> FolderWatch::Open(const std::string& folder) {
  const int descriptor = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (descriptor < 0) return Unwatched(folder, std::strerror(errno));
  std::unique_ptr<FolderWatch> watch(new FolderWatch(folder, descriptor));
  if (::inotify_add_watch(descriptor, folder.c_str(), kWatched) < 0) {
    return Unwatched(folder, std::strerror(errno));
  }
  std::vector<std::string> there_before;
  if (const auto listed = watch->List(there_before); !listed) return listed.fault();
  return watch;
}

void FolderWatch::Meet(const std::string& name, std::vector<std::string>& found) {
  if (name.starts_with('.') || !NamedLikePicture(name)) return;
  const std::string path = (std::filesystem::path(folder_) / name).string();
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) return;
  const Version version = {
      about.st_ino, about.st_size,
      about.st_mtim.tv_sec * std::int64_t{1'000'000'000} + about.st_mtim.tv_nsec};
  const auto [place, is_new] = told_.emplace(name, version);
  if (!is_new && place->second == version) return;
  place->second = version;
  found.push_back(path);
}

Outcome<bool> FolderWatch::List(std::vector<std::string>& found) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entries(folder_, error);
  while (!error && entries != std::filesystem::directory_iterator()) {
    names.push_back(entries->path().filename().string());
    if (names.size() > kWatchedFilesMax) {
      return ScanFault{FaultKind::kTooLarge, "folder \"" + folder_ + "\" holds more than " +
                                                 std::to_string(kWatchedFilesMax) + " files"};
    }
    entries.increment(error);
  }
  if (error) return Unwatched(folder_, error.message());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) Meet(name, found);
  return true;
}

Outcome<bool> FolderWatch::TakeEvents(std::vector<std::string>& found) {
  alignas(inotify_event) char bytes[kEventsBytes];
  for (;;) {
    const ssize_t got = ::read(descriptor_, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return true;
    if (got <= 0) return Unwatched(folder_, std::strerror(errno));
    for (ssize_t at = 0; at < got;) {
      inotify_event event{};
      std::memcpy(&event, bytes + at, sizeof event);
      const std::string name = event.len > 0 ? bytes + at + sizeof event : "";
      at += static_cast<ssize_t>(sizeof event + event.len);
      if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0) {
        return Unwatched(folder_, "it was removed or moved");
      }
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        if (const auto listed = List(found); !listed) return listed.fault();
      } else if ((event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
        told_.erase(name);
      } else {
        Meet(name, found);
      }
    }
    if (told_.size() > kWatchedFilesMax) {
      return ScanFault{FaultKind::kTooLarge, "folder \"" + folder_ + "\" holds more than " +
                                                 std::to_string(kWatchedFilesMax) + " files"};
    }
  }
}

Outcome<std::vector<std::string>> FolderWatch::Next(std::chrono::milliseconds wait) {
  std::vector<std::string> found;
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (found.empty()) {
    if (ended_) return *ended_;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd waiting = {descriptor_, POLLIN, 0};
    const int ready =
        ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready < 0 && errno != EINTR) return Unwatched(folder_, std::strerror(errno));
    if (ready == 0) return found;
    if (ready < 0) continue;
    // What was whole before the folder went away is told first, the fault then.
    if (const auto taken = TakeEvents(found); !taken) ended_ = taken.fault();
  }
  return found;
}

}  // namespace radyab::scanner
