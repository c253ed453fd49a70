#include "registry/catalog/alias_conflicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/access/sealed_part.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using tests::Admin;
using tests::AliasOf;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr auto kKeeps = v1::ALIAS_CONFLICT_VERDICT_HOLDER_KEEPS;
constexpr auto kGets = v1::ALIAS_CONFLICT_VERDICT_CLAIMANT_GETS;

class AliasConflicts : public testing::Test {
 protected:
  using Answer = absl::StatusOr<v1::AliasConflict>;
  Answer Claim(coding::Code code, const v1::Alias& alias, const std::string& reason = "on the box",
               const access::Caller& caller = Admin()) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return ClaimAlias(transaction, world_.environment(), caller, {code.Digits(), alias, reason});
    });
  }
  Answer Settle(coding::Code code, const v1::Alias& alias, v1::AliasConflictVerdict verdict,
                const access::Caller& caller = Admin(), const std::string& reason = "seen") {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return SettleAliasConflict(transaction, world_.environment(), caller,
                                 {code.Digits(), alias, reason}, verdict);
    });
  }
  std::vector<v1::AliasConflict> List(MemberId member, v1::AliasConflictVerdict verdict = {},
                                      std::size_t row_count_max = 50) {
    std::vector<v1::AliasConflict> all;
    PageRequest page{row_count_max, ""};
    do {
      auto found = world_.Read([&](storage::ReadTransaction& transaction) {
        return ListAliasConflicts(transaction, Admin(), {MemberName(member), verdict}, page);
      });
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) break;
      all.insert(all.end(), found->rows.begin(), found->rows.end());
      page.after = found->next;
    } while (!page.after.empty());
    return all;
  }
  std::string HolderOf(const v1::Alias& alias, const access::Caller& caller) {
    auto found = world_.Read([&](storage::ReadTransaction& transaction) {
      return FindAliasFor(transaction, caller, alias.scheme(), alias.value());
    });
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() && found->has_value() ? coding::Code::FromNumber((*found)->code())->Digits()
                                            : "";
  }

  RegistryWorld world_;
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId other_ = world_.MakeMember("Other");
  const v1::Alias part_ = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-1");
  const v1::Alias nsn_ = AliasOf(v1::ALIAS_SCHEME_NSN, "1005001234567");
  const coding::Code holder_ = world_.MakeItem(maker_, "Green tea", {part_, nsn_});
  const coding::Code claimant_ = world_.MakeItem(maker_, "Black tea");
  const coding::Code foreign_ = world_.MakeItem(other_, "Red tea");
};

TEST_F(AliasConflicts, AClaimWaitsAndChangesNothing) {
  const auto claimed = Claim(claimant_, part_);
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  EXPECT_EQ(claimed->claimant_code(), claimant_.Digits());
  EXPECT_EQ(claimed->holder_code(), holder_.Digits());
  EXPECT_EQ(claimed->member(), MemberName(maker_));
  EXPECT_EQ(claimed->alias().value(), "P-1");
  EXPECT_EQ(claimed->reason(), "on the box");
  EXPECT_EQ(claimed->verdict(), v1::ALIAS_CONFLICT_VERDICT_OPEN);
  EXPECT_TRUE(claimed->has_claim_time());
  EXPECT_EQ(HolderOf(part_, CallerFor(maker_)), holder_.Digits());
  const auto again = Claim(claimant_, part_, "another reason");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->SerializeAsString(), claimed->SerializeAsString());
  EXPECT_THAT(List(maker_), SizeIs(1));
  EXPECT_THAT(List(other_), IsEmpty());
  EXPECT_THAT(List(maker_, kKeeps), IsEmpty());
}

TEST_F(AliasConflicts, TheHolderKeepsIt) {
  ASSERT_TRUE(Claim(claimant_, part_).ok());
  const auto settled = Settle(claimant_, part_, kKeeps, CallerFor(maker_));
  ASSERT_TRUE(settled.ok()) << settled.status();
  EXPECT_EQ(settled->verdict(), kKeeps);
  EXPECT_EQ(settled->verdict_reason(), "seen");
  EXPECT_TRUE(settled->has_verdict_time());
  EXPECT_EQ(HolderOf(part_, CallerFor(maker_)), holder_.Digits());
  EXPECT_THAT(List(maker_), IsEmpty());
  EXPECT_THAT(List(maker_, kKeeps), SizeIs(1));
  // Claimed once more it is open again.
  ASSERT_TRUE(Claim(claimant_, part_, "here is a picture").ok());
  const auto open = List(maker_);
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].reason(), "here is a picture");
  EXPECT_TRUE(open[0].verdict_reason().empty());
}

TEST_F(AliasConflicts, TheClaimantGetsItWithItsHistory) {
  ASSERT_TRUE(Claim(claimant_, part_).ok());
  ASSERT_TRUE(Settle(claimant_, part_, kGets, CallerFor(maker_)).ok());
  EXPECT_EQ(HolderOf(part_, CallerFor(maker_)), claimant_.Digits());
  const auto lines = world_.Read([&](storage::ReadTransaction& transaction) {
    return ListAliases(transaction, Admin(), holder_.Digits(), {});
  });
  ASSERT_TRUE(lines.ok());
  ASSERT_THAT(lines->rows, SizeIs(2));
  for (const v1::Alias& line : lines->rows) {
    EXPECT_EQ(line.has_end_time(), line.scheme() == v1::ALIAS_SCHEME_SUPPLIER_PART);
  }
  // Decided the same way again nothing moves; the other way is another claim.
  ASSERT_TRUE(Settle(claimant_, part_, kGets).ok());
  EXPECT_EQ(HolderOf(part_, CallerFor(maker_)), claimant_.Digits());
  ASSERT_TRUE(Claim(holder_, part_).ok());
  ASSERT_TRUE(Settle(holder_, part_, kGets).ok());
  EXPECT_EQ(HolderOf(part_, CallerFor(maker_)), holder_.Digits());
}

TEST_F(AliasConflicts, OnlyWhoReachesBothMovesIt) {
  ASSERT_TRUE(Claim(foreign_, nsn_, "ours", CallerFor(other_)).ok());
  const auto before = world_.Dump();
  EXPECT_EQ(ReasonIn(Settle(foreign_, nsn_, kGets, CallerFor(other_)).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonIn(Settle(foreign_, nsn_, kGets, CallerFor(maker_)).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonIn(Claim(foreign_, nsn_, "ours", CallerFor(maker_)).status()), Reason::kNotFound);
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_EQ(HolderOf(nsn_, CallerFor(other_)), holder_.Digits());
  ASSERT_TRUE(Settle(foreign_, nsn_, kGets).ok());
  EXPECT_EQ(HolderOf(nsn_, CallerFor(other_)), foreign_.Digits());
}

TEST_F(AliasConflicts, WhatEndedMeanwhileIsAddedToTheClaimant) {
  ASSERT_TRUE(Claim(claimant_, part_).ok());
  const auto ended = world_.Write([&](storage::WriteTransaction& transaction) {
    return EndAlias(transaction, world_.environment(), Admin(), holder_.Digits(), part_).status();
  });
  ASSERT_TRUE(ended.ok()) << ended;
  ASSERT_TRUE(Settle(claimant_, part_, kGets).ok());
  EXPECT_EQ(HolderOf(part_, CallerFor(maker_)), claimant_.Digits());
}

TEST_F(AliasConflicts, RefusalsNameThePlaceAndChangeNothing) {
  ASSERT_TRUE(Claim(claimant_, part_).ok());
  const auto retired = world_.Write([&](storage::WriteTransaction& transaction) {
    return ChangeLifeState(transaction, Admin(),
                           {foreign_.Digits(), v1::LIFE_STATE_RETIRED, "old", "", ""})
        .status();
  });
  ASSERT_TRUE(retired.ok()) << retired;
  const auto before = world_.Dump();
  const v1::Alias free = AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-2");
  EXPECT_EQ(FieldIn(Claim(claimant_, free).status()), "alias.value");
  EXPECT_EQ(FieldIn(Claim(claimant_, AliasOf(v1::ALIAS_SCHEME_GTIN, "6260001000018")).status()),
            "alias.scheme");
  EXPECT_EQ(ReasonIn(Claim(holder_, part_).status()), Reason::kAlreadyExists);
  EXPECT_EQ(FieldIn(Claim(claimant_, part_, "").status()), "reason");
  EXPECT_EQ(FieldIn(Claim(claimant_, part_, std::string(501, 'a')).status()), "reason");
  EXPECT_EQ(ReasonIn(Claim(foreign_, nsn_).status()), Reason::kNotActive);
  EXPECT_EQ(FieldIn(Settle(claimant_, part_, v1::ALIAS_CONFLICT_VERDICT_OPEN).status()), "verdict");
  EXPECT_EQ(ReasonIn(Settle(claimant_, nsn_, kGets).status()), Reason::kNotFound);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(AliasConflicts, AListIsPaged) {
  std::vector<v1::Alias> parts;
  for (int number = 0; number < 7; ++number) {
    parts.push_back(AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "Q-" + std::to_string(number)));
  }
  world_.MakeItem(maker_, "White tea", parts);
  for (const v1::Alias& part : parts) ASSERT_TRUE(Claim(claimant_, part).ok());
  EXPECT_THAT(List(maker_, {}, 2), SizeIs(7));
}

// The hash under which a personal identifier is kept is nobody's to see.
TEST_F(AliasConflicts, APersonalValueIsNeverShown) {
  const v1::Alias id = AliasOf(v1::ALIAS_SCHEME_NATIONAL_ID, "0499370899");
  std::vector<coding::Code> parties;
  for (const bool first : {true, false}) {
    v1::Party wanted;
    wanted.set_member(MemberName(maker_));
    wanted.set_kind(v1::PARTY_KIND_PERSON);
    wanted.add_roles(v1::PARTY_ROLE_CUSTOMER);
    wanted.mutable_display_name()->set_en("Sara");
    const std::string fresh_key = tests::FreshBytes(access::kFreshKeyBytes);
    auto made = world_.Write([&](storage::WriteTransaction& transaction) {
      return parties::CreateParty(transaction, world_.environment(), Admin(), wanted,
                                  first ? std::vector{id} : std::vector<v1::Alias>(), fresh_key);
    });
    ASSERT_TRUE(made.ok()) << made.status();
    parties.push_back(*coding::ParseCode(made->code()));
  }
  const auto claimed = Claim(parties[1], id);
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  EXPECT_EQ(claimed->alias().value(), "");
  ASSERT_THAT(List(maker_), SizeIs(1));
  EXPECT_EQ(List(maker_)[0].alias().value(), "");
  ASSERT_TRUE(Settle(parties[1], id, kGets).ok());
  EXPECT_EQ(ReasonIn(Claim(parties[1], id).status()), Reason::kAlreadyExists);
}

}  // namespace
}  // namespace radyab::catalog
