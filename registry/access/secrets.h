// The two keys that lie beside a store and never in it: FOLDER/secrets/hash.key and
// FOLDER/secrets/seal.key, 32 bytes each as 64 hex digits, mode 0600. Without them no API key is
// recognised and no personal part can be opened; they are not part of a backup of the store and are
// kept apart from it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace radyab::access {

using SecretKey = std::array<std::uint8_t, 32>;

struct Secrets {
  SecretKey hash_key{};
  SecretKey seal_key{};
};

// The secrets of a folder, or nothing when there is neither file. FAILED_PRECONDITION naming the
// file when one is missing, malformed or readable by others.
absl::StatusOr<std::optional<Secrets>> ReadSecrets(const std::filesystem::path& folder);

// The secrets for a store without rows: what is missing is drawn afresh and written durably.
absl::StatusOr<Secrets> MakeMissingSecrets(const std::filesystem::path& folder);

// One more key of the folder: that of its file, which is drawn afresh and written durably when it
// is not there.
absl::StatusOr<SecretKey> ReadOrMakeKey(const std::filesystem::path& path);

// 32 bytes as 64 hex digits and a line feed, and back; nothing for any other text.
std::string WriteKeyText(const SecretKey& key);
std::optional<SecretKey> ReadKeyText(std::string_view text);

// 32 bytes of the operating system's randomness.
SecretKey RandomKey();

}  // namespace radyab::access
