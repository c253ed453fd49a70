// What files of the store share: the operating system's refusals in our words, and names that
// survive a power cut.
#pragma once

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace radyab::storage {

// STORE_FAILED: `action` on `path` answered the errno value `error`.
absl::Status FileFault(const std::filesystem::path& path, std::string_view action, int error);

// Makes the names in `folder` durable.
absl::Status SyncFolder(const std::filesystem::path& folder);

}  // namespace radyab::storage
