#include "registry/search/posting_blocks.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "registry/search/search_terms.h"
#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

constexpr PostingList kList{MemberId{17}, {3, 4}};

class PostingBlocks : public SearchWorld {
 protected:
  void Change(const PostingChange& change) {
    auto status = world_.Write([&](storage::WriteTransaction& transaction) {
      RowChanges rows;
      auto planned = PlanPostings(transaction, kList, change, rows);
      return planned.ok() ? WriteRows(transaction, rows) : planned;
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  void Add(const std::vector<Thing>& things) { Change({things, {}}); }
  // All things of the list, block by block; `block_count_` tells how many blocks that were.
  std::vector<Thing> All() {
    std::vector<Thing> things;
    block_count_ = 0;
    auto status = world_.Read([&](storage::ReadTransaction& transaction) {
      for (Thing from = 0;; ++block_count_) {
        auto block = BlockAt(transaction, kList, from);
        if (!block.ok()) return block.status();
        if (!block->has_value()) return absl::OkStatus();
        EXPECT_FALSE((*block)->things.empty());
        EXPECT_LE((*block)->things.size(), kBlockThingsMax);
        EXPECT_LE((*block)->things.back(), (*block)->last);
        EXPECT_GE((*block)->things.front(), from);
        things.insert(things.end(), (*block)->things.begin(), (*block)->things.end());
        if ((*block)->last == kNoThing) {
          ++block_count_;
          return absl::OkStatus();
        }
        from = (*block)->last + 1;
      }
    });
    EXPECT_TRUE(status.ok()) << status;
    return things;
  }

  std::size_t block_count_ = 0;
};

TEST_F(PostingBlocks, ThatGrowAtTheirEndAreFull) {
  std::vector<Thing> all;
  for (Thing thing = 1; thing <= 10'000; ++thing) {
    all.push_back(thing * 100);
    if (thing % 50 == 0) Add({all.end() - 50, all.end()});
  }
  EXPECT_EQ(All(), all);
  EXPECT_LE(block_count_, 10'000 / kBlockThingsMax + 1);
}

TEST_F(PostingBlocks, AreASetHoweverThingsComeAndGo) {
  const char* given = std::getenv("RADYAB_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("seed: %llu (RADYAB_SEED replays it)\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  std::set<Thing> all;
  for (int turn = 0; turn < 400; ++turn) {
    std::set<Thing> drawn;
    for (std::size_t count = 1 + random() % 60; count > 0; --count) drawn.insert(random() % 20'000);
    PostingChange change;
    const std::uint64_t removed_of_4 = random() % 5;  // of all, now and then
    for (const Thing thing : drawn) {
      const bool removed = random() % 4 < removed_of_4;
      (removed ? change.removed : change.added).push_back(thing);
    }
    Change(change);
    for (const Thing thing : change.removed) all.erase(thing);
    all.insert(change.added.begin(), change.added.end());
  }
  EXPECT_EQ(All(), std::vector<Thing>(all.begin(), all.end()));
  for (const Thing thing : all) Change({{}, {thing}});
  EXPECT_TRUE(All().empty());
  EXPECT_EQ(block_count_, 0u);
}

TEST_F(PostingBlocks, OfOtherTermsAndMembersAreOthers) {
  Add({5});
  for (const PostingList& other :
       {PostingList{MemberId{18}, kList.term}, PostingList{kList.scope, {3, 5}},
        PostingList{kList.scope, {2, 4}}}) {
    auto block = world_.Read(
        [&](storage::ReadTransaction& transaction) { return BlockAt(transaction, other, 0); });
    ASSERT_TRUE(block.ok()) << block.status();
    EXPECT_FALSE(block->has_value());
  }
}

}  // namespace
}  // namespace radyab::search
