// The envelope of every stored value: [format version 1 byte][crc32c of key and payload, 4 bytes
// big-endian][payload].
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::storage {

inline constexpr char kRecordFormat = 1;

std::string EncodeRecord(std::string_view key, std::string_view payload);
// The payload, a view into `value`. DATA_LOSS (CORRUPT_RECORD) when version or checksum does not
// agree.
absl::StatusOr<std::string_view> DecodeRecord(std::string_view key, std::string_view value);
// The refusal for a record under `key`; names the key in hex.
absl::Status CorruptRecord(std::string_view key);

}  // namespace radyab::storage
