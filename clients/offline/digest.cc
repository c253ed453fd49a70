#include "clients/offline/digest.h"

#include <openssl/evp.h>

#include <cstdlib>

namespace radyab::offline {
namespace {

constexpr std::size_t kDigestBytes = 32, kPublicKeyBytes = 32, kSignatureBytes = 64;
constexpr std::string_view kSigningContext = "radyab code pack 1\n";
constexpr std::string_view kHexDigits = "0123456789abcdef";

// A digest that half works must never look like one that works.
void Require(bool condition) {
  if (!condition) std::abort();
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  Require(context_ != nullptr && EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_); }

void Sha256::Add(std::string_view bytes) {
  Require(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::End() {
  std::string digest(kDigestBytes, '\0');
  auto* target = reinterpret_cast<unsigned char*>(digest.data());
  Require(EVP_DigestFinal_ex(context_, target, nullptr) == 1);
  return digest;
}

std::string BigEndian(std::uint64_t number, int bytes) {
  std::string text;
  for (int at = bytes - 1; at >= 0; --at) text.push_back(static_cast<char>(number >> (8 * at)));
  return text;
}

std::uint64_t NumberOf(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

std::string BucketDigest(const v1::PackBucket& bucket) {
  Sha256 digest;
  for (const std::string& entry : bucket.entries()) {
    digest.Add(BigEndian(entry.size(), 4));
    digest.Add(entry);
  }
  return digest.End();
}

bool IsSigned(std::string_view pack, std::string_view signature, std::string_view public_key) {
  if (signature.size() != kSignatureBytes || public_key.size() != kPublicKeyBytes) return false;
  const std::unique_ptr<EVP_PKEY, FreeKey> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(public_key), public_key.size()));
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  if (key == nullptr || context == nullptr) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
  const std::string text = std::string(kSigningContext) + std::string(pack);
  return EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(text),
                          text.size()) == 1;
}

std::string WriteHex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text.push_back(kHexDigits[value >> 4]);
    text.push_back(kHexDigits[value & 15]);
  }
  return text;
}

std::optional<std::string> ReadPublicKey(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  if (text.size() != 2 * kPublicKeyBytes) return std::nullopt;
  std::string key;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const std::size_t high = kHexDigits.find(text[at]), low = kHexDigits.find(text[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    key.push_back(static_cast<char>(high << 4 | low));
  }
  return key;
}

}  // namespace radyab::offline
