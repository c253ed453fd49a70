#include "registry/storage/own_rows.h"

#include <algorithm>
#include <optional>

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"

namespace radyab::storage {
namespace {

// Tags of MetaRecord: field number and wire type 0 (varint).
constexpr std::uint8_t kNumberTag = 1 << 3;
constexpr std::uint8_t kTimeTag = 3 << 3;
constexpr int kVarintBytesMax = 10;

void AppendVarint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
}

// A field that is zero is not written, as proto3 has it.
void AppendField(std::string& bytes, std::uint8_t tag, std::uint64_t value) {
  if (value == 0) return;
  bytes.push_back(static_cast<char>(tag));
  AppendVarint(bytes, value);
}

std::optional<std::uint64_t> TakeVarint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int place = 0; place < kVarintBytesMax && !bytes.empty(); ++place) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7Fu} << (7 * place);
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

std::optional<CommitStamp> ParseStamp(std::string_view bytes) {
  CommitStamp stamp;
  while (!bytes.empty()) {
    const auto tag = TakeVarint(bytes);
    const auto value = TakeVarint(bytes);
    if (!tag.has_value() || !value.has_value()) return std::nullopt;
    if (*tag == kNumberTag) {
      stamp.sequence = *value;
    } else if (*tag == kTimeTag) {
      stamp.record_time_us = static_cast<std::int64_t>(*value);
    } else {
      return std::nullopt;
    }
  }
  return stamp;
}

absl::StatusOr<std::optional<CommitStamp>> ReadMeta(ReadTransaction& transaction,
                                                    std::string_view name) {
  const std::string key = keyspace::Meta(name);
  auto value = transaction.Get(key);
  if (!value.ok()) return value.status();
  if (!value->has_value()) return std::optional<CommitStamp>();
  auto payload = DecodeRecord(key, **value);
  if (!payload.ok()) return payload.status();
  auto stamp = ParseStamp(*payload);
  if (!stamp.has_value()) return CorruptRecord(key);
  return stamp;
}

OwnRow MetaRow(std::string_view name, const CommitStamp& stamp) {
  std::string payload;
  AppendField(payload, kNumberTag, stamp.sequence);
  AppendField(payload, kTimeTag, static_cast<std::uint64_t>(stamp.record_time_us));
  std::string key = keyspace::Meta(name);
  std::string value = EncodeRecord(key, payload);
  return {std::move(key), std::move(value)};
}

}  // namespace

CommitStamp NextStamp(const CommitStamp& last, std::int64_t now_us) {
  return {last.sequence + 1, std::max(now_us, last.record_time_us + 1)};
}

absl::StatusOr<CommitStamp> ReadCommitStamp(ReadTransaction& transaction) {
  auto stamp = ReadMeta(transaction, "commit");
  if (!stamp.ok()) return stamp.status();
  return stamp->value_or(CommitStamp{});
}

OwnRow CommitStampRow(const CommitStamp& stamp) { return MetaRow("commit", stamp); }

bool IsCommitStamp(std::string_view key) {
  static const std::string own = keyspace::Meta("commit");
  return key == own;
}

bool IsOwnRow(std::string_view key) {
  return IsCommitStamp(key) || key == keyspace::Meta("log") || key == keyspace::Meta("schema");
}

absl::StatusOr<std::optional<std::uint64_t>> ReadLogId(ReadTransaction& transaction) {
  auto row = ReadMeta(transaction, "log");
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<std::uint64_t>();
  return std::optional((*row)->sequence);
}

OwnRow LogIdRow(std::uint64_t log_id) { return MetaRow("log", {log_id, 0}); }

OwnRow SchemaVersionRow() { return MetaRow("schema", {kSchemaVersion, 0}); }

absl::Status CheckSchemaVersion(ReadTransaction& transaction, std::string_view place) {
  auto row = ReadMeta(transaction, "schema");
  if (!row.ok()) return row.status();
  if (row->has_value() && (*row)->sequence == kSchemaVersion) return absl::OkStatus();
  const std::string found =
      row->has_value() ? "schema version " + std::to_string((*row)->sequence) : "no schema version";
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kStoreFailed,
                std::string(place) + " has " + found + ", this program wants " +
                    std::to_string(kSchemaVersion) + ": use the program that wrote it",
                {{"wanted", std::to_string(kSchemaVersion)}});
}

}  // namespace radyab::storage
