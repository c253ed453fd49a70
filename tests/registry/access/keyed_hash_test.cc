#include "registry/access/keyed_hash.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace radyab::access {
namespace {

constexpr HashPurpose kPurposes[] = {HashPurpose::kApiKey,        HashPurpose::kTrackingToken,
                                     HashPurpose::kPersonalAlias, HashPurpose::kRequestDigest,
                                     HashPurpose::kPageToken,     HashPurpose::kSealNonce};

std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

std::array<std::uint8_t, 32> CountedKey() {
  std::array<std::uint8_t, 32> key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  return key;
}

// Worked out with Python's hmac module: hmac(hmac(key, b"radyab keyed hash 1" + b"\2"), b"abc").
TEST(KeyedHash, IsTheHmacOfTheTextUnderTheKeyOfItsPurpose) {
  EXPECT_EQ(Hex(KeyedHash(CountedKey()).Of(HashPurpose::kTrackingToken, "abc")),
            "85f95e43ebd82fb6727347ccc492769df8a9a865a7d7c0c38d19150ca159aa64");
}

TEST(KeyedHash, IsTheSameAgain) {
  const KeyedHash first(CountedKey());
  const KeyedHash again(CountedKey());
  EXPECT_EQ(first.Of(HashPurpose::kApiKey, "rk_1"), again.Of(HashPurpose::kApiKey, "rk_1"));
}

// A thread keeps what it hashed with last: other keys between, and a place in memory that other
// keys had before, must not matter.
TEST(KeyedHash, IsTheSameWhateverWasHashedBetween) {
  auto other_key = CountedKey();
  other_key[0] = 77;
  const std::string right = KeyedHash(CountedKey()).Of(HashPurpose::kPageToken, "abc");
  const std::string other = KeyedHash(other_key).Of(HashPurpose::kPageToken, "abc");
  ASSERT_NE(right, other);
  const KeyedHash one(CountedKey());
  const KeyedHash copy = one;
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(one.Of(HashPurpose::kPageToken, "abc"), right);
    EXPECT_EQ(KeyedHash(other_key).Of(HashPurpose::kPageToken, "abc"), other);
    EXPECT_EQ(copy.Of(HashPurpose::kPageToken, "abc"), right);
    EXPECT_NE(copy.Of(HashPurpose::kPageToken, "abd"), right);
    EXPECT_EQ(KeyedHash(CountedKey()).Of(HashPurpose::kPageToken, "abc"), right);
  }
}

TEST(KeyedHash, DiffersByPurposeAndTextAndKey) {
  std::set<std::string> seen;
  auto other_key = CountedKey();
  other_key[31] ^= 1;
  std::size_t count = 0;
  for (const auto& key : {CountedKey(), other_key}) {
    for (const HashPurpose purpose : kPurposes) {
      for (const std::string& text : {std::string(), std::string("a"), std::string("a\0", 2)}) {
        const std::string sum = KeyedHash(key).Of(purpose, text);
        EXPECT_EQ(sum.size(), 32u);
        seen.insert(sum);
        ++count;
      }
    }
  }
  EXPECT_EQ(seen.size(), count);
}

TEST(EqualInConstantTime, ComparesLengthAndEveryByte) {
  EXPECT_TRUE(EqualInConstantTime("", ""));
  EXPECT_TRUE(EqualInConstantTime("abc", "abc"));
  EXPECT_FALSE(EqualInConstantTime("abc", "abd"));
  EXPECT_FALSE(EqualInConstantTime("abc", "xbc"));
  EXPECT_FALSE(EqualInConstantTime("abc", "ab"));
  EXPECT_FALSE(EqualInConstantTime("", "a"));
}

}  // namespace
}  // namespace radyab::access
