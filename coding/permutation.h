// A keyed permutation of serial numbers: codes of parties and cases say nothing about order or
// volume.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "coding/code.h"

namespace radyab::coding {

// A permutation of 0..domain-1, one for each (key, tweak). A ten-round Feistel network whose halves
// are numbers below the rounded-up square root of the domain and whose round function is
// HMAC-SHA-256; results outside the domain are put through again (cycle walking), so every domain
// of 4..2^32 works. Ten rounds and modular halves follow the shape of NIST SP 800-38G FF1.
// Deterministic for ever: what it gives is part of every issued code. Thread safe: all members are
// const.
class KeyedPermutation {
 public:
  using Key = std::array<std::uint8_t, 32>;

  // `domain` is 4..2^32.
  KeyedPermutation(const Key& key, std::uint64_t domain);

  // `value` is below the domain, and so is the answer. `tweak` picks one of 2^64 unrelated
  // permutations.
  std::uint64_t Apply(std::uint64_t tweak, std::uint64_t value) const;
  std::uint64_t Invert(std::uint64_t tweak, std::uint64_t permuted) const;

 private:
  struct Mac;
  std::uint64_t Forward(std::uint64_t tweak, std::uint64_t value) const;
  std::uint64_t Backward(std::uint64_t tweak, std::uint64_t value) const;

  std::uint64_t domain_;
  std::uint64_t side_;  // the smallest number with side * side >= domain
  std::shared_ptr<const Mac> mac_;
};

// The permutation of the 8-digit serials 0..99,999,999 of one kind and block. The key belongs to
// the store: uniqueness of codes hangs on it, so it never changes while the store lives. Thread
// safe.
class SerialPermutation {
 public:
  explicit SerialPermutation(const std::array<std::uint8_t, 32>& key);

  // `serial` and the answer are 0..kSerialMax, `block` 0..kBlockMax.
  std::uint32_t Apply(Kind kind, std::uint32_t block, std::uint32_t serial) const;
  std::uint32_t Invert(Kind kind, std::uint32_t block, std::uint32_t permuted) const;

 private:
  KeyedPermutation permutation_;
};

}  // namespace radyab::coding
