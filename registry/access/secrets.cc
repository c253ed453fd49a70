#include "registry/access/secrets.h"

#include <algorithm>

#include "registry/access/durable_file.h"
#include "registry/access/sealer.h"

namespace radyab::access {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::filesystem::path HashKeyFile(const std::filesystem::path& folder) {
  return folder / "secrets" / "hash.key";
}
std::filesystem::path SealKeyFile(const std::filesystem::path& folder) {
  return folder / "secrets" / "seal.key";
}

absl::StatusOr<std::optional<SecretKey>> ReadKeyFile(const std::filesystem::path& path) {
  auto text = ReadPrivateFile(path);
  if (!text.ok()) return text.status();
  if (!text->has_value()) return std::optional<SecretKey>();
  auto key = ReadKeyText(**text);
  if (!key) {
    return absl::FailedPreconditionError(path.string() + " is no key: want 64 hex digits");
  }
  return key;
}

}  // namespace

std::string WriteKeyText(const SecretKey& key) {
  std::string text;
  for (const std::uint8_t byte : key) {
    text.push_back(kHexDigits[byte >> 4]);
    text.push_back(kHexDigits[byte & 15]);
  }
  return text + "\n";
}

std::optional<SecretKey> ReadKeyText(std::string_view text) {
  SecretKey key{};
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.size() != 2 * key.size()) return std::nullopt;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t value = kHexDigits.find(text[at]);
    if (value == std::string_view::npos) return std::nullopt;
    key[at / 2] = static_cast<std::uint8_t>(key[at / 2] << 4 | value);
  }
  return key;
}

absl::StatusOr<SecretKey> ReadOrMakeKey(const std::filesystem::path& path) {
  auto key = ReadKeyFile(path);
  if (!key.ok()) return key.status();
  if (key->has_value()) return **key;
  const SecretKey fresh = RandomKey();
  if (auto status = WriteDurably(path, WriteKeyText(fresh)); !status.ok()) return status;
  return fresh;
}

absl::StatusOr<std::optional<Secrets>> ReadSecrets(const std::filesystem::path& folder) {
  auto hash_key = ReadKeyFile(HashKeyFile(folder));
  if (!hash_key.ok()) return hash_key.status();
  auto seal_key = ReadKeyFile(SealKeyFile(folder));
  if (!seal_key.ok()) return seal_key.status();
  if (!hash_key->has_value() && !seal_key->has_value()) return std::optional<Secrets>();
  if (!hash_key->has_value() || !seal_key->has_value()) {
    const auto missing = hash_key->has_value() ? SealKeyFile(folder) : HashKeyFile(folder);
    return absl::FailedPreconditionError(missing.string() + " is missing; put it back");
  }
  return std::optional<Secrets>(Secrets{**hash_key, **seal_key});
}

absl::StatusOr<Secrets> MakeMissingSecrets(const std::filesystem::path& folder) {
  if (auto status = MakePrivateFolder(folder / "secrets"); !status.ok()) return status;
  auto hash_key = ReadOrMakeKey(HashKeyFile(folder));
  if (!hash_key.ok()) return hash_key.status();
  auto seal_key = ReadOrMakeKey(SealKeyFile(folder));
  if (!seal_key.ok()) return seal_key.status();
  return Secrets{*hash_key, *seal_key};
}

SecretKey RandomKey() {
  SecretKey key{};
  const std::string bytes = RandomBytes(key.size());
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

}  // namespace radyab::access
