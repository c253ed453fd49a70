#include "registry/storage/record.h"

#include <cstdint>

#include "absl/strings/escaping.h"
#include "coding/absl_text.h"
#include "registry/reason.h"
#include "registry/storage/crc32c.h"

namespace radyab::storage {
namespace {

constexpr std::size_t kHeaderBytes = 5;

void AppendChecksum(std::string& record, std::uint32_t checksum) {
  for (int shift = 24; shift >= 0; shift -= 8)
    record.push_back(static_cast<char>(checksum >> shift & 0xFF));
}

std::uint32_t ReadChecksum(std::string_view record) {
  std::uint32_t checksum = 0;
  for (std::size_t i = 1; i < kHeaderBytes; ++i) {
    checksum = checksum << 8 | static_cast<unsigned char>(record[i]);
  }
  return checksum;
}

}  // namespace

std::string EncodeRecord(std::string_view key, std::string_view payload) {
  std::string record;
  record.reserve(kHeaderBytes + payload.size());
  record.push_back(kRecordFormat);
  AppendChecksum(record, Crc32c(payload, Crc32c(key)));
  record.append(payload);
  return record;
}

absl::StatusOr<std::string_view> DecodeRecord(std::string_view key, std::string_view value) {
  if (value.size() < kHeaderBytes || value[0] != kRecordFormat) return CorruptRecord(key);
  const std::string_view payload = value.substr(kHeaderBytes);
  if (ReadChecksum(value) != Crc32c(payload, Crc32c(key))) return CorruptRecord(key);
  return payload;
}

absl::Status CorruptRecord(std::string_view key) {
  return Refuse(
      absl::StatusCode::kDataLoss, Reason::kCorruptRecord,
      "record " + absl::BytesToHexString(AbslText(key)) + ": checksum or structure does not agree",
      {{"key", absl::BytesToHexString(AbslText(key))}});
}

}  // namespace radyab::storage
