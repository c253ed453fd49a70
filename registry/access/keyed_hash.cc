#include "registry/access/keyed_hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <atomic>
#include <cstdlib>

namespace radyab::access {
namespace {

// Parts this use of the key from any other; a change would make every kept hash worthless.
constexpr std::string_view kDerivation = "radyab keyed hash 1";

using Sum = std::array<std::uint8_t, 32>;

struct FreeMac {
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

// Without memory for a MAC nothing sound can follow.
void Require(bool condition) {
  if (!condition) std::abort();
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// HMAC-SHA-256 that has taken its key and no text.
MacContext ReadyFor(const Sum& key) {
  static const std::unique_ptr<EVP_MAC, FreeMac> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  Require(hmac != nullptr);
  MacContext context(EVP_MAC_CTX_new(hmac.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                   OSSL_PARAM_construct_end()};
  Require(context != nullptr &&
          EVP_MAC_init(context.get(), key.data(), key.size(), parameters) == 1);
  return context;
}

MacContext CopyOf(const EVP_MAC_CTX& ready) {
  MacContext context(EVP_MAC_CTX_dup(&ready));
  Require(context != nullptr);
  return context;
}

// `context` has taken its key, and whatever texts before.
Sum HashOf(EVP_MAC_CTX& context, std::string_view text) {
  Sum sum;
  std::size_t written = 0;
  Require(EVP_MAC_init(&context, nullptr, 0, nullptr) == 1 &&
          EVP_MAC_update(&context, Bytes(text), text.size()) == 1 &&
          EVP_MAC_final(&context, sum.data(), &written, sum.size()) == 1 && written == sum.size());
  return sum;
}

// A thread's own contexts for the keys it hashed with last: copying one costs as much as a hash.
struct OwnContexts {
  std::uint64_t keys = 0;  // which; 0: none
  std::array<MacContext, kHashPurposeCount> of_purpose;
};

// A number for each set of keys, never the same in one process.
std::uint64_t NextKeysNumber() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

}  // namespace

KeyedHash::KeyedHash(const std::array<std::uint8_t, 32>& key) : keys_number_(NextKeysNumber()) {
  const MacContext derivation = ReadyFor(key);
  for (std::size_t at = 0; at < ready_.size(); ++at) {
    std::string label(kDerivation);
    label.push_back(static_cast<char>(at + 1));
    ready_[at] = std::shared_ptr<const EVP_MAC_CTX>(
        ReadyFor(HashOf(*derivation, label)).release(),
        [](const EVP_MAC_CTX* context) { EVP_MAC_CTX_free(const_cast<EVP_MAC_CTX*>(context)); });
  }
}

std::string KeyedHash::Of(HashPurpose purpose, std::string_view text) const {
  thread_local OwnContexts own;
  if (own.keys != keys_number_) own = {keys_number_, {}};
  const std::size_t at = static_cast<std::size_t>(purpose) - 1;
  MacContext& context = own.of_purpose.at(at);
  if (context == nullptr) context = CopyOf(*ready_.at(at));
  const Sum sum = HashOf(*context, text);
  return std::string(reinterpret_cast<const char*>(sum.data()), sum.size());
}

bool EqualInConstantTime(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace radyab::access
