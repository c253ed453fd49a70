// The folder of one embedded store: who may open it, and whether it is ours.
//
//   LOCK      held with flock(2) by the one process that has the store open; holds its number
//   FORMAT    what this folder is, one line
//   data.mdb  the rows (LMDB adds data.mdb-lock, which only matters while the store is open)
//   log-*     what is not yet in data.mdb (write_log.h)
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::storage {

inline constexpr std::string_view kFolderFormat = "radyab-store 2\n";
// Folders of this format have no log yet: they get one when they are opened.
inline constexpr std::string_view kFolderFormatWithoutLog = "radyab-store 1\n";

// Whether statfs(2) type `type` is a file system over a network, where neither locks nor shared
// memory can be relied on (magic numbers of linux/magic.h).
bool IsNetworkFileSystem(long type);

// Holds the lock as long as it lives. Not across fork(2).
class DataFolder {
 public:
  // Makes the folder (mode 0700) when it is missing and locks it. FAILED_PRECONDITION when it is in
  // use, is on a network file system, has another FORMAT, or has a FORMAT but no data; each message
  // names the folder.
  static absl::StatusOr<DataFolder> Open(const std::string& path);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder();

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path data_file() const { return path_ / "data.mdb"; }
  bool has_data() const;
  // Whether it was opened with the present FORMAT: then all its files must be there.
  bool is_finished() const { return is_finished_; }
  // `why` something of the folder is not as it must be, with its name: FAILED_PRECONDITION.
  absl::Status Refusal(const std::string& why) const;
  // Renames `fresh`, a whole and synced file, to data_file(). Durable when OK.
  absl::Status MoveIntoPlace(const std::filesystem::path& fresh) const;
  // Writes FORMAT unless it is there: the last step of making a store, or of bringing an older one
  // up to date. A folder with data and without FORMAT is one whose making was cut short after its
  // data was whole.
  absl::Status WriteFormat() const;

 private:
  absl::Status CheckFormat();
  DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_;
  bool is_finished_ = false;
};

}  // namespace radyab::storage
