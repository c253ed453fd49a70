#include "registry/parties/merge_group.h"

#include <algorithm>
#include <random>

#include "registry/storage/keyspace.h"
#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

class MergeGroupOf : public MergeWorld {
 protected:
  std::set<std::string> Group(const std::string& name) {
    std::set<std::string> names;
    EXPECT_TRUE(world_
                    .Read([&](storage::ReadTransaction& transaction) {
                      auto group = MergeGroup(transaction, *coding::ParseCode(CodeOf(name)));
                      if (!group.ok()) return group.status();
                      EXPECT_EQ(PartyName(group->front()), name);
                      for (const coding::Code code : *group) names.insert(PartyName(code));
                      return absl::OkStatus();
                    })
                    .ok());
    return names;
  }
  std::string Present(const std::string& name) {
    return world_
        .Read([&](storage::ReadTransaction& transaction) -> absl::StatusOr<std::string> {
          auto present = PresentParty(transaction, *coding::ParseCode(CodeOf(name)));
          if (!present.ok()) return present.status();
          return PartyName(*present);
        })
        .value_or("");
  }
};

TEST_F(MergeGroupOf, HoldsWhatWasMergedDirectlyAndThroughOthers) {
  const std::string a = Make(Person("A")), b = Make(Person("B")), c = Make(Person("C")),
                    d = Make(Person("D"));
  ASSERT_TRUE(Merge(maker_key_, Pair(a, b)).ok());
  ASSERT_TRUE(Merge(maker_key_, Pair(b, c)).ok());
  ASSERT_TRUE(Merge(maker_key_, Pair(d, c)).ok());
  EXPECT_EQ(Group(c), (std::set<std::string>{a, b, c, d}));
  EXPECT_EQ(Group(b), (std::set<std::string>{a, b}));
  EXPECT_EQ(Group(d), (std::set<std::string>{d}));
  EXPECT_EQ(Present(a), c);
  EXPECT_EQ(Present(c), c);
  ASSERT_TRUE(Unmerge(maker_key_, b).ok());
  EXPECT_EQ(Group(c), (std::set<std::string>{c, d}));
  EXPECT_EQ(Present(a), b);
}

TEST_F(MergeGroupOf, OneOfTheLargestIsTakenAndOneMoreRefused) {
  const std::string survivor = Make(Person("A"));
  for (std::size_t i = 1; i < kMergeGroupMax; ++i) {
    ASSERT_TRUE(Merge(maker_key_, Pair(Make(Person("B")), survivor)).ok()) << i;
  }
  EXPECT_EQ(Group(survivor).size(), kMergeGroupMax);
  const auto more = Merge(maker_key_, Pair(Make(Person("C")), survivor));
  EXPECT_EQ(tests::ReasonIn(more.status()), Reason::kLimitExceeded);
}

// Keys under three prefixes against one sorted list of what stands behind them.
TEST_F(MergeGroupOf, ScansSeveralListsAsOneFromAnyPlaceInBothDirections) {
  std::mt19937_64 engine(7);
  std::vector<coding::Code> codes;
  std::vector<std::string> prefixes;
  for (int i = 0; i < 3; ++i) {
    codes.push_back(*coding::ParseCode(CodeOf(Make(Person("A")))));
    prefixes.push_back(keyspace::CaseOfPartyPrefix(codes.back()));
  }
  std::map<std::string, std::string> by_suffix;
  ASSERT_TRUE(world_
                  .Write([&](storage::WriteTransaction& transaction) {
                    engine.seed(7);
                    for (std::uint64_t sequence = 1; sequence <= 300; ++sequence) {
                      const std::size_t of = engine() % (sequence < 150 ? 3 : 2);
                      const std::string key = keyspace::CaseOfParty(codes[of], sequence, codes[0]);
                      by_suffix[key.substr(prefixes[of].size())] = key;
                      auto status = transaction.Put(key, "row");
                      if (!status.ok()) return status;
                    }
                    return absl::OkStatus();
                  })
                  .ok());
  for (const auto direction : {storage::Direction::kForward, storage::Direction::kBackward}) {
    std::vector<std::string> wanted;
    for (const auto& [suffix, key] : by_suffix) wanted.push_back(key);
    if (direction == storage::Direction::kBackward) std::ranges::reverse(wanted);
    for (const std::size_t begin : {0u, 1u, 64u, 150u, 299u, 300u}) {
      for (const std::size_t count : {1u, 63u, 64u, 65u, 500u}) {
        std::vector<std::string> seen;
        const std::string after = begin == 0 ? "" : wanted[begin - 1];
        ASSERT_TRUE(world_
                        .Read([&](storage::ReadTransaction& transaction) {
                          return ScanGroup(transaction, prefixes, after, direction, count,
                                           [&](std::string_view key, std::string_view value) {
                                             EXPECT_EQ(value, "row");
                                             seen.emplace_back(key);
                                             return true;
                                           });
                        })
                        .ok());
        const std::size_t end = std::min(begin + count, wanted.size());
        const auto from = wanted.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto to = wanted.begin() + static_cast<std::ptrdiff_t>(end);
        EXPECT_EQ(seen, std::vector<std::string>(from, to)) << begin << " " << count;
      }
    }
  }
}

}  // namespace
}  // namespace radyab::parties
