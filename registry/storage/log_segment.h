// One file of the log, filled with zeros when it is made, so that what is written later changes no
// length and moves no block: syncing it costs one wait for the disk.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::storage {

// One thread at a time.
class LogSegment {
 public:
  // Makes the file durable, with its name. STORE_FULL, with nothing left behind, when the disk has
  // no room for it or the process no file left to open; STORE_FAILED for all else.
  static absl::StatusOr<LogSegment> Make(const std::filesystem::path& path, std::size_t bytes);
  // Opens one that is there.
  static absl::StatusOr<LogSegment> Open(const std::filesystem::path& path);

  LogSegment(LogSegment&& other) noexcept;
  LogSegment& operator=(LogSegment&& other) noexcept;
  ~LogSegment();

  // All of `bytes` at `place`; they lie within capacity().
  absl::Status Write(std::size_t place, std::string_view bytes);
  // What was written is on the disk when OK. A failed sync must never be tried again.
  absl::Status Sync();
  // The whole file.
  absl::StatusOr<std::string> ReadAll() const;

  std::size_t capacity() const { return capacity_; }  // bytes
  const std::filesystem::path& path() const { return path_; }

 private:
  LogSegment(std::filesystem::path path, int file, std::size_t capacity)
      : path_(std::move(path)), file_(file), capacity_(capacity) {}
  std::filesystem::path path_;
  int file_;
  std::size_t capacity_;
};

}  // namespace radyab::storage
