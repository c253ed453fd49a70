#include "registry/catalog/member_registry.h"

#include "registry/catalog/code_issuer.h"
#include "registry/records/records.pb.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::FieldIn;
using tests::FreshBytes;
using tests::ReasonIn;
using tests::RegistryWorld;

absl::StatusOr<v1::Member> Create(RegistryWorld& world, const v1::Member& wanted) {
  const std::string fresh_key = FreshBytes(32);
  return world.Write([&](storage::WriteTransaction& transaction) {
    return CreateMember(transaction, world.environment(), wanted, fresh_key);
  });
}

absl::StatusOr<v1::Member> Update(RegistryWorld& world, const v1::Member& wanted,
                                  const std::set<std::string>& fields) {
  return world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateMember(transaction, world.environment(), wanted, fields);
  });
}

v1::Member Named(const std::string& en, const std::string& prefix = "") {
  v1::Member member;
  member.mutable_display_name()->set_en(en);
  member.set_gs1_company_prefix(prefix);
  return member;
}

TEST(MemberRegistry, LeasesTheNextBlockAndMakesTheMembersParty) {
  RegistryWorld world;
  const auto first = Create(world, Named("Damdaran"));
  const auto second = Create(world, Named("Pakhsh"));
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(first->name(), "members/00001");
  EXPECT_EQ(first->blocks(0), "00001");
  EXPECT_EQ(second->name(), "members/00002");
  const auto party = coding::ParseCode(first->party_code());
  ASSERT_TRUE(party.ok());
  EXPECT_EQ(party->kind(), coding::Kind::kParty);
  EXPECT_EQ(party->block(), 1u);
  EXPECT_NE(first->party_code(), second->party_code());
}

TEST(MemberRegistry, TheRegistryItselfIsMemberZero) {
  RegistryWorld world;
  EXPECT_EQ(world.MemberRow(MemberId::kRegistry).name(), "members/00000");
}

TEST(MemberRegistry, RefusesAMemberWithoutNameAndNamesTheField) {
  RegistryWorld world;
  const auto before = world.Dump();
  const auto refused = Create(world, v1::Member());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kMissingField);
  EXPECT_EQ(FieldIn(refused.status()), "member.display_name");
  EXPECT_EQ(world.Dump(), before);
}

TEST(MemberRegistry, SaysEveryFaultAtOnce) {
  RegistryWorld world;
  const auto refused = Create(world, Named("", "12x"));
  const auto detail = ReasonOf(refused.status());
  ASSERT_TRUE(detail);
  ASSERT_EQ(detail->fields.size(), 2u);
  EXPECT_EQ(detail->fields[1].field, "member.gs1_company_prefix");
}

TEST(MemberRegistry, RefusesGs1PrefixesThatOverlapEitherWay) {
  RegistryWorld world;
  ASSERT_TRUE(Create(world, Named("A", "9521234")).ok());
  for (const char* overlapping : {"9521234", "952123", "95212345"}) {
    const auto refused = Create(world, Named("B", overlapping));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists) << overlapping;
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kAlreadyExists);
  }
  EXPECT_TRUE(Create(world, Named("C", "9521235")).ok());
}

TEST(MemberRegistry, KnowsWhoClaimedThePrefixOfANumber) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A", "6260001");
  world.MakeMember("B", "62600021");
  const auto claimer = [&](const std::string& digits) {
    const auto found = world.Read([&](storage::ReadTransaction& transaction) {
      return MemberOfGs1Number(transaction, digits);
    });
    EXPECT_TRUE(found.ok()) << found.status();
    return *found;
  };
  EXPECT_EQ(claimer("62600010000000001"), member);
  EXPECT_EQ(claimer("6260001"), member);
  EXPECT_EQ(claimer("62600019999999999"), member);
  EXPECT_EQ(claimer("62600020000000000"), std::nullopt);
  EXPECT_EQ(claimer("62600000000000000"), std::nullopt);
  EXPECT_EQ(claimer("00000000000000000"), std::nullopt);
  EXPECT_EQ(claimer("99999999999999999"), std::nullopt);
}

TEST(MemberRegistry, RefusedMembersLeaseNoBlock) {
  RegistryWorld world;
  ASSERT_TRUE(Create(world, Named("A", "9521234")).ok());
  ASSERT_FALSE(Create(world, Named("B", "9521234")).ok());
  const auto next = Create(world, Named("C"));
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->name(), "members/00002");
}

TEST(MemberRegistry, UpdatesOnlySelectedFieldsAndTheEtagChanges) {
  RegistryWorld world;
  auto member = Create(world, Named("Old", "9521234"));
  ASSERT_TRUE(member.ok());
  v1::Member wanted = *member;
  wanted.mutable_display_name()->set_en("New");
  wanted.set_gs1_company_prefix("9529999");
  const auto updated = Update(world, wanted, {"display_name"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->display_name().en(), "New");
  EXPECT_EQ(updated->gs1_company_prefix(), "9521234");
  EXPECT_NE(updated->etag(), member->etag());
}

TEST(MemberRegistry, RefusesAStaleEtag) {
  RegistryWorld world;
  auto member = Create(world, Named("Old"));
  ASSERT_TRUE(member.ok());
  v1::Member wanted = *member;
  wanted.mutable_display_name()->set_en("New");
  ASSERT_TRUE(Update(world, wanted, {"display_name"}).ok());
  const auto refused = Update(world, wanted, {"display_name"});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kStaleEtag);
}

TEST(MemberRegistry, AChangedPrefixFreesTheOldOne) {
  RegistryWorld world;
  auto member = Create(world, Named("A", "9521234"));
  v1::Member wanted = *member;
  wanted.set_gs1_company_prefix("9525555");
  ASSERT_TRUE(Update(world, wanted, {"gs1_company_prefix"}).ok());
  EXPECT_TRUE(Create(world, Named("B", "9521234")).ok());
  EXPECT_FALSE(Create(world, Named("C", "9525555")).ok());
}

TEST(MemberRegistry, APrefixThatHasMintedCannotChange) {
  RegistryWorld world;
  auto member = Create(world, Named("A", "9521234"));
  const auto minted = world.Write([&](storage::WriteTransaction& transaction) {
    records::CounterRecord counter;
    counter.set_last(1);
    return storage::PutRow(
        transaction, keyspace::SsccCounter(static_cast<MemberId>(1), "9521234", '0'), counter);
  });
  ASSERT_TRUE(minted.ok());
  v1::Member wanted = *member;
  wanted.set_gs1_company_prefix("9525555");
  const auto refused = Update(world, wanted, {"gs1_company_prefix"});
  EXPECT_EQ(FieldIn(refused.status()), "member.gs1_company_prefix");
}

TEST(MemberRegistry, ListsInOrderPageByPage) {
  RegistryWorld world;
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(Create(world, Named("m" + std::to_string(i))).ok());
  std::vector<std::string> names;
  PageRequest page{3, ""};
  do {
    const auto part = world.Read(
        [&](storage::ReadTransaction& transaction) { return ListMembers(transaction, page); });
    ASSERT_TRUE(part.ok());
    for (const auto& member : part->rows) names.push_back(member.name());
    page.after = part->next;
  } while (!page.after.empty());
  ASSERT_EQ(names.size(), 8u);  // with the registry itself
  EXPECT_EQ(names.front(), "members/00000");
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(MemberRegistry, ReadsMemberNamesAndRefusesOthers) {
  EXPECT_EQ(*ParseMemberName("members/00017", "f"), static_cast<MemberId>(17));
  EXPECT_EQ(*ParseMemberName("17", "f"), static_cast<MemberId>(17));
  for (const char* wrong : {"", "members/", "members/1x", "members/123456", "items/00017", "-1"}) {
    EXPECT_FALSE(ParseMemberName(wrong, "f").ok()) << wrong;
  }
}

TEST(MemberRegistry, AMemberMeantByAForeignCallerAnswersAsIfItWereMissing) {
  RegistryWorld world;
  const MemberId first = world.MakeMember("A");
  world.MakeMember("B");
  const auto meant = [&](const access::Caller& caller, const std::string& name) {
    return world.Read([&](storage::ReadTransaction& transaction) {
      return MemberMeant(transaction, caller, name, "member");
    });
  };
  const auto foreign = meant(tests::CallerFor(first), "members/00002");
  const auto missing = meant(tests::CallerFor(first), "members/00009");
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(*meant(tests::CallerFor(first), ""), first);
  EXPECT_EQ(ReasonIn(meant(tests::Admin(), "").status()), Reason::kMissingField);
  EXPECT_TRUE(meant(tests::Admin(), "members/00002").ok());
}

}  // namespace
}  // namespace radyab::catalog
