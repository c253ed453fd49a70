#include "registry/storage/log_replay.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "registry/reason.h"

namespace radyab::storage {
namespace {

// A record that the base does not have, and where it lies.
struct Found {
  LogRecord record;
  std::size_t segment;
  std::size_t end;  // bytes from the segment's beginning
};

std::optional<LogRecord> RecordAt(LogId id, std::string_view bytes, std::size_t place) {
  if (bytes.size() - place < kLogBlockBytes) return std::nullopt;
  const auto size = LogRecordBytes(bytes.substr(place));
  if (!size.has_value() || *size > bytes.size() - place) return std::nullopt;
  return ParseLogRecord(id, std::string(bytes.substr(place, *size)));
}

// Between and behind the records lie zeros, a torn record, and what is left of the segment's
// earlier uses; the latter are all in the base.
absl::Status FindRecords(const std::vector<LogSegment>& segments, std::size_t number, LogId id,
                         std::uint64_t applied_sequence, std::vector<Found>& found) {
  const auto bytes = segments[number].ReadAll();
  if (!bytes.ok()) return bytes.status();
  for (std::size_t place = 0; place < bytes->size();) {
    auto record = RecordAt(id, *bytes, place);
    place += record.has_value() ? record->bytes->size() : kLogBlockBytes;
    if (record.has_value() && record->last.sequence > applied_sequence) {
      found.push_back({*std::move(record), number, place});
    }
  }
  return absl::OkStatus();
}

absl::Status LogHole(std::uint64_t missing, std::uint64_t found) {
  return Refuse(absl::StatusCode::kDataLoss, Reason::kLogHole,
                "the log has lost change " + std::to_string(missing) + ": change " +
                    std::to_string(found) + " is there; restore a backup",
                {{"missing", std::to_string(missing)}, {"found", std::to_string(found)}});
}

// In order, and none missing.
absl::Status SortRecords(std::uint64_t applied_sequence, std::vector<Found>& found) {
  std::ranges::sort(found, {}, [](const Found& one) { return one.record.first_sequence; });
  std::uint64_t next = applied_sequence + 1;
  for (const Found& one : found) {
    if (one.record.first_sequence != next) return LogHole(next, one.record.first_sequence);
    next = one.record.last.sequence + 1;
  }
  return absl::OkStatus();
}

// The last record alone may lie in the page cache and not on the disk: those before it were synced
// before it was written. It is written again, since a kernel whose sync failed may take its pages
// for clean.
absl::Status MakeDurable(const Found& last, LogSegment& segment) {
  const std::string& bytes = *last.record.bytes;
  if (auto fault = segment.Write(last.end - bytes.size(), bytes); !fault.ok()) return fault;
  return segment.Sync();
}

}  // namespace

absl::StatusOr<ReplayedLog> ReplayLog(std::vector<LogSegment> segments, LogId id,
                                      std::uint64_t applied_sequence,
                                      absl::FunctionRef<void(LogRecord)> visit) {
  std::vector<Found> found;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto fault = FindRecords(segments, i, id, applied_sequence, found);
    if (!fault.ok()) return fault;
  }
  if (auto hole = SortRecords(applied_sequence, found); !hole.ok()) return hole;

  if (!found.empty()) {
    const Found& last = found.back();
    if (auto fault = MakeDurable(last, segments[last.segment]); !fault.ok()) return fault;
  }

  ReplayedLog log;
  std::vector<bool> used(segments.size());
  for (Found& one : found) {
    if (!used[one.segment]) {
      used[one.segment] = true;
      log.used.push_back({std::move(segments[one.segment])});
    }
    log.used.back().last_sequence = one.record.last.sequence;
    log.place = one.end;
    visit(std::move(one.record));
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!used[i]) log.spare.push_back(std::move(segments[i]));
  }
  return log;
}

}  // namespace radyab::storage
