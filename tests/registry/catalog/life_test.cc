#include "registry/catalog/life.h"

#include "registry/catalog/item_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::Admin;
using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr v1::LifeState kStates[] = {
    v1::LIFE_STATE_RESERVED, v1::LIFE_STATE_ACTIVE, v1::LIFE_STATE_SUSPENDED,
    v1::LIFE_STATE_RETIRED,  v1::LIFE_STATE_MERGED, v1::LIFE_STATE_DUPLICATE,
    v1::LIFE_STATE_ANNULLED,
};

absl::StatusOr<LifeOutcome> Change(RegistryWorld& world, const access::Caller& caller,
                                   coding::Code code, v1::LifeState state,
                                   const std::string& successor = "",
                                   const std::string& etag = "") {
  const LifeChange change{code.Digits(), state, "a reason", successor, etag};
  return world.Write([&](storage::WriteTransaction& transaction) {
    return ChangeLifeState(transaction, caller, change);
  });
}

coding::Code Last(RegistryWorld& world, coding::Code code) {
  return *world.Read(
      [&](storage::ReadTransaction& transaction) { return LastSuccessor(transaction, code); });
}

// What may follow what, written out by hand: 1 = allowed. Rows: from, columns: to, in the order of
// kStates.
constexpr int kAllowed[7][7] = {
    {0, 0, 0, 0, 0, 0, 0},  // reserved: nothing issues it yet
    {0, 0, 1, 1, 1, 1, 1},  // active
    {0, 1, 0, 1, 1, 1, 1},  // suspended
    {0, 0, 0, 0, 0, 0, 0},  // retired
    {0, 0, 0, 0, 0, 0, 0},  // merged
    {0, 0, 0, 0, 0, 0, 0},  // duplicate
    {0, 0, 0, 0, 0, 0, 0},  // annulled
};

bool NeedsSuccessor(v1::LifeState state) {
  return state == v1::LIFE_STATE_MERGED || state == v1::LIFE_STATE_DUPLICATE;
}

TEST(Life, AllowsExactlyTheWrittenTransitions) {
  for (int from = 1; from < 7; ++from) {  // no code can be brought into RESERVED
    for (int to = 0; to < 7; ++to) {
      RegistryWorld world;
      const MemberId member = world.MakeMember("A");
      const coding::Code code = world.MakeItem(member, "one");
      const coding::Code successor = world.MakeItem(member, "two");
      const auto successor_for = [&](v1::LifeState state) {
        return NeedsSuccessor(state) ? successor.Digits() : std::string();
      };
      if (kStates[from] != v1::LIFE_STATE_ACTIVE) {
        ASSERT_TRUE(Change(world, Admin(), code, kStates[from], successor_for(kStates[from])).ok());
      }
      const auto before = world.Dump();
      const auto outcome = Change(world, Admin(), code, kStates[to], successor_for(kStates[to]));
      EXPECT_EQ(outcome.ok(), kAllowed[from][to] == 1)
          << LifeStateName(kStates[from]) << " -> " << LifeStateName(kStates[to]);
      if (outcome.ok()) continue;
      EXPECT_EQ(outcome.status().code(), absl::StatusCode::kFailedPrecondition);
      EXPECT_EQ(ReasonIn(outcome.status()), Reason::kIllegalTransition);
      EXPECT_EQ(world.Dump(), before);
    }
  }
}

TEST(Life, ARefusedTransitionNamesTheAllowedOnes) {
  RegistryWorld world;
  const coding::Code code = world.MakeItem(world.MakeMember("A"), "one");
  ASSERT_TRUE(Change(world, Admin(), code, v1::LIFE_STATE_SUSPENDED).ok());
  const auto refused = Change(world, Admin(), code, v1::LIFE_STATE_SUSPENDED);
  EXPECT_EQ(ReasonOf(refused.status())->metadata.at("allowed"),
            "ACTIVE, RETIRED, MERGED, DUPLICATE, ANNULLED");
}

TEST(Life, TheCodeStaysReadableInEveryState) {
  for (v1::LifeState state : kStates) {
    if (state == v1::LIFE_STATE_ACTIVE || state == v1::LIFE_STATE_RESERVED) continue;
    RegistryWorld world;
    const MemberId member = world.MakeMember("A");
    const coding::Code code = world.MakeItem(member, "one");
    const coding::Code other = world.MakeItem(member, "two");
    ASSERT_TRUE(
        Change(world, Admin(), code, state, NeedsSuccessor(state) ? other.Digits() : "").ok());
    const auto item = world.Read(
        [&](storage::ReadTransaction& transaction) { return GetItem(transaction, code.Digits()); });
    ASSERT_TRUE(item.ok()) << item.status();
    EXPECT_EQ(item->life().state(), state);
    EXPECT_EQ(item->life().reason(), "a reason");
  }
}

TEST(Life, MergingNeedsASuccessorAndSuspendingHasNone) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code code = world.MakeItem(member, "one");
  const coding::Code other = world.MakeItem(member, "two");
  EXPECT_EQ(ReasonIn(Change(world, Admin(), code, v1::LIFE_STATE_MERGED).status()),
            Reason::kMissingField);
  EXPECT_EQ(tests::FieldIn(
                Change(world, Admin(), code, v1::LIFE_STATE_SUSPENDED, other.Digits()).status()),
            "successor_code");
  EXPECT_TRUE(Change(world, Admin(), code, v1::LIFE_STATE_RETIRED, other.Digits()).ok());
}

TEST(Life, RefusesWrongSuccessors) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const MemberId foreign = world.MakeMember("B");
  const coding::Code code = world.MakeItem(member, "one");
  const coding::Code retired = world.MakeItem(member, "retired");
  ASSERT_TRUE(Change(world, Admin(), retired, v1::LIFE_STATE_RETIRED).ok());
  const std::string missing =
      coding::Code::ForCatalog(coding::Kind::kItem, 412, 1, 9000).value().Digits();
  const std::string wrong[] = {code.Digits(), retired.Digits(), missing,
                               world.MakeService(member, "service").Digits(),
                               world.MakeItem(foreign, "theirs").Digits()};
  for (const std::string& successor : wrong) {
    const auto before = world.Dump();
    const auto refused = Change(world, CallerFor(member), code, v1::LIFE_STATE_MERGED, successor);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidSuccessor) << successor;
    EXPECT_EQ(world.Dump(), before);
  }
}

TEST(Life, AForeignSuccessorAnswersLikeAMissingOne) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code code = world.MakeParty(member, "one");
  const coding::Code foreign = world.MakeParty(world.MakeMember("B"), "theirs");
  const std::string missing =
      coding::Code::ForSerial(coding::Kind::kParty, foreign.block(), 5).value().Digits();
  const auto of_foreign =
      Change(world, CallerFor(member), code, v1::LIFE_STATE_MERGED, foreign.Digits());
  const auto of_missing = Change(world, CallerFor(member), code, v1::LIFE_STATE_MERGED, missing);
  EXPECT_EQ(of_foreign.status().code(), of_missing.status().code());
  EXPECT_EQ(std::string(of_foreign.status().message()).replace(0, 16, ""),
            std::string(of_missing.status().message()).replace(0, 16, ""));
}

TEST(Life, ChainsLeadToTheLastSuccessorAndStayShort) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  std::vector<coding::Code> codes;
  for (int i = 0; i <= kSuccessorStepsMax + 1; ++i) {
    codes.push_back(world.MakeItem(member, "item " + std::to_string(i)));
  }
  for (int i = 0; i < kSuccessorStepsMax; ++i) {
    const auto merged =
        Change(world, Admin(), codes[i], v1::LIFE_STATE_MERGED, codes[i + 1].Digits());
    ASSERT_TRUE(merged.ok()) << merged.status();
    EXPECT_EQ(Last(world, codes[0]), codes[i + 1]);
  }
  const auto too_long = Change(world, Admin(), codes[kSuccessorStepsMax], v1::LIFE_STATE_MERGED,
                               codes[kSuccessorStepsMax + 1].Digits());
  EXPECT_EQ(ReasonIn(too_long.status()), Reason::kInvalidSuccessor);
}

TEST(Life, ChainsNeverCloseIntoARing) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code a = world.MakeItem(member, "a");
  const coding::Code b = world.MakeItem(member, "b");
  const coding::Code c = world.MakeItem(member, "c");
  ASSERT_TRUE(Change(world, Admin(), a, v1::LIFE_STATE_MERGED, b.Digits()).ok());
  ASSERT_TRUE(Change(world, Admin(), b, v1::LIFE_STATE_MERGED, c.Digits()).ok());
  EXPECT_FALSE(Change(world, Admin(), c, v1::LIFE_STATE_MERGED, a.Digits()).ok());
  EXPECT_FALSE(Change(world, Admin(), c, v1::LIFE_STATE_DUPLICATE, b.Digits()).ok());
  EXPECT_EQ(Last(world, a), c);
}

TEST(Life, RefusesForeignMissingStaleAndReasonlessChanges) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const MemberId foreign = world.MakeMember("B");
  const coding::Code code = world.MakeItem(member, "one");
  EXPECT_TRUE(
      absl::IsNotFound(Change(world, CallerFor(foreign), code, v1::LIFE_STATE_RETIRED).status()));
  EXPECT_EQ(ReasonIn(Change(world, Admin(), code, v1::LIFE_STATE_RETIRED, "", "dead").status()),
            Reason::kStaleEtag);
  const LifeChange silent{code.Digits(), v1::LIFE_STATE_RETIRED, "", "", ""};
  const auto refused = world.Write([&](storage::WriteTransaction& transaction) {
    return ChangeLifeState(transaction, Admin(), silent);
  });
  EXPECT_EQ(tests::FieldIn(refused.status()), "reason");
  EXPECT_TRUE(Change(world, CallerFor(member), code, v1::LIFE_STATE_RETIRED).ok());
}

TEST(Life, ThePartyOfAMemberStaysActive) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const auto refused = Change(world, Admin(), world.PartyOf(member), v1::LIFE_STATE_RETIRED);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kIllegalTransition);
  EXPECT_TRUE(
      Change(world, CallerFor(member), world.MakeParty(member, "p"), v1::LIFE_STATE_RETIRED).ok());
}

// A registrar keeps items and services of every member and reaches no party.
TEST(Life, APartyOutOfReachAnswersAsIfMissing) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const MemberId foreign = world.MakeMember("B");
  const access::Caller registrar{7, v1::ROLE_REGISTRAR, std::nullopt};
  const coding::Code person = world.MakeParty(member, "p");
  const auto before = world.Dump();
  for (const access::Caller& caller : {registrar, CallerFor(foreign)}) {
    const auto refused = Change(world, caller, person, v1::LIFE_STATE_RETIRED).status();
    EXPECT_TRUE(absl::IsNotFound(refused)) << refused;
    EXPECT_EQ(refused.message(), NotFound(person.Digits()).message());
    EXPECT_EQ(world.Dump(), before);
  }
  EXPECT_TRUE(Change(world, registrar, world.MakeItem(member, "one"), v1::LIFE_STATE_RETIRED).ok());
  EXPECT_TRUE(Change(world, CallerFor(member), person, v1::LIFE_STATE_RETIRED).ok());
}

TEST(Life, AnInactiveItemRefusesChanges) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("A");
  const coding::Code code = world.MakeItem(member, "one");
  ASSERT_TRUE(Change(world, Admin(), code, v1::LIFE_STATE_SUSPENDED).ok());
  v1::Item wanted;
  wanted.set_name("items/" + code.Digits());
  wanted.mutable_display_name()->set_en("other");
  const auto refused = world.Write([&](storage::WriteTransaction& transaction) {
    return UpdateItem(transaction, Admin(), wanted, {"display_name"});
  });
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kNotActive);
}

}  // namespace
}  // namespace radyab::catalog
