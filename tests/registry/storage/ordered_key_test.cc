#include "registry/storage/ordered_key.h"

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using namespace std::string_literals;

TEST(OrderedKey, WritesNumbersBigEndianAndTextsEscaped) {
  const std::string key =
      OrderedKey(0x42).U8(1).U16(0x0203).U32(0x04050607).U64(8).Text("a\0b"s).Tail("\0z"s);
  EXPECT_EQ(key,
            "\x42\x01\x02\x03\x04\x05\x06\x07\0\0\0\0\0\0\0\x08"
            "a\0\xFF"
            "b\0\x01\0z"s);
}

TEST(OrderedKey, ReadsItsPartsBack) {
  const std::string key =
      OrderedKey(0x42).U16(0xFFFE).Text("\0\xFF\0\x01"s).U64(~0ull).Tail("rest");
  OrderedKeyReader reader(key);
  EXPECT_EQ(reader.U8(), 0x42);
  EXPECT_EQ(reader.U16(), 0xFFFE);
  EXPECT_EQ(reader.Text(), "\0\xFF\0\x01"s);
  EXPECT_EQ(reader.U64(), ~0ull);
  EXPECT_FALSE(reader.at_end());
  EXPECT_EQ(reader.Tail(), "rest");
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.at_end());
}

TEST(OrderedKey, ReaderRefusesWhatDoesNotFit) {
  for (const std::string& broken : {"\x01"s, "a"s, "a\0"s, "a\0\x02"s}) {
    OrderedKeyReader reader(broken);
    if (broken == "\x01"s) {
      EXPECT_EQ(reader.U16(), 0);
    } else {
      EXPECT_EQ(reader.Text(), "");
    }
    EXPECT_FALSE(reader.ok()) << testing::PrintToString(broken);
    EXPECT_EQ(reader.U8(), 0) << "after a fault every part is zero";
    EXPECT_EQ(reader.Tail(), "");
  }
}

// The order of keys is the order of their parts, however awkward the texts.
TEST(OrderedKey, SortsAsItsPartsDo) {
  using Parts = std::tuple<std::string, std::uint32_t, std::string>;
  std::mt19937_64 random(TestSeed());
  const auto text = [&random] {
    const char bytes[] = {'\0', '\x01', 'a', '\xFE', '\xFF'};
    std::string drawn;
    for (std::size_t i = random() % 4; i > 0; --i) drawn += bytes[random() % std::size(bytes)];
    return drawn;
  };
  const auto key = [](const Parts& parts) -> std::string {
    return OrderedKey(1).Text(std::get<0>(parts)).U32(std::get<1>(parts)).Text(std::get<2>(parts));
  };
  for (int round = 0; round < 20'000; ++round) {
    const Parts one{text(), random() % 3, text()}, other{text(), random() % 3, text()};
    ASSERT_EQ(one < other, key(one) < key(other))
        << testing::PrintToString(one) << testing::PrintToString(other);
    ASSERT_EQ(one == other, key(one) == key(other));
  }
}

TEST(PrefixEnd, IsTheFirstKeyBehindAllWithThePrefix) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd("a\xFF"), "b");
  EXPECT_EQ(PrefixEnd("a\xFE\xFF\xFF"), "a\xFF");
  EXPECT_EQ(PrefixEnd("\0"s), "\x01");
  EXPECT_EQ(PrefixEnd("\xFF\xFF"), "") << "no key is behind: to the last one";
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace radyab::storage
