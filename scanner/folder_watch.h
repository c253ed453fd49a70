// A folder into which somebody puts pictures: each new whole file, once.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Most files that a watched folder may hold.
inline constexpr std::size_t kWatchedFilesMax = 100'000;

// Watches one folder (not those below it) by inotify. A file is whole when its writer closes it or
// when it is moved into the folder; it is told once, and again only when it was written anew. Names
// that NamedLikePicture (picture_source.h) does not take, hidden ones, and files without bytes are
// passed over; so is what lay there before. When the kernel's queue ran over, the folder is listed,
// so that nothing is missed. Not safe for several threads.
class FolderWatch {
 public:
  // Faults: kFileUnreadable, kTooLarge (over kWatchedFilesMax).
  static Outcome<std::unique_ptr<FolderWatch>> Open(const std::string& folder);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // The paths of files that became whole, in that order; waits for the first one up to `wait`, then
  // none. Faults: kFileUnreadable (the folder is gone), kTooLarge.
  Outcome<std::vector<std::string>> Next(std::chrono::milliseconds wait);

 private:
  // What tells that a file was written anew.
  struct Version {
    std::uint64_t file = 0;
    std::int64_t bytes = 0;
    std::int64_t changed_nanoseconds = 0;
    friend bool operator==(const Version&, const Version&) = default;
  };

  FolderWatch(std::string folder, int descriptor);
  // Adds the file to `found` when this version of it was not told yet.
  void Meet(const std::string& name, std::vector<std::string>& found);
  Outcome<bool> List(std::vector<std::string>& found);
  Outcome<bool> TakeEvents(std::vector<std::string>& found);

  std::string folder_;
  int descriptor_;
  std::map<std::string, Version> told_;
  std::optional<ScanFault> ended_;
};

}  // namespace radyab::scanner
