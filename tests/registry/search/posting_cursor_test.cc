// Lists walked one by one and together, against sets of numbers.
#include "registry/search/posting_cursor.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

constexpr Thing kThings = 4'000;

class PostingCursors : public SearchWorld {
 protected:
  PostingList Store(std::uint64_t term, const std::set<Thing>& things) {
    const PostingList list{MemberId::kRegistry, {7, term}};
    auto status = world_.Write([&](storage::WriteTransaction& transaction) {
      RowChanges rows;
      auto planned = PlanPostings(transaction, list, {{things.begin(), things.end()}, {}}, rows);
      return planned.ok() ? WriteRows(transaction, rows) : planned;
    });
    EXPECT_TRUE(status.ok()) << status;
    return list;
  }
};

// The first of `all` not before `from`.
Thing First(const std::set<Thing>& all, Thing from) {
  const auto found = all.lower_bound(from);
  return found == all.end() ? kNoThing : *found;
}

TEST_F(PostingCursors, StepThroughWhatTheListsHoldTogether) {
  const char* given = std::getenv("RADYAB_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("seed: %llu (RADYAB_SEED replays it)\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  for (int turn = 0; turn < 20; ++turn) {
    std::vector<std::set<Thing>> sets(3);
    std::vector<PostingList> lists;
    for (std::set<Thing>& set : sets) {
      const std::size_t count = 1 + random() % 1'500;
      while (set.size() < count) set.insert(1 + random() % kThings);
      lists.push_back(Store(static_cast<std::uint64_t>(turn) * 3 + lists.size(), set));
    }
    const auto status = world_.Read([&](storage::ReadTransaction& transaction) {
      RowBudget budget(1'000'000);
      const FreshNames none;
      AllOf all;
      for (const PostingList& list : lists) {
        all.push_back({std::make_shared<PostingCursor>(transaction, budget, list, none,
                                                       std::vector<Thing>())});
      }
      const AnyOf any{all[0][0], all[1][0]};
      for (Thing from = 0; from <= kThings; from += 1 + random() % 20) {
        auto found = SeekAny(any, from);
        if (!found.ok()) return found.status();
        EXPECT_EQ(*found, std::min(First(sets[0], from), First(sets[1], from))) << from;
        auto holds = Holds(all, from);
        if (!holds.ok()) return holds.status();
        EXPECT_EQ(*holds, std::ranges::all_of(sets, [&](const auto& set) {
          return set.contains(from);
        })) << from;
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
  }
}

TEST_F(PostingCursors, LeaveOutWhatTheIndexSaysOfFreshThings) {
  Index();
  const Thing fresh_thing = ThingOf(MakeItem("نان"));
  const PostingList list = Store(1, {1, 5, fresh_thing});
  const auto status = world_.Read([&](storage::ReadTransaction& transaction) {
    RowBudget budget(1'000);
    auto fresh = FreshNames::Read(transaction, world_.environment(), 300, budget);
    if (!fresh.ok()) return fresh.status();
    PostingCursor without(transaction, budget, list, *fresh, {});
    EXPECT_EQ(*without.Seek(0), 1u);
    EXPECT_EQ(*without.Seek(2), 5u);
    EXPECT_EQ(*without.Seek(6), kNoThing) << "its name now is another";
    PostingCursor with(transaction, budget, list, *fresh, {3, fresh_thing});
    EXPECT_EQ(*with.Seek(2), 3u);
    EXPECT_EQ(*with.Seek(4), 5u);
    EXPECT_EQ(*with.Seek(6), fresh_thing);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(PostingCursors, ReadABlockOnceHoweverOftenTheyAreAsked) {
  std::set<Thing> things;
  for (Thing thing = 1; thing <= 100; ++thing) things.insert(thing);
  const PostingList list = Store(1, things);
  tests::CountingStore counting(world_.store());
  const auto status = counting.Read([&](storage::ReadTransaction& transaction) {
    RowBudget budget(1'000);
    const FreshNames none;
    PostingCursor cursor(transaction, budget, list, none, {});
    for (Thing from = 0; from <= 100; ++from) {
      EXPECT_EQ(*cursor.Seek(from), std::max<Thing>(from, 1));
    }
    EXPECT_EQ(budget.left(), 999u);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(counting.count().rows(), 1u);
}

TEST_F(PostingCursors, NothingAskedIsNeverHeld) {
  EXPECT_FALSE(*Holds({}, 7));
  EXPECT_EQ(*SeekAny({}, 7), kNoThing);
  EXPECT_EQ(RowsOfStep({}), 0u);
}

TEST_F(PostingCursors, TellTheRowsOfAStepAndOfAQuestion) {
  const auto list = [] { return std::make_shared<PostingCursor>(std::vector<Thing>{1}); };
  const auto shared = list();
  const AllOf asked{{list(), shared, list()}, {shared}};
  EXPECT_EQ(RowsOfStep(asked), 3 * kRowsOfSeekMax);
  EXPECT_EQ(RowsOfHolds(asked), 3 * kRowsOfSeekMax) << "a list that stands twice is read once";
}

}  // namespace
}  // namespace radyab::search
