#include "registry/access/keyed_hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>

namespace radyab::access {
namespace {

// Parts this use of the key from any other; a change would make every kept hash worthless.
constexpr std::string_view kDerivation = "radyab keyed hash 1";

using Sum = std::array<std::uint8_t, 32>;

// Without memory for a MAC nothing sound can follow.
Sum HmacSha256(const Sum& key, std::string_view text) {
  Sum sum;
  unsigned int written = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), sum.data(),
           &written) == nullptr ||
      written != sum.size()) {
    std::abort();
  }
  return sum;
}

}  // namespace

KeyedHash::KeyedHash(const std::array<std::uint8_t, 32>& key) {
  for (std::size_t at = 0; at < keys_.size(); ++at) {
    std::string label(kDerivation);
    label.push_back(static_cast<char>(at + 1));
    keys_[at] = HmacSha256(key, label);
  }
}

std::string KeyedHash::Of(HashPurpose purpose, std::string_view text) const {
  const Sum sum = HmacSha256(keys_.at(static_cast<std::size_t>(purpose) - 1), text);
  return std::string(reinterpret_cast<const char*>(sum.data()), sum.size());
}

bool EqualInConstantTime(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace radyab::access
