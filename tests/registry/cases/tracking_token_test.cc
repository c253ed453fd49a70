#include "registry/cases/tracking_token.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "registry/cases/case_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::cases {
namespace {

TEST(TrackingToken, WritesFiveBitsALetter) {
  EXPECT_EQ(WriteToken(std::string(kTokenBytes, '\0')), "0000000000000000");
  EXPECT_EQ(WriteToken(std::string(kTokenBytes, '\xFF')), "ZZZZZZZZZZZZZZZZ");
  // 00000 00001 00010 … 01111: the letters in order.
  EXPECT_EQ(WriteToken(std::string("\x00\x44\x32\x14\xC7\x42\x54\xB6\x35\xCF", 10)),
            "0123456789ABCDEF");
}

TEST(TrackingToken, NeverWritesALetterThatIsMisread) {
  std::set<char> letters;
  for (int i = 0; i < 2000; ++i)
    for (const char c : WriteToken(access::RandomBytes(kTokenBytes))) letters.insert(c);
  EXPECT_EQ(letters.size(), 32u);
  for (const char c : {'I', 'L', 'O', 'U'}) EXPECT_FALSE(letters.contains(c));
}

TEST(TrackingToken, FoldsCaseSpacesHyphensDigitsAndMisreadLetters) {
  const std::string token = "0123456789ABCDEF";
  for (const char* typed :
       {"0123456789ABCDEF", "0123456789abcdef", "0123-4567-89AB-CDEF", " 0123 4567 89ab cdef\n",
        "O1234567 89ABCDEF", "oi23456789abcdef", "0L23456789abcdef", "۰۱۲۳۴۵۶۷۸۹ABCDEF",
        "٠١٢٣٤٥٦٧٨٩ABCDEF", "0123\u200C4567\u200F89AB\u2013CDEF"}) {
    EXPECT_EQ(FoldToken(typed), token) << typed;
  }
  for (int i = 0; i < 200; ++i) {
    const std::string written = WriteToken(access::RandomBytes(kTokenBytes));
    EXPECT_EQ(FoldToken(written), written);
  }
}

TEST(TrackingToken, FoldsOtherTextsToNothing) {
  for (const std::string& typed :
       {std::string(), std::string("0123456789ABCDE"), std::string("0123456789ABCDEF0"),
        std::string("U123456789ABCDEF"), std::string("زهرا"), std::string("\xFF\xFF"),
        std::string(100'000, '0')}) {
    EXPECT_EQ(FoldToken(typed), "");
  }
}

TEST(TrackingToken, IsKeptAsAHashOfCodeAndToken) {
  const access::KeyedHash keyed_hash(tests::FixedKey(2));
  const auto code = coding::Code::ForSerial(coding::Kind::kCase, 17, 1).value();
  const auto other = coding::Code::ForSerial(coding::Kind::kCase, 17, 2).value();
  const std::string hash = HashToken(keyed_hash, code, "0123456789ABCDEF");
  EXPECT_EQ(hash.size(), 32u);
  EXPECT_NE(hash, HashToken(keyed_hash, other, "0123456789ABCDEF"));
  EXPECT_NE(hash, HashToken(keyed_hash, code, "0123456789ABCDE0"));
}

}  // namespace
}  // namespace radyab::cases
