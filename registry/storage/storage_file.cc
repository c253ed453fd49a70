#include "registry/storage/storage_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "registry/reason.h"

namespace radyab::storage {

absl::Status FileFault(const std::filesystem::path& path, std::string_view action, int error) {
  return Refuse(absl::StatusCode::kInternal, Reason::kStoreFailed,
                "\"" + path.string() + "\": " + std::string(action) + ": " + std::strerror(error));
}

absl::Status SyncFolder(const std::filesystem::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return FileFault(folder, "open", errno);
  const int error = fsync(file) == 0 ? 0 : errno;
  close(file);
  return error == 0 ? absl::OkStatus() : FileFault(folder, "fsync", error);
}

}  // namespace radyab::storage
