#include "registry/parties/party_row.h"

#include <gtest/gtest.h>

#include "tests/support/registry_world.h"

namespace radyab::parties {
namespace {

TEST(PartyName, IsReadWithAndWithoutItsCollectionAndInPersianDigits) {
  for (const char* name : {"parties/7000000017004271", "7000000017004271",
                           "parties/7000 0000 1700 4271", "parties/۷۰۰۰۰۰۰۰۱۷۰۰۴۲۷۱"}) {
    const auto code = ParsePartyName(name, "name");
    ASSERT_TRUE(code.ok()) << code.status();
    EXPECT_EQ(PartyName(*code), "parties/7000000017004271");
  }
}

TEST(PartyName, RefusesOtherTextsAtTheirPlace) {
  for (const char* name : {"", "parties/", "parties/7000000017004272", "items/7000000017004271",
                           "parties/1042000017000113", "parties/x"}) {
    const auto code = ParsePartyName(name, "party.name");
    EXPECT_EQ(code.status().code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(tests::ReasonIn(code.status()), Reason::kInvalidCode) << name;
    EXPECT_EQ(tests::FieldIn(code.status()), "party.name") << name;
  }
  const auto code = ParsePartyName("parties/7000000017004272", "party.name");
  EXPECT_EQ(ReasonOf(code.status())->metadata.at("refusal"), "WRONG_CHECK_DIGIT");
}

}  // namespace
}  // namespace radyab::parties
