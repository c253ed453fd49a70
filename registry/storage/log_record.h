// One record of the log: the rows one group of bodies wrote, with the numbers of their commits.
//
//   0  4  the letters RdyL
//   4  4  crc32c of the log's id and of everything from byte 8 on
//   8  4  bytes of rows
//  12  4  number of rows
//  16  8  number of the first commit
//  24  8  number of the last commit
//  32  8  record time of the last commit, microseconds UTC
//  40     rows: bytes of key (2), bytes of value (4, or 0xFFFFFFFF for a deleted key), key, value
//
// Numbers are little-endian. A record is filled up with zeros to a multiple of kLogBlockBytes, so
// that each begins on a sector of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/storage/own_rows.h"
#include "registry/storage/row_run.h"

namespace radyab::storage {

inline constexpr std::size_t kLogBlockBytes = 512;

// Drawn when a store is made and part of every checksum: neither the records of another store nor
// bytes that a client sends can pass for records of this one.
enum class LogId : std::uint64_t {};

struct LogRecord {
  std::uint64_t first_sequence = 0;
  CommitStamp last;
  RowBytes bytes;  // the whole record, filled up
  std::shared_ptr<const RowRun> rows;
};

// Puts a record together.
class LogRecordBuilder {
 public:
  LogRecordBuilder();
  // Makes room at once for so many rows of so many bytes of keys and values.
  void Reserve(std::size_t row_count, std::size_t byte_count);
  // In strict key order; keys and values within the limits of store.h.
  void Put(std::string_view key, std::string_view value);
  void Delete(std::string_view key);
  // Ends the record. The builder must not be used any more.
  LogRecord Finish(LogId id, std::uint64_t first_sequence, const CommitStamp& last);

 private:
  // Where a row lies in bytes_, which move while they grow.
  struct Place {
    std::size_t at = 0;
    std::uint32_t key_size = 0, value_size = 0;
    bool deleted = false;
  };
  void Add(std::string_view key, std::uint32_t value_size, std::string_view value);
  std::string bytes_;
  std::vector<Place> places_;
};

// How long the record claims to be that begins `block`, filled up, or nothing when none begins
// there. `block` has at least kLogBlockBytes. Only the form is looked at.
std::optional<std::size_t> LogRecordBytes(std::string_view block);

// The record that `bytes` is, or nothing when checksum or structure does not agree.
std::optional<LogRecord> ParseLogRecord(LogId id, std::string bytes);

}  // namespace radyab::storage
