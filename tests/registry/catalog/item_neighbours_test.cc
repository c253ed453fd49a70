// Which items AlikeItems holds against one, apart from what becomes of the pairs
// (item_duplicates_test.cc).
#include <gtest/gtest.h>

#include "registry/catalog/item_duplicates.h"
#include "registry/catalog/item_likeness.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::AliasOf;
using tests::RegistryWorld;

class ItemNeighbours : public testing::Test {
 protected:
  std::vector<ItemPair> Alike(coding::Code code) {
    const auto pairs = world_.Read(
        [&](storage::ReadTransaction& transaction) { return AlikeItemsOf(transaction, code, {}); });
    EXPECT_TRUE(pairs.ok()) << pairs.status();
    return pairs.value_or(std::vector<ItemPair>());
  }

  RegistryWorld world_;
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId other_ = world_.MakeMember("Other");
};

TEST_F(ItemNeighbours, ArePairsOfTheSmallerCodeFirst) {
  const coding::Code one = world_.MakeItem(maker_, "Green tea");
  const coding::Code other = world_.MakeItem(maker_, "Green tea");
  for (const coding::Code code : {one, other}) {
    const auto pairs = Alike(code);
    ASSERT_EQ(pairs.size(), 1u);
    EXPECT_EQ(pairs[0].codes, PairOf(other, one));
    EXPECT_LT(pairs[0].codes.first, pairs[0].codes.second);
    EXPECT_EQ(pairs[0].owner, maker_);
    EXPECT_DOUBLE_EQ(pairs[0].likeness, 1);
  }
}

// Names of other members fill the window like those of the owner. Between the two names stand those
// with a letter behind the first.
TEST_F(ItemNeighbours, LieWithinTheWindowOnEachSide) {
  const coding::Code first = world_.MakeItem(maker_, "Green tea leaves");
  const coding::Code last = world_.MakeItem(maker_, "Green tea leavess");
  for (std::size_t i = 0; i + 1 < kNameNeighbours; ++i) {
    world_.MakeItem(other_, "Green tea leaves q");
  }
  EXPECT_EQ(Alike(first).size(), 1u);
  EXPECT_EQ(Alike(last).size(), 1u);
  world_.MakeItem(other_, "Green tea leaves q");
  EXPECT_TRUE(Alike(first).empty());
  EXPECT_TRUE(Alike(last).empty());
}

TEST_F(ItemNeighbours, OfAGenericItemAreNone) {
  world_.MakeItem(maker_, "Green tea", {AliasOf(v1::ALIAS_SCHEME_GTIN, "6260001000018")});
  world_.MakeItem(maker_, "Green tea");
  v1::Item generic;
  generic.set_generic(true);
  generic.mutable_display_name()->set_en("Green tea");
  const auto pairs = world_.Read([&](storage::ReadTransaction& transaction) {
    return AlikeItems(transaction, world_.environment(), generic);
  });
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  EXPECT_TRUE(pairs->empty());
}

}  // namespace
}  // namespace radyab::catalog
