#include "registry/storage/row_limits.h"

#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

TEST(RowLimits, SayWhatWasGivenAndWhatIsWanted) {
  EXPECT_EQ(MessageOf(CheckKey(std::string(481, 'k'))), "key of 481 bytes, at most 480");
  EXPECT_EQ(MessageOf(CheckKey("")), "empty key, want at least one byte");
  EXPECT_EQ(MessageOf(CheckValue(std::string(65'537, 'v'))), "value of 65537 bytes, at most 65536");
  EXPECT_EQ(MessageOf(CheckRange({"", std::string(482, 'k')})),
            "end of a key range of 482 bytes, at most 481");
  EXPECT_EQ(MessageOf(StoreFull(8192, 4096)),
            "the store is full: 8192 more bytes pass its limit of 4096 bytes");
}

TEST(RowLimits, EmptyEndMeansToTheLastKey) {
  EXPECT_FALSE(IsEmptyRange({"", ""}));
  EXPECT_FALSE(IsEmptyRange({"z", ""}));
  EXPECT_FALSE(IsEmptyRange({"a", "b"}));
  EXPECT_TRUE(IsEmptyRange({"b", "b"}));
  EXPECT_TRUE(IsEmptyRange({"c", "b"}));
}

}  // namespace
}  // namespace radyab::storage
