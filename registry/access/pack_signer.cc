#include "registry/access/pack_signer.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "registry/access/durable_file.h"

namespace radyab::access {
namespace {

constexpr std::size_t kSignatureBytes = 64, kPublicKeyBytes = 32;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

// A signature that half works must never look like one that works.
void Require(bool condition) {
  if (!condition) std::abort();
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Key PrivateKey(const SecretKey& seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  Require(key != nullptr);
  return key;
}

}  // namespace

PackSigner::PackSigner(const SecretKey& seed) : seed_(seed), public_key_(kPublicKeyBytes, '\0') {
  std::size_t size = public_key_.size();
  const Key key = PrivateKey(seed_);
  Require(EVP_PKEY_get_raw_public_key(key.get(), Bytes(public_key_), &size) == 1);
  Require(size == kPublicKeyBytes);
}

std::string PackSigner::Sign(std::string_view pack) const {
  const std::string text = std::string(kPackSigningContext) + std::string(pack);
  const Key key = PrivateKey(seed_);
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  Require(context != nullptr);
  Require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  Require(EVP_DigestSign(context.get(), Bytes(signature), &size, Bytes(text), text.size()) == 1);
  Require(size == kSignatureBytes);
  return signature;
}

absl::StatusOr<PackSigner> OpenPackSigner(const std::filesystem::path& folder) {
  auto seed = ReadOrMakeKey(folder / "secrets" / "pack.key");
  if (!seed.ok()) return seed.status();
  PackSigner signer(*seed);
  SecretKey shown{};
  std::copy(signer.public_key().begin(), signer.public_key().end(), shown.begin());
  const auto public_file = folder / "pack.pub";
  const std::string text = WriteKeyText(shown);
  const auto there = ReadPrivateFile(public_file);
  if (there.ok() && there->has_value() && **there == text) return signer;
  if (auto status = WriteDurably(public_file, text); !status.ok()) return status;
  return signer;
}

}  // namespace radyab::access
