#include "registry/upkeep/backup_rows.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "registry/reason.h"
#include "registry/storage/record.h"
#include "registry/storage/storage_file.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {
namespace {

constexpr std::size_t kLengthsBytes = 6;
constexpr std::size_t kReadBytes = std::size_t{1} << 20;

void AppendNumber(std::string& bytes, std::size_t number, int byte_count) {
  for (int shift = 8 * (byte_count - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(number >> shift & 0xFF));
  }
}

std::size_t NumberAt(std::string_view bytes, std::size_t at, std::size_t byte_count) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < byte_count; ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

}  // namespace

void AppendBackupRow(std::string& bytes, std::string_view key, std::string_view value) {
  AppendNumber(bytes, key.size(), 2);
  AppendNumber(bytes, value.size(), 4);
  bytes.append(key).append(value);
}

absl::StatusOr<std::unique_ptr<BackupRowsReader>> BackupRowsReader::Open(
    const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return storage::FileFault(path, "open", errno);
  auto reader = std::unique_ptr<BackupRowsReader>(new BackupRowsReader(path, file));
  auto filled = reader->Fill(kRowsHeader.size());
  if (!filled.ok()) return filled.status();
  if (*filled < kRowsHeader.size() || !reader->buffer_.starts_with(kRowsHeader)) {
    return reader->Damaged("does not begin as a backup of this format does");
  }
  reader->at_ = reader->byte_count_ = kRowsHeader.size();
  return reader;
}

BackupRowsReader::~BackupRowsReader() { close(file_); }

absl::Status BackupRowsReader::Damaged(const std::string& what) const {
  return Refuse(absl::StatusCode::kDataLoss, Reason::kCorruptRecord,
                "\"" + path_.string() + "\", byte " + std::to_string(byte_count_) + ": " + what);
}

// Makes `byte_count` bytes ready from at_ on; fewer only at the end of the file. Answers how many.
absl::StatusOr<std::size_t> BackupRowsReader::Fill(std::size_t byte_count) {
  while (buffer_.size() - at_ < byte_count && !ended_) {
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + kReadBytes);
    const ssize_t count = read(file_, buffer_.data() + had, kReadBytes);
    if (count < 0 && errno != EINTR) return storage::FileFault(path_, "read", errno);
    const std::size_t got = count < 0 ? 0 : static_cast<std::size_t>(count);
    ended_ = count == 0;
    buffer_.resize(had + got);
    digest_.Add(std::string_view(buffer_).substr(had));
  }
  return std::min(byte_count, buffer_.size() - at_);
}

absl::StatusOr<std::optional<BackupRowsReader::Row>> BackupRowsReader::Next() {
  auto filled = Fill(kLengthsBytes);
  if (!filled.ok()) return filled.status();
  if (*filled == 0) return std::optional<Row>();
  if (*filled < kLengthsBytes) return Damaged("the file is cut short");
  const std::size_t key_bytes = NumberAt(buffer_, at_, 2),
                    value_bytes = NumberAt(buffer_, at_ + 2, 4);
  if (key_bytes == 0 || key_bytes > storage::kKeyBytesMax ||
      value_bytes > storage::kValueBytesMax) {
    return Damaged("no row has a key of " + std::to_string(key_bytes) + " and a value of " +
                   std::to_string(value_bytes) + " bytes");
  }
  const std::size_t row_bytes = kLengthsBytes + key_bytes + value_bytes;
  filled = Fill(row_bytes);
  if (!filled.ok()) return filled.status();
  if (*filled < row_bytes) return Damaged("the file is cut short");
  const std::string_view all = buffer_;
  const Row row{all.substr(at_ + kLengthsBytes, key_bytes),
                all.substr(at_ + kLengthsBytes + key_bytes, value_bytes)};
  if (row.key <= last_key_) return Damaged("its rows are not in order");
  if (!storage::DecodeRecord(row.key, row.value).ok()) {
    return Damaged("the checksum of a row does not agree");
  }
  last_key_ = row.key;
  at_ += row_bytes;
  byte_count_ += row_bytes;
  return std::optional<Row>(row);
}

}  // namespace radyab::upkeep
