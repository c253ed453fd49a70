// The log in front of the base: a group of bodies is one write and one wait for the disk, wherever
// its rows will lie later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/log_record.h"
#include "registry/storage/log_replay.h"
#include "registry/storage/log_segment.h"

namespace radyab::storage {

// Append belongs to one thread, Release may be called from another.
class WriteLog {
 public:
  // Whether `folder` has files of a log.
  static absl::StatusOr<bool> IsIn(const std::filesystem::path& folder);
  // Opens the segments in `folder` (files named log-NUMBER), or makes the first, and hands `replay`
  // what follows commit `applied_sequence`, as ReplayLog does. New segments get `segment_bytes`, a
  // multiple of kLogBlockBytes, or what one record needs.
  static absl::StatusOr<std::unique_ptr<WriteLog>> Open(const std::filesystem::path& folder,
                                                        LogId id, std::size_t segment_bytes,
                                                        std::uint64_t applied_sequence,
                                                        absl::FunctionRef<void(LogRecord)> replay);

  LogId id() const { return id_; }
  // Durable when OK. STORE_FULL when a new segment is needed and the disk has no room for it: then
  // nothing happened. After any other answer the log must not be used any more.
  absl::Status Append(const LogRecord& record);
  // Files of the log, spare ones too. From any thread.
  std::size_t file_count() const;
  // Commits up to `sequence` are in the base: their segments are used again.
  void Release(std::uint64_t sequence);

 private:
  WriteLog(std::filesystem::path folder, LogId id, std::size_t segment_bytes, ReplayedLog replayed,
           std::uint64_t last_number);
  absl::Status BeginSegment(std::size_t bytes);
  absl::StatusOr<LogSegment> TakeSegment(std::size_t bytes);

  const std::filesystem::path folder_;
  const LogId id_;
  const std::size_t segment_bytes_;
  // These three belong to the appending thread.
  std::uint64_t last_number_;  // of the segments' names
  std::optional<UsedSegment> current_;
  std::size_t place_;  // where the next record goes in current_

  mutable std::mutex mutex_;
  std::deque<UsedSegment> full_;  // oldest first
  std::vector<LogSegment> spare_;
};

}  // namespace radyab::storage
