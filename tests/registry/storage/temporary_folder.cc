#include "tests/registry/storage/temporary_folder.h"

#include <stdlib.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>

namespace radyab::storage {

TemporaryFolder::TemporaryFolder() {
  std::string path = (std::filesystem::temp_directory_path() / "radyab-storage-XXXXXX").string();
  path_ = mkdtemp(path.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code unused;
  std::filesystem::remove_all(path_, unused);
}

std::string ReadWholeFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteWholeFile(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary)
      .write(text.data(), static_cast<std::streamsize>(text.size()));
}

std::uint64_t TestSeed() {
  const char* given = std::getenv("RADYAB_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::uint64_t{std::random_device()()};
  std::printf("seed: %llu (RADYAB_SEED=%llu replays it)\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(seed));
  return seed;
}

}  // namespace radyab::storage
