// A folder of one test, removed at its end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace radyab::storage {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string ReadWholeFile(const std::filesystem::path& path);
void WriteWholeFile(const std::filesystem::path& path, std::string_view text);

// RADYAB_SEED, or a new one. Printed, so that a failing run can be had again.
std::uint64_t TestSeed();

}  // namespace radyab::storage
