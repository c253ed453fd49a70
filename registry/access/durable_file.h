// Small files that must be there, whole, after a crash.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace radyab::access {

inline constexpr std::size_t kSmallFileBytesMax = 4096;

// Writes `text` to `path`, readable by its owner only (0600), in place of what was there. When it
// returns OK the file is whole and durable; before that the old one is. Errors name the path and
// the system's words.
absl::Status WriteDurably(const std::filesystem::path& path, std::string_view text);

// The text of a small file, or nothing when there is none. FAILED_PRECONDITION when others than its
// owner may read it.
absl::StatusOr<std::optional<std::string>> ReadPrivateFile(const std::filesystem::path& path);

// Makes a folder for its owner only (0700), durably; one that is there already is left as it is.
absl::Status MakePrivateFolder(const std::filesystem::path& path);

}  // namespace radyab::access
