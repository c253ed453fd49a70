#include "registry/trace/sscc_mint.h"

#include <set>

#include "coding/gs1_keys.h"
#include "tests/support/registry_world.h"

namespace radyab::trace {
namespace {

using tests::Admin;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

class SsccMint : public testing::Test {
 protected:
  absl::StatusOr<std::vector<std::string>> Mint(const access::Caller& caller, int count,
                                                std::string_view digit = "",
                                                std::string_view member = "") {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return MintSscc(transaction, caller, member, count, digit);
    });
  }

  RegistryWorld world_;
  MemberId maker_ = world_.MakeMember("maker", "626000123456");  // 10,000 SSCCs a digit
  MemberId shop_ = world_.MakeMember("shop");
};

TEST_F(SsccMint, NeverGivesANumberTwice) {
  std::set<std::string> seen;
  for (int round = 0; round < 3; ++round) {
    for (const char* digit : {"", "1"}) {
      const auto minted = Mint(CallerFor(maker_), 100, digit);
      ASSERT_TRUE(minted.ok()) << minted.status();
      ASSERT_EQ(minted->size(), 100U);
      for (const std::string& sscc : *minted) {
        EXPECT_TRUE(coding::ParseSscc(sscc).ok()) << sscc;
        EXPECT_EQ(sscc.substr(0, 13), (*digit ? "1" : "0") + std::string("626000123456"));
        EXPECT_TRUE(seen.insert(sscc).second) << sscc << " came twice";
      }
    }
  }
}

// The other half of the numbers is for the registry that is restored from a backup of this one.
TEST_F(SsccMint, StopsAtTheLastNumberOfItsPart) {
  for (int round = 0; round < 5; ++round) {
    const int count = round == 4 ? 999 : kSsccsMax;
    ASSERT_TRUE(Mint(CallerFor(maker_), count).ok());
  }
  const auto before = world_.Dump();
  const auto refused = Mint(CallerFor(maker_), 2);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kNumbersExhausted);
  EXPECT_EQ(world_.Dump(), before);
  const auto last = Mint(CallerFor(maker_), 1);
  ASSERT_TRUE(last.ok());
  EXPECT_EQ(last->front().substr(0, 17), "06260001234564999");
  EXPECT_FALSE(Mint(CallerFor(maker_), 1).ok());
  EXPECT_TRUE(Mint(CallerFor(maker_), 1, "9").ok());
}

TEST_F(SsccMint, RefusesAMemberWithoutPrefix) {
  const auto refused = Mint(CallerFor(shop_), 1);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kMissingGs1Prefix);
}

TEST_F(SsccMint, TellsEveryBadField) {
  const auto refused = Mint(CallerFor(maker_), kSsccsMax + 1, "x");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kLimitExceeded);
  EXPECT_EQ(ReasonOf(refused.status())->fields.size(), 2U);
  EXPECT_EQ(FieldIn(Mint(CallerFor(maker_), 0).status()), "count");
  EXPECT_EQ(FieldIn(Mint(CallerFor(maker_), 1, "12").status()), "extension_digit");
}

TEST_F(SsccMint, SpeaksForAnotherMemberOnlyWhenItReachesHim) {
  EXPECT_TRUE(Mint(Admin(), 1, "", "members/00001").ok());
  EXPECT_EQ(FieldIn(Mint(Admin(), 1).status()), "member");
  const auto foreign = Mint(CallerFor(shop_), 1, "", "members/00001");
  const auto missing = Mint(CallerFor(shop_), 1, "", "members/00099");
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace radyab::trace
