// SHA-256 and the check of Ed25519 signatures, as code packs want them
// (radyab/v1/code_pack.proto).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "radyab/v1/code_pack.pb.h"

struct evp_md_ctx_st;

namespace radyab::offline {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void Add(std::string_view bytes);
  std::string End();  // 32 bytes

 private:
  evp_md_ctx_st* context_;
};

// The highest byte first, `bytes` of them; and back.
std::string BigEndian(std::uint64_t number, int bytes);
std::uint64_t NumberOf(std::string_view bytes);

// The digest of a bucket, 32 bytes.
std::string BucketDigest(const v1::PackBucket& bucket);

// Whether `signature` over the bytes of a pack was made with the key.
bool IsSigned(std::string_view pack, std::string_view signature, std::string_view public_key);

// A public key as 64 hex digits, as DATA/pack.pub has it; and back: nothing for any other text.
std::string WriteHex(std::string_view bytes);
std::optional<std::string> ReadPublicKey(std::string_view text);

}  // namespace radyab::offline
