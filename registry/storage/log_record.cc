#include "registry/storage/log_record.h"

#include <bit>
#include <cassert>
#include <cstring>
#include <utility>

#include "registry/storage/crc32c.h"

namespace radyab::storage {
namespace {

constexpr std::string_view kMagic = "RdyL";
constexpr std::size_t kChecksumAt = 4, kSummedFrom = 8, kRowBytesAt = 8, kRowCountAt = 12,
                      kFirstAt = 16, kLastAt = 24, kTimeAt = 32, kHeaderBytes = 40;
constexpr std::size_t kRowHeaderBytes = 6;
constexpr std::uint32_t kDeleted = 0xFFFFFFFF;

static_assert(std::endian::native == std::endian::little, "records are little-endian");

template <class Number>
void Set(std::string& bytes, std::size_t at, Number number) {
  std::memcpy(bytes.data() + at, &number, sizeof number);
}

template <class Number>
Number Get(std::string_view bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

std::size_t FilledUp(std::size_t bytes) {
  return (bytes + kLogBlockBytes - 1) / kLogBlockBytes * kLogBlockBytes;
}

std::uint32_t Checksum(LogId id, std::string_view bytes) {
  std::string head(sizeof id, '\0');
  Set(head, 0, id);
  return Crc32c(bytes.substr(kSummedFrom), Crc32c(head));
}

// The rows of a record's bytes; nothing when they do not fill it exactly or are out of order.
std::optional<std::vector<RowView>> ReadRows(std::string_view bytes) {
  const auto row_count = Get<std::uint32_t>(bytes, kRowCountAt);
  std::string_view left = bytes.substr(kHeaderBytes, Get<std::uint32_t>(bytes, kRowBytesAt));
  if (left.size() / kRowHeaderBytes < row_count) return std::nullopt;
  std::vector<RowView> rows;
  rows.reserve(row_count);
  for (std::uint32_t i = 0; i < row_count; ++i) {
    if (left.size() < kRowHeaderBytes) return std::nullopt;
    const std::size_t key_size = Get<std::uint16_t>(left, 0);
    const auto value_size = Get<std::uint32_t>(left, 2);
    const bool deleted = value_size == kDeleted;
    left.remove_prefix(kRowHeaderBytes);
    if (left.size() < key_size + (deleted ? 0 : value_size)) return std::nullopt;
    RowView row{left.substr(0, key_size), left.substr(key_size, deleted ? 0 : value_size), deleted};
    left.remove_prefix(key_size + row.value.size());
    if (!rows.empty() && rows.back().key >= row.key) return std::nullopt;
    rows.push_back(row);
  }
  if (!left.empty()) return std::nullopt;
  return rows;
}

// The record that `bytes` hold; its checksum was looked at before.
std::optional<LogRecord> ReadRecord(std::string bytes) {
  LogRecord record;
  record.first_sequence = Get<std::uint64_t>(bytes, kFirstAt);
  record.last.sequence = Get<std::uint64_t>(bytes, kLastAt);
  record.last.record_time_us = Get<std::int64_t>(bytes, kTimeAt);
  record.bytes = std::make_shared<const std::string>(std::move(bytes));
  auto rows = ReadRows(*record.bytes);
  if (!rows.has_value() || record.last.sequence < record.first_sequence) return std::nullopt;
  record.rows = std::make_shared<RowRun>(*std::move(rows), std::vector{record.bytes});
  return record;
}

}  // namespace

LogRecordBuilder::LogRecordBuilder() : bytes_(kHeaderBytes, '\0') {}

void LogRecordBuilder::Reserve(std::size_t row_count, std::size_t byte_count) {
  bytes_.reserve(FilledUp(bytes_.size() + row_count * kRowHeaderBytes + byte_count));
  places_.reserve(row_count);
}

void LogRecordBuilder::Put(std::string_view key, std::string_view value) {
  Add(key, static_cast<std::uint32_t>(value.size()), value);
}

void LogRecordBuilder::Delete(std::string_view key) { Add(key, kDeleted, ""); }

void LogRecordBuilder::Add(std::string_view key, std::uint32_t value_size, std::string_view value) {
  const std::size_t at = bytes_.size();
  bytes_.resize(at + kRowHeaderBytes);
  Set(bytes_, at, static_cast<std::uint16_t>(key.size()));
  Set(bytes_, at + 2, value_size);
  bytes_.append(key).append(value);
  places_.push_back({at + kRowHeaderBytes, static_cast<std::uint32_t>(key.size()),
                     static_cast<std::uint32_t>(value.size()), value_size == kDeleted});
}

LogRecord LogRecordBuilder::Finish(LogId id, std::uint64_t first_sequence,
                                   const CommitStamp& last) {
  bytes_.replace(0, kMagic.size(), kMagic);
  Set(bytes_, kRowBytesAt, static_cast<std::uint32_t>(bytes_.size() - kHeaderBytes));
  Set(bytes_, kRowCountAt, static_cast<std::uint32_t>(places_.size()));
  Set(bytes_, kFirstAt, first_sequence);
  Set(bytes_, kLastAt, last.sequence);
  Set(bytes_, kTimeAt, last.record_time_us);
  bytes_.resize(FilledUp(bytes_.size()));
  Set(bytes_, kChecksumAt, Checksum(id, bytes_));
  LogRecord record{first_sequence, last, std::make_shared<const std::string>(std::move(bytes_)),
                   nullptr};
  const std::string_view bytes = *record.bytes;
  std::vector<RowView> rows;
  rows.reserve(places_.size());
  bool in_order = true;
  for (const Place& place : places_) {
    rows.push_back({bytes.substr(place.at, place.key_size),
                    bytes.substr(place.at + place.key_size, place.value_size), place.deleted});
    in_order = in_order && (rows.size() < 2 || rows[rows.size() - 2].key < rows.back().key);
  }
  assert(in_order);
  record.rows = std::make_shared<RowRun>(std::move(rows), std::vector{record.bytes});
  return record;
}

std::optional<std::size_t> LogRecordBytes(std::string_view block) {
  if (!block.starts_with(kMagic)) return std::nullopt;
  return FilledUp(kHeaderBytes + std::size_t{Get<std::uint32_t>(block, kRowBytesAt)});
}

std::optional<LogRecord> ParseLogRecord(LogId id, std::string bytes) {
  if (bytes.size() < kLogBlockBytes || LogRecordBytes(bytes) != bytes.size() ||
      Get<std::uint32_t>(bytes, kChecksumAt) != Checksum(id, bytes)) {
    return std::nullopt;
  }
  return ReadRecord(std::move(bytes));
}

}  // namespace radyab::storage
