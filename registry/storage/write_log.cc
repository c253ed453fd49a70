#include "registry/storage/write_log.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "registry/storage/storage_file.h"

namespace radyab::storage {
namespace {

namespace fs = std::filesystem;

// A burst may have needed many segments; so many are kept for the next.
constexpr std::size_t kSpareCountMax = 8;
constexpr std::string_view kNamePrefix = "log-";

fs::path SegmentPath(const fs::path& folder, std::uint64_t number) {
  char name[32];
  std::snprintf(name, sizeof name, "%s%08llu", kNamePrefix.data(),
                static_cast<unsigned long long>(number));
  return folder / name;
}

// The number in a segment's name, or nothing for another file.
std::optional<std::uint64_t> SegmentNumber(const fs::path& path) {
  const std::string name = path.filename();
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + kNamePrefix.size(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

// The numbers of the segments in `folder`.
absl::StatusOr<std::vector<std::uint64_t>> SegmentNumbers(const fs::path& folder) {
  std::vector<std::uint64_t> numbers;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (const auto number = SegmentNumber(entry->path()); number.has_value()) {
      numbers.push_back(*number);
    }
  }
  if (error) return FileFault(folder, "list", error.value());
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace

absl::StatusOr<bool> WriteLog::IsIn(const fs::path& folder) {
  const auto numbers = SegmentNumbers(folder);
  if (!numbers.ok()) return numbers.status();
  return !numbers->empty();
}

absl::StatusOr<std::unique_ptr<WriteLog>> WriteLog::Open(
    const fs::path& folder, LogId id, std::size_t segment_bytes, std::uint64_t applied_sequence,
    absl::FunctionRef<void(LogRecord)> replay) {
  auto numbers = SegmentNumbers(folder);
  if (!numbers.ok()) return numbers.status();
  std::vector<LogSegment> segments;
  for (const std::uint64_t number : *numbers) {
    auto segment = LogSegment::Open(SegmentPath(folder, number));
    if (!segment.ok()) return segment.status();
    segments.push_back(*std::move(segment));
  }
  if (segments.empty()) {
    numbers->push_back(1);
    auto segment = LogSegment::Make(SegmentPath(folder, 1), segment_bytes);
    if (!segment.ok()) return segment.status();
    segments.push_back(*std::move(segment));
  }
  auto replayed = ReplayLog(std::move(segments), id, applied_sequence, replay);
  if (!replayed.ok()) return replayed.status();
  return std::unique_ptr<WriteLog>(
      new WriteLog(folder, id, segment_bytes, *std::move(replayed), numbers->back()));
}

WriteLog::WriteLog(fs::path folder, LogId id, std::size_t segment_bytes, ReplayedLog replayed,
                   std::uint64_t last_number)
    : folder_(std::move(folder)),
      id_(id),
      segment_bytes_(segment_bytes),
      last_number_(last_number),
      place_(replayed.place),
      full_(std::make_move_iterator(replayed.used.begin()),
            std::make_move_iterator(replayed.used.end())),
      spare_(std::move(replayed.spare)) {
  if (full_.empty()) return;
  current_ = std::move(full_.back());
  full_.pop_back();
}

absl::Status WriteLog::Append(const LogRecord& record) {
  const std::size_t bytes = record.bytes->size();
  if (!current_.has_value() || current_->file.capacity() - place_ < bytes) {
    if (auto fault = BeginSegment(bytes); !fault.ok()) return fault;
  }
  if (auto fault = current_->file.Write(place_, *record.bytes); !fault.ok()) return fault;
  if (auto fault = current_->file.Sync(); !fault.ok()) return fault;
  place_ += bytes;
  current_->last_sequence = record.last.sequence;
  return absl::OkStatus();
}

absl::Status WriteLog::BeginSegment(std::size_t bytes) {
  auto segment = TakeSegment(bytes);
  if (!segment.ok()) return segment.status();
  if (current_.has_value()) {
    const std::lock_guard lock(mutex_);
    full_.push_back(*std::move(current_));
  }
  current_.emplace(UsedSegment{*std::move(segment)});
  place_ = 0;
  return absl::OkStatus();
}

absl::StatusOr<LogSegment> WriteLog::TakeSegment(std::size_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    const auto fits = std::ranges::find_if(
        spare_, [&](const LogSegment& segment) { return segment.capacity() >= bytes; });
    if (fits != spare_.end()) {
      LogSegment taken = std::move(*fits);
      spare_.erase(fits);
      return taken;
    }
  }
  return LogSegment::Make(SegmentPath(folder_, ++last_number_), std::max(bytes, segment_bytes_));
}

std::size_t WriteLog::file_count() const {
  const std::lock_guard lock(mutex_);
  return full_.size() + spare_.size() + 1;  // and the one that is written
}

void WriteLog::Release(std::uint64_t sequence) {
  const std::lock_guard lock(mutex_);
  while (!full_.empty() && full_.front().last_sequence <= sequence) {
    if (spare_.size() < kSpareCountMax) {
      spare_.push_back(std::move(full_.front().file));
    } else {
      // Should the name come back after a power cut: its records are older than the base.
      unlink(full_.front().file.path().c_str());
    }
    full_.pop_front();
  }
}

}  // namespace radyab::storage
