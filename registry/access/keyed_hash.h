// HMAC-SHA-256 with the hash key of the data folder: what is kept of secrets and personal
// identifiers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;  // EVP_MAC_CTX of libcrypto

namespace radyab::access {

// What a hash is for. Each purpose has its own key, derived from the one in secrets/hash.key, so
// that the hash of a token can never stand for the hash of a national id. Numbers never change.
enum class HashPurpose : std::uint8_t {
  kApiKey = 1,
  kTrackingToken = 2,
  kPersonalAlias = 3,
  kRequestDigest = 4,
  kPageToken = 5,
  kSealNonce = 6,  // of a sealing key, not of hash.key: see sealed_part.h
  kAuditSeal = 7,
  kSearchTerm = 8,
  kAuthenticityNumber = 9,
};

inline constexpr std::size_t kHashPurposeCount = 9;

// Thread safe. The keys of all purposes are derived and set up once: a hash is taken with every
// call, and setting up costs more than hashing.
class KeyedHash {
 public:
  explicit KeyedHash(const std::array<std::uint8_t, 32>& key);
  // 32 bytes.
  std::string Of(HashPurpose purpose, std::string_view text) const;

 private:
  std::uint64_t keys_number_;
  // Ready to hash with the key of purpose 1, 2, …; only ever copied from.
  std::array<std::shared_ptr<const evp_mac_ctx_st>, kHashPurposeCount> ready_;
};

// Compares without telling by its time how much was equal.
bool EqualInConstantTime(std::string_view left, std::string_view right);

}  // namespace radyab::access
