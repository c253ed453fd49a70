// A file in memory whose content is replaced in one step: how certificates that were checked reach
// gRPC, which reads them again and again from a path, without a copy of the key on a disk.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::rpc {

// One thread replaces; any thread reads the path. Its time of change, in seconds, grows with every
// content, so that a reader sees that it was replaced between two looks.
class MemoryFile {
 public:
  static absl::StatusOr<std::unique_ptr<MemoryFile>> Make(std::string_view content);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const std::string& path() const { return path_; }
  // The old content stands when this fails.
  absl::Status Replace(std::string_view content);

 private:
  MemoryFile() = default;
  int file_ = -1;
  std::int64_t version_ = 0;
  std::string path_;
};

}  // namespace radyab::rpc
