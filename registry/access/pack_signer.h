// The key that signs code packs: FOLDER/secrets/pack.key, an Ed25519 seed kept as the other secrets
// are. Who holds a pack checks it with the public key, which lies open in FOLDER/pack.pub.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/access/secrets.h"

namespace radyab::access {

// What is signed begins with it, so that no other bytes can pass for a pack.
inline constexpr std::string_view kPackSigningContext = "radyab code pack 1\n";

// Thread safe.
class PackSigner {
 public:
  explicit PackSigner(const SecretKey& seed);

  // The Ed25519 signature (RFC 8032), 64 bytes, over the context and `pack`.
  std::string Sign(std::string_view pack) const;
  const std::string& public_key() const { return public_key_; }  // 32 bytes

 private:
  SecretKey seed_;
  std::string public_key_;
};

// That of a registry's folder: a missing pack.key is drawn, pack.pub is written when it differs.
// FAILED_PRECONDITION when the key is malformed or others may read it.
absl::StatusOr<PackSigner> OpenPackSigner(const std::filesystem::path& folder);

}  // namespace radyab::access
