// The file `rows` of a backup: every row of one snapshot, in the order of the keys.
//
//   radyab-backup 1\n
//   of each row: length of the key (2 bytes), length of the value (4), key, value
//
// Lengths are big-endian. The rows are the store's own bytes, each with its checksum; which engine
// they came from does not matter.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/upkeep/sha256.h"

namespace radyab::upkeep {

inline constexpr int kBackupFormat = 1;
inline constexpr std::string_view kRowsHeader = "radyab-backup 1\n";

// Appends one row.
void AppendBackupRow(std::string& bytes, std::string_view key, std::string_view value);

// Reads the file from its begin to its end. One thread.
class BackupRowsReader {
 public:
  struct Row {
    std::string_view key, value;  // until the next call
  };
  static absl::StatusOr<std::unique_ptr<BackupRowsReader>> Open(const std::filesystem::path& path);
  ~BackupRowsReader();
  // The next row, or nothing at the end. DATA_LOSS (CORRUPT_RECORD) naming the file and the byte
  // for a row that is cut short, too long, out of order, or with a wrong checksum.
  absl::StatusOr<std::optional<Row>> Next();
  std::uint64_t byte_count() const { return byte_count_; }
  // Of the whole file; once, after the end.
  std::string Sha256Hex() { return digest_.Hex(); }

 private:
  BackupRowsReader(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
  absl::StatusOr<std::size_t> Fill(std::size_t byte_count);
  absl::Status Damaged(const std::string& what) const;

  const std::filesystem::path path_;
  const int file_;
  std::string buffer_;
  std::size_t at_ = 0;  // of the next row in buffer_
  bool ended_ = false;  // nothing more to read from the file
  std::string last_key_;
  std::uint64_t byte_count_ = 0;
  Sha256 digest_;
};

}  // namespace radyab::upkeep
