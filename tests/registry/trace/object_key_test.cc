#include "registry/trace/object_key.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace radyab::trace {
namespace {

using coding::ObjectWord;

coding::Code Item(std::uint32_t birth_class, std::uint32_t block, std::uint32_t counter) {
  return *coding::Code::ForCatalog(coding::Kind::kItem, birth_class, block, counter);
}

TEST(ObjectKey, GoesBothWays) {
  const ObjectWord words[] = {
      ObjectWord::ForLot(Item(412, 17, 1), "L-1/%"),
      ObjectWord::ForUnit(Item(9999, 99999, 9999), "ABCDEFGHIJKLMNOPQRST"),
      ObjectWord::ForUnit(Item(0, 1, 1), "1"),
      ObjectWord::ForContainer("006141411234567890"),
  };
  for (const ObjectWord& word : words) {
    const std::string key = WriteObjectKey(word);
    const auto back = ReadObjectKey(key);
    ASSERT_TRUE(back.has_value()) << coding::WriteObjectWord(word);
    EXPECT_EQ(*back, word);
    EXPECT_EQ(WordOfKey(key), coding::WriteObjectWord(word));
  }
}

TEST(ObjectKey, HasTheDocumentedBytes) {
  using namespace std::string_literals;
  EXPECT_EQ(WriteObjectKey(ObjectWord::ForLot(Item(412, 17, 1), "L1")),
            "\x01\x00\x00\x00\x11\x00\x01\x01\x9cL1"s);
  EXPECT_EQ(WriteObjectKey(ObjectWord::ForUnit(Item(412, 17, 1), "S")),
            "\x02\x00\x00\x00\x11\x00\x01\x01\x9cS"s);
  EXPECT_EQ(WriteObjectKey(ObjectWord::ForContainer("006141411234567890")),
            "\x03"
            "006141411234567890"s);
  EXPECT_EQ(ViewKey(MemberId{258}, "\x03x"), "\x10\x00\x00\x01\x02\x03x"s);
}

TEST(ObjectKey, IsEmptyForABareCode) {
  EXPECT_EQ(WriteObjectKey(ObjectWord::ForCode(Item(412, 17, 1))), "");
}

TEST(ObjectKey, RefusesOtherBytes) {
  const std::string good = WriteObjectKey(ObjectWord::ForLot(Item(412, 17, 1), "L1"));
  EXPECT_FALSE(ReadObjectKey(""));
  EXPECT_EQ(WordOfKey(""), "");
  EXPECT_FALSE(ReadObjectKey(good.substr(0, 9)));  // no lot
  EXPECT_FALSE(ReadObjectKey(good.substr(0, 5)));
  EXPECT_FALSE(ReadObjectKey("\x07" + good.substr(1)));
  EXPECT_FALSE(
      ReadObjectKey("\x03"
                    "006141411234567891"));
  EXPECT_FALSE(ReadObjectKey(ViewKey(MemberId{1}, good)));
}

TEST(ObjectKey, KeepsTheGoodsOfOneItemTogether) {
  std::vector<std::string> keys = {
      WriteObjectKey(ObjectWord::ForUnit(Item(412, 17, 1), "Z")),
      WriteObjectKey(ObjectWord::ForUnit(Item(9999, 17, 2), "A")),
      WriteObjectKey(ObjectWord::ForUnit(Item(1, 18, 1), "A")),
  };
  EXPECT_TRUE(std::ranges::is_sorted(keys));
}

}  // namespace
}  // namespace radyab::trace
