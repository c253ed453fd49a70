#include "registry/linkage/household.h"

#include <gtest/gtest.h>

namespace radyab::linkage {
namespace {

class HouseholdTest : public testing::Test {
 protected:
  void Add(std::uint64_t id, const char* name, const char* phone, PostalAddress door = {}) {
    LinkageRecord record;
    record.id = id;
    record.name_fa = name;
    if (*phone != '\0') record.phones = {phone};
    record.address = std::move(door);
    records_.push_back(Prepare(record));
  }
  std::vector<std::vector<std::uint32_t>> Members(const HouseholdVetoes& vetoes = {}) const {
    std::vector<std::vector<std::uint32_t>> members;
    for (const Household& household : FindHouseholds(records_, vetoes))
      members.push_back(household.members);
    return members;
  }
  std::vector<PreparedRecord> records_;
};

const PostalAddress kDoor = {"1134567890", "خیابان ولیعصر", "12", "3"};

TEST_F(HouseholdTest, JoinsByTelephoneOrByFamilyAndDoor) {
  Add(1, "علی رضایی", "+982111111111", kDoor);
  Add(2, "مریم کریمی", "+982111111111");
  Add(3, "حسن رضائی", "", {"۱۱۳۴۵۶۷۸۹۰", "خ ولیعصر", "12", "3"});
  Add(4, "رضا مرادی", "", kDoor);  // another family at the same door
  Add(5, "سارا رضایی", "", {"1134567890", "خیابان ولیعصر", "12", "4"});  // another unit
  EXPECT_EQ(Members(), (std::vector<std::vector<std::uint32_t>>{{0, 1, 2}}));
}

TEST_F(HouseholdTest, AnUntoldDoorJoinsNobody) {
  Add(1, "علی رضایی", "", {"1134567890", "", "12", ""});
  Add(2, "حسن رضایی", "", {"1134567890", "", "12", ""});
  EXPECT_TRUE(Members().empty());
}

TEST_F(HouseholdTest, AVetoTakesTheEdgeAwayAndAThirdMayStillJoin) {
  Add(9, "علی رضایی", "+982111111111");
  Add(2, "مریم کریمی", "+982111111111");
  EXPECT_EQ(Members().size(), 1U);
  EXPECT_TRUE(Members({{2, 9}}).empty());
  Add(3, "سارا کریمی", "+982111111111");
  EXPECT_EQ(Members({{2, 9}}), (std::vector<std::vector<std::uint32_t>>{{0, 1, 2}}));
  EXPECT_EQ(Members({{2, 9}, {3, 9}}), (std::vector<std::vector<std::uint32_t>>{{1, 2}}));
}

TEST_F(HouseholdTest, MoreThanTwelveAreForReview) {
  for (std::uint64_t id = 1; id <= 12; ++id) Add(id, "علی رضایی", "+982111111111");
  ASSERT_EQ(FindHouseholds(records_, {}).size(), 1U);
  EXPECT_FALSE(FindHouseholds(records_, {})[0].for_review);
  Add(13, "علی رضایی", "+982111111111");
  EXPECT_TRUE(FindHouseholds(records_, {})[0].for_review);
  for (std::uint64_t id = 14; id <= 500; ++id) Add(id, "علی رضایی", "+982111111111");
  const auto households = FindHouseholds(records_, {});
  ASSERT_EQ(households.size(), 1U);
  EXPECT_EQ(households[0].members.size(), 500U);
  EXPECT_LE(households[0].edges.size(), 500U * kHouseholdMembersMax);
}

TEST_F(HouseholdTest, FirmsHaveNone) {
  Add(1, "علی رضایی", "+982111111111");
  Add(2, "فولاد پارس", "+982111111111");
  records_[1].organisation = true;
  EXPECT_TRUE(Members().empty());
}

}  // namespace
}  // namespace radyab::linkage
