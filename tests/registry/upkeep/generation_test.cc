#include "registry/generation.h"

#include <gtest/gtest.h>

#include <vector>

#include "registry/catalog/code_issuer.h"
#include "registry/trace/sscc_mint.h"
#include "tests/support/registry_world.h"

namespace radyab {
namespace {

using tests::RegistryWorld;

TEST(Generation, EveryNumberBelongsToOneAndTheirPartsRise) {
  for (const std::uint64_t count : {1u, 2u, 3u, 10u, 99u, 99'999u, 100'000u, 1'000'000'000u}) {
    std::uint64_t next = 1;
    for (std::uint32_t generation = 0; generation <= kGenerationMax; ++generation) {
      const NumberRange range = RangeOfGeneration(generation, count);
      EXPECT_EQ(range.first, next) << count << " " << generation;
      EXPECT_GE(range.last + 1, range.first);
      next = range.last + 1;
    }
    EXPECT_EQ(next, count + 1) << count;
  }
  EXPECT_EQ(RangeOfGeneration(0, 99'999).last, 50'000u);
  EXPECT_EQ(RangeOfGeneration(1, 99'999).last, 75'000u);
  const NumberRange none = RangeOfGeneration(kGenerationMax + 1, 99'999);
  EXPECT_GT(none.first, none.last);
}

class GenerationOfWorld : public ::testing::Test {
 protected:
  void Begin(std::uint32_t generation) {
    const auto status = world_.Write([&](storage::WriteTransaction& transaction) {
      return PutGeneration(transaction, generation);
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  absl::StatusOr<coding::Code> Issue(coding::Kind kind, MemberId member) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return kind == coding::Kind::kItem || kind == coding::Kind::kService
                 ? catalog::IssueCatalogCode(transaction, kind, member, 1)
                 : catalog::IssueSerialCode(transaction, world_.environment(), kind, member);
    });
  }
  RegistryWorld world_;
};

TEST_F(GenerationOfWorld, CodesComeFromBlocksThatNoneBeforeItHad) {
  const MemberId member = world_.MakeMember("A");
  for (const auto kind :
       {coding::Kind::kItem, coding::Kind::kService, coding::Kind::kParty, coding::Kind::kCase}) {
    ASSERT_LE(Issue(kind, member)->block(), 50'000u);
    ASSERT_LE(Issue(kind, MemberId::kRegistry)->block(), 50'000u);
  }
  for (std::uint32_t generation = 1; generation <= 3; ++generation) {
    Begin(generation);
    const NumberRange range = RangeOfGeneration(generation, coding::kBlockMax);
    for (const MemberId owner : {member, MemberId::kRegistry}) {
      for (const auto kind : {coding::Kind::kItem, coding::Kind::kService, coding::Kind::kParty,
                              coding::Kind::kCase}) {
        const auto code = Issue(kind, owner);
        ASSERT_TRUE(code.ok()) << code.status();
        EXPECT_GE(code->block(), range.first);
        EXPECT_LE(code->block(), range.last);
      }
    }
    // All kinds of a member share its new block.
    EXPECT_EQ(world_.MemberRow(member).blocks_size(), 1 + static_cast<int>(generation));
    const auto fresh = static_cast<std::uint32_t>(world_.MakeMember("B"));
    EXPECT_GE(fresh, range.first);
  }
}

TEST_F(GenerationOfWorld, ThePartOfOneIsRefusedWhenItIsLeased) {
  const MemberId member = world_.MakeMember("A");
  const auto left = [&] {
    return world_.Read([&](storage::ReadTransaction& transaction) -> absl::StatusOr<std::uint32_t> {
      return catalog::NextBlock(transaction);
    });
  };
  Begin(15);  // 1 of 99,999 is left for it
  const NumberRange range = RangeOfGeneration(15, coding::kBlockMax);
  for (std::uint64_t block = range.first; block <= range.last; ++block) {
    ASSERT_EQ(*left(), block);
    const auto leased = world_.Write([&](storage::WriteTransaction& transaction) {
      return catalog::LeaseBlock(transaction, member);
    });
    ASSERT_TRUE(leased.ok()) << leased.status();
  }
  EXPECT_EQ(tests::ReasonIn(left().status()), Reason::kNumbersExhausted);
}

TEST_F(GenerationOfWorld, CountersAndSsccsGoOnBeyondAllThatCameBefore) {
  const MemberId member = world_.MakeMember("A", "626000123456");
  const auto mint = [&] {
    return world_
        .Write([&](storage::WriteTransaction& transaction) {
          return trace::MintSscc(transaction, tests::CallerFor(member), "", 1, "");
        })
        ->front();
  };
  const auto next = [&](const char* counter) {
    return *world_.Write([&](storage::WriteTransaction& transaction) {
      return catalog::NextNumber(transaction, counter);
    });
  };
  EXPECT_EQ(mint().substr(0, 17), "06260001234560000");
  EXPECT_EQ(next("event"), 1u);
  Begin(1);
  EXPECT_EQ(mint().substr(0, 17), "06260001234565000");
  EXPECT_EQ(mint().substr(0, 17), "06260001234565001");
  EXPECT_EQ(next("event"), 1'000'000'000'001u);
  EXPECT_EQ(next("event"), 1'000'000'000'002u);
  Begin(2);
  EXPECT_EQ(mint().substr(0, 17), "06260001234567500");
  EXPECT_EQ(next("event"), 2'000'000'000'001u);
}

}  // namespace
}  // namespace radyab
