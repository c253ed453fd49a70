#include "registry/access/sealer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "registry/reason.h"

namespace radyab::access {
namespace {

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

Sealer SealerWith(std::string_view key_hex) {
  const std::string bytes = FromHex(key_hex);
  std::array<std::uint8_t, 32> key{};
  std::copy_n(bytes.begin(), key.size(), key.begin());
  return Sealer(key);
}

constexpr std::string_view kKey =
    "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
const std::string kNonce = FromHex("cafebabefacedbaddecaf888");

// Test case 16 of "The Galois/Counter Mode of Operation" (McGrew, Viega), appendix B.
TEST(Sealer, GivesThePublishedBytes) {
  const std::string plain = FromHex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  const std::string context = FromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const records::Sealed sealed = SealerWith(kKey).Seal(plain, kNonce, context);
  EXPECT_EQ(sealed.nonce(), kNonce);
  EXPECT_EQ(sealed.ciphertext(),
            FromHex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                    "76fc6ece0f4e1768cddf8853bb2d551b"));
}

TEST(Sealer, OpensWhatItSealed) {
  const Sealer sealer = SealerWith(kKey);
  for (const std::string& plain :
       {std::string(), std::string("a"), std::string("سلام"), std::string(70'000, '\0')}) {
    const auto opened = sealer.Open(sealer.Seal(plain, kNonce, "party"), "party");
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(*opened, plain);
  }
}

void ExpectCorrupt(const absl::StatusOr<std::string>& opened) {
  ASSERT_EQ(opened.status().code(), absl::StatusCode::kDataLoss) << opened.status();
  EXPECT_EQ(ReasonOf(opened.status())->reason, Reason::kCorruptRecord);
}

TEST(Sealer, RefusesEveryFlippedBit) {
  const Sealer sealer = SealerWith(kKey);
  const records::Sealed sealed = sealer.Seal("09121234567", kNonce, "party");
  for (std::size_t bit = 0; bit < 8 * sealed.ciphertext().size(); ++bit) {
    records::Sealed flipped = sealed;
    (*flipped.mutable_ciphertext())[bit / 8] ^= static_cast<char>(1 << bit % 8);
    ExpectCorrupt(sealer.Open(flipped, "party"));
  }
  for (std::size_t bit = 0; bit < 8 * kNonceBytes; ++bit) {
    records::Sealed flipped = sealed;
    (*flipped.mutable_nonce())[bit / 8] ^= static_cast<char>(1 << bit % 8);
    ExpectCorrupt(sealer.Open(flipped, "party"));
  }
}

TEST(Sealer, RefusesAnotherPlaceAnotherKeyAndCutBytes) {
  const Sealer sealer = SealerWith(kKey);
  const records::Sealed sealed = sealer.Seal("secret", kNonce, "party");
  ExpectCorrupt(sealer.Open(sealed, "case"));
  ExpectCorrupt(sealer.Open(sealed, ""));
  ExpectCorrupt(SealerWith(std::string(64, '1')).Open(sealed, "party"));
  ExpectCorrupt(sealer.Open(records::Sealed(), "party"));
  records::Sealed cut = sealed;
  cut.mutable_ciphertext()->pop_back();
  ExpectCorrupt(sealer.Open(cut, "party"));
  cut.mutable_ciphertext()->resize(kTagBytes - 1);
  ExpectCorrupt(sealer.Open(cut, "party"));
  cut = sealed;
  cut.mutable_nonce()->push_back('x');
  ExpectCorrupt(sealer.Open(cut, "party"));
}

TEST(RandomBytes, AreAsManyAsWantedAndNeverTheSame) {
  EXPECT_EQ(RandomBytes(0), "");
  EXPECT_EQ(RandomBytes(1000).size(), 1000u);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(RandomBytes(16));
  EXPECT_EQ(seen.size(), 1000u);
}

}  // namespace
}  // namespace radyab::access
