#include "registry/catalog/code_issuer.h"

#include <set>

#include "registry/catalog/member_registry.h"
#include "registry/generation.h"
#include "registry/records/records.pb.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using coding::Kind;
using tests::ReasonIn;
using tests::RegistryWorld;

absl::StatusOr<coding::Code> Issue(RegistryWorld& world, Kind kind, MemberId member) {
  return world.Write([&](storage::WriteTransaction& transaction) {
    return IssueCatalogCode(transaction, kind, member, 412);
  });
}

// Pretends that so many numbers were taken.
void SetIssued(RegistryWorld& world, const std::string& key, std::uint64_t last) {
  const auto status = world.Write([&](storage::WriteTransaction& transaction) {
    records::CounterRecord counter;
    counter.set_last(last);
    return storage::PutRow(transaction, key, counter);
  });
  ASSERT_TRUE(status.ok()) << status;
}

TEST(CodeIssuer, CountsFromOneAndNeverTwice) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  std::set<std::uint64_t> numbers;
  for (std::uint32_t i = 1; i <= 50; ++i) {
    const auto code = Issue(world, Kind::kItem, member);
    ASSERT_TRUE(code.ok()) << code.status();
    EXPECT_EQ(code->counter(), i);
    EXPECT_EQ(code->block(), 1u);
    EXPECT_EQ(code->birth_class(), 412u);
    EXPECT_TRUE(numbers.insert(code->number()).second);
  }
}

TEST(CodeIssuer, ItemsAndServicesCountApart) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  EXPECT_EQ(Issue(world, Kind::kItem, member)->counter(), 1u);
  EXPECT_EQ(Issue(world, Kind::kService, member)->counter(), 1u);
}

TEST(CodeIssuer, AFullBlockGivesWayToTheNextFreeOne) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  world.MakeMember("B");  // takes block 2
  SetIssued(world, keyspace::Issued(Kind::kItem, 1), coding::kCounterMax - 1);
  EXPECT_EQ(Issue(world, Kind::kItem, member)->counter(), coding::kCounterMax);
  const auto next = Issue(world, Kind::kItem, member);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->block(), 3u);
  EXPECT_EQ(next->counter(), 1u);
  const v1::Member row = world.MemberRow(member);
  ASSERT_EQ(row.blocks_size(), 2);
  EXPECT_EQ(row.blocks(1), "00003");
  const auto owner = world.Read(
      [&](storage::ReadTransaction& transaction) { return MemberOfBlock(transaction, 3); });
  EXPECT_EQ(*owner, member);
}

TEST(CodeIssuer, TheOtherKindStillFillsTheOldBlock) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  SetIssued(world, keyspace::Issued(Kind::kItem, 1), coding::kCounterMax);
  ASSERT_EQ(Issue(world, Kind::kItem, member)->block(), 2u);
  EXPECT_EQ(Issue(world, Kind::kService, member)->block(), 1u);
}

TEST(CodeIssuer, FindsTheBlockWithRoomAmongMany) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  for (std::uint32_t block = 1; block <= 20; ++block) {
    SetIssued(world, keyspace::Issued(Kind::kItem, block), coding::kCounterMax);
    ASSERT_EQ(Issue(world, Kind::kItem, member)->block(), block + 1);
  }
  EXPECT_EQ(Issue(world, Kind::kItem, member)->block(), 21u);
}

TEST(CodeIssuer, FillsTheBegunBlockBeforeOneThatWasLeasedSince) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  ASSERT_EQ(Issue(world, Kind::kItem, member)->block(), 1u);
  const auto leased = world.Write(
      [&](storage::WriteTransaction& transaction) { return LeaseBlock(transaction, member); });
  ASSERT_TRUE(leased.ok()) << leased.status();
  EXPECT_EQ(Issue(world, Kind::kItem, member)->block(), 1u);
  SetIssued(world, keyspace::Issued(Kind::kItem, 1), coding::kCounterMax);
  EXPECT_EQ(Issue(world, Kind::kItem, member)->block(), *leased);
  EXPECT_EQ(Issue(world, Kind::kItem, member)->counter(), 2u);
}

TEST(CodeIssuer, LeavesABegunBlockOfAnEarlierGeneration) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  ASSERT_EQ(Issue(world, Kind::kItem, member)->block(), 1u);
  const auto restored = world.Write(
      [](storage::WriteTransaction& transaction) { return PutGeneration(transaction, 1); });
  ASSERT_TRUE(restored.ok()) << restored;
  const auto next = Issue(world, Kind::kItem, member);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->block(), RangeOfGeneration(1, coding::kBlockMax).first);
  EXPECT_EQ(Issue(world, Kind::kItem, member)->block(), next->block());
}

TEST(CodeIssuer, RefusesWhenNoBlockIsLeftAndChangesNothing) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  SetIssued(world, keyspace::Issued(Kind::kItem, 1), coding::kCounterMax);
  SetIssued(world, keyspace::Counter("block"), coding::kBlockMax);
  const auto before = world.Dump();
  const auto refused = Issue(world, Kind::kItem, member);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kNumbersExhausted);
  EXPECT_EQ(world.Dump(), before);
}

TEST(CodeIssuer, SerialCodesAreUniqueAndDoNotCount) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  std::set<std::uint32_t> serials;
  int neighbours = 0;
  std::uint32_t before = 0;
  for (int i = 0; i < 500; ++i) {
    const auto code = world.Write([&](storage::WriteTransaction& transaction) {
      return IssueSerialCode(transaction, world.environment(), Kind::kParty, member);
    });
    ASSERT_TRUE(code.ok()) << code.status();
    EXPECT_TRUE(serials.insert(code->serial()).second);
    neighbours += code->serial() == before + 1;
    before = code->serial();
  }
  EXPECT_LE(neighbours, 1);
}

}  // namespace
}  // namespace radyab::catalog
