#include "coding/permutation.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstdlib>
#include <string_view>

namespace radyab::coding {
namespace {

constexpr int kRounds = 10;
// Parts this use of the key from any other; a change would change every code.
constexpr std::string_view kPurpose = "radyab serial 1";
// 15 bytes of purpose, 8 of tweak, 8 of domain, 1 of round, 8 of the half.
constexpr std::size_t kMessageBytes = 40;

struct FreeMac {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

// A wrong number here would end the uniqueness of codes; without memory for a MAC nothing sound can
// follow.
void Require(bool condition) {
  if (!condition) std::abort();
}

void PutBigEndian(std::uint64_t value, std::uint8_t* out) {
  for (int i = 7; i >= 0; --i, value >>= 8) out[i] = static_cast<std::uint8_t>(value);
}

// The round function of one walk: HMAC-SHA-256, its first 64 bits as a number.
class RoundFunction {
 public:
  RoundFunction(const EVP_MAC_CTX* keyed, std::uint64_t tweak, std::uint64_t domain)
      : context_(EVP_MAC_CTX_dup(keyed)) {
    Require(context_ != nullptr);
    kPurpose.copy(reinterpret_cast<char*>(message_), kPurpose.size());
    PutBigEndian(tweak, message_ + 15);
    PutBigEndian(domain, message_ + 23);
  }

  std::uint64_t operator()(int round, std::uint64_t half) {
    message_[31] = static_cast<std::uint8_t>(round);
    PutBigEndian(half, message_ + 32);
    std::uint8_t sum[32];
    std::size_t written = 0;
    Require(EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 &&
            EVP_MAC_update(context_.get(), message_, kMessageBytes) == 1 &&
            EVP_MAC_final(context_.get(), sum, &written, sizeof sum) == 1);
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | sum[i];
    return value;
  }

 private:
  MacContext context_;
  std::uint8_t message_[kMessageBytes] = {};
};

std::uint64_t SerialTweak(Kind kind, std::uint32_t block) {
  return static_cast<std::uint64_t>(kind) << 32 | block;
}

}  // namespace

struct KeyedPermutation::Mac {
  MacContext context;
};

KeyedPermutation::KeyedPermutation(const Key& key, std::uint64_t domain)
    : domain_(domain), side_(1) {
  Require(domain >= 4 && domain <= std::uint64_t{1} << 32);
  while (side_ * side_ < domain) ++side_;
  EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  Require(algorithm != nullptr);
  auto mac = std::make_shared<Mac>();
  mac->context.reset(EVP_MAC_CTX_new(algorithm));
  EVP_MAC_free(algorithm);
  Require(mac->context != nullptr);
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  Require(EVP_MAC_init(mac->context.get(), key.data(), key.size(), parameters) == 1);
  mac_ = std::move(mac);
}

std::uint64_t KeyedPermutation::Forward(std::uint64_t tweak, std::uint64_t value) const {
  RoundFunction function(mac_->context.get(), tweak, domain_);
  std::uint64_t left = value / side_;
  std::uint64_t right = value % side_;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t mixed = (left + function(round, right) % side_) % side_;
    left = right;
    right = mixed;
  }
  return left * side_ + right;
}

std::uint64_t KeyedPermutation::Backward(std::uint64_t tweak, std::uint64_t value) const {
  RoundFunction function(mac_->context.get(), tweak, domain_);
  std::uint64_t left = value / side_;
  std::uint64_t right = value % side_;
  for (int round = kRounds - 1; round >= 0; --round) {
    const std::uint64_t unmixed = (right + side_ - function(round, left) % side_) % side_;
    right = left;
    left = unmixed;
  }
  return left * side_ + right;
}

// Cycle walking ends: the network permutes 0..side*side-1, so a walk that begins inside the domain
// comes back to it; it leaves the domain on the way at most (side*side - domain) times.
std::uint64_t KeyedPermutation::Apply(std::uint64_t tweak, std::uint64_t value) const {
  Require(value < domain_);
  do value = Forward(tweak, value);
  while (value >= domain_);
  return value;
}

std::uint64_t KeyedPermutation::Invert(std::uint64_t tweak, std::uint64_t permuted) const {
  Require(permuted < domain_);
  do permuted = Backward(tweak, permuted);
  while (permuted >= domain_);
  return permuted;
}

SerialPermutation::SerialPermutation(const std::array<std::uint8_t, 32>& key)
    : permutation_(key, std::uint64_t{kSerialMax} + 1) {}

std::uint32_t SerialPermutation::Apply(Kind kind, std::uint32_t block, std::uint32_t serial) const {
  return static_cast<std::uint32_t>(permutation_.Apply(SerialTweak(kind, block), serial));
}

std::uint32_t SerialPermutation::Invert(Kind kind, std::uint32_t block,
                                        std::uint32_t permuted) const {
  return static_cast<std::uint32_t>(permutation_.Invert(SerialTweak(kind, block), permuted));
}

}  // namespace radyab::coding
