#include "registry/parties/household_search.h"

#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

class HouseholdSearch : public MergeWorld {
 protected:
  std::vector<v1::Household> Find(bool for_review_only = false) {
    std::vector<v1::Household> households;
    const auto persons =
        world_.Read([&](storage::ReadTransaction& transaction) -> absl::StatusOr<std::int64_t> {
          households.clear();
          return FindHouseholds(
              transaction, world_.environment(), maker_key_, "", for_review_only,
              [] { return absl::OkStatus(); },
              [&](const v1::Household& household) {
                households.push_back(household);
                return absl::OkStatus();
              });
        });
    EXPECT_TRUE(persons.ok()) << persons.status();
    persons_ = persons.value_or(-1);
    return households;
  }
  absl::StatusOr<v1::HouseholdVeto> Veto(const std::string& first, const std::string& second,
                                         bool withdraw = false) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return VetoHousehold(transaction, maker_key_, {first, second, withdraw, "neighbours"});
    });
  }
  std::string MakeAt(const std::string& name, const std::string& number,
                     const std::string& phone = "") {
    v1::Party party = Person(name);
    party.set_phone(phone);
    party.mutable_address()->set_postcode("1969713461");
    party.mutable_address()->set_street("Valiasr");
    party.mutable_address()->set_number(number);
    return Make(party);
  }
  static std::set<std::string> MembersOf(const v1::Household& household) {
    std::set<std::string> names;
    for (const auto& member : household.members()) names.insert(member.party());
    return names;
  }

  std::int64_t persons_ = 0;
};

TEST_F(HouseholdSearch, TheSameFamilyBehindOneDoorAndTheSameTelephoneAreOne) {
  const std::string ali = MakeAt("Ali Karimi", "12"), zahra = MakeAt("Zahra Karimi", "12"),
                    guest = MakeAt("Reza Amiri", "12", "09121234567"),
                    wife = MakeAt("Mina Sadeghi", "99", "09121234567");
  MakeAt("Sara Karimi", "13");
  v1::Party firm = Person("Karimi Ltd");
  firm.set_kind(v1::PARTY_KIND_ORGANISATION);
  firm.set_phone("09121234567");
  Make(firm);
  const auto households = Find();
  EXPECT_EQ(persons_, 5);
  ASSERT_EQ(households.size(), 2u);
  std::set<std::set<std::string>> members = {MembersOf(households[0]), MembersOf(households[1])};
  EXPECT_EQ(members, (std::set<std::set<std::string>>{{ali, zahra}, {guest, wife}}));
  for (const v1::Household& household : households) {
    ASSERT_EQ(household.ties_size(), 1);
    const bool family = MembersOf(household).contains(ali);
    EXPECT_EQ(household.ties(0).kind(),
              family ? v1::HOUSEHOLD_TIE_KIND_FAMILY_AND_ADDRESS : v1::HOUSEHOLD_TIE_KIND_PHONE);
    EXPECT_NE(household.members(0).display_name().en(), "");
  }
}

TEST_F(HouseholdSearch, AVetoPartsThemUntilItIsWithdrawn) {
  const std::string ali = MakeAt("Ali Karimi", "12"), zahra = MakeAt("Zahra Karimi", "12");
  ASSERT_EQ(Find().size(), 1u);
  const auto veto = Veto(zahra, ali);
  ASSERT_TRUE(veto.ok()) << veto.status();
  EXPECT_LT(veto->first(), veto->second());
  EXPECT_EQ(Find().size(), 0u);
  const auto listed = world_.Read([&](storage::ReadTransaction& transaction) {
    return ListHouseholdVetoes(transaction, maker_key_, "", {});
  });
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->rows.size(), 1u);
  EXPECT_EQ(listed->rows[0].reason(), "neighbours");
  ASSERT_TRUE(Veto(ali, zahra, true).ok());
  EXPECT_EQ(Find().size(), 1u);
  EXPECT_EQ(ReasonIn(Veto(ali, zahra, true).status()), Reason::kNotFound);
}

TEST_F(HouseholdSearch, TwelveAreAHouseholdAndThirteenAreLookedAt) {
  for (int i = 0; i < 12; ++i) MakeAt("Ali Karimi", "12");
  ASSERT_EQ(Find().size(), 1u);
  EXPECT_FALSE(Find()[0].for_review());
  EXPECT_EQ(Find(true).size(), 0u);
  MakeAt("Ali Karimi", "12");
  ASSERT_EQ(Find(true).size(), 1u);
  EXPECT_EQ(Find(true)[0].member_count(), 13);
}

TEST_F(HouseholdSearch, RefusesAVetoOfWhatIsNoPairOfPersons) {
  const std::string ali = MakeAt("Ali Karimi", "12");
  v1::Party firm = Person("Karimi Ltd");
  firm.set_kind(v1::PARTY_KIND_ORGANISATION);
  EXPECT_EQ(FieldIn(Veto(ali, Make(firm)).status()), "second");
  EXPECT_EQ(FieldIn(Veto(ali, ali).status()), "second");
  const std::string foreign = world_.MakeParty(shop_, "Ali Karimi").Digits();
  EXPECT_EQ(ReasonIn(Veto(ali, foreign).status()), Reason::kNotFound);
}

}  // namespace
}  // namespace radyab::parties
