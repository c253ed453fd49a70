#include "registry/parties/party_facts.h"

#include <gtest/gtest.h>

namespace radyab::parties {
namespace {

v1::Consent ConsentOf(int given, int withdrawn) {
  v1::Consent consent;
  consent.set_purpose("news");
  consent.set_channel(v1::CONTACT_CHANNEL_EMAIL);
  if (given != 0) consent.mutable_given_time()->set_seconds(given);
  if (withdrawn != 0) consent.mutable_withdrawn_time()->set_seconds(withdrawn);
  return consent;
}

v1::Party Everything() {
  v1::Party party;
  party.add_roles(v1::PARTY_ROLE_SUPPLIER);
  party.add_roles(v1::PARTY_ROLE_CUSTOMER);
  party.mutable_display_name()->set_fa("زهرا");
  party.mutable_display_name()->set_en("Zahra");
  party.set_phone("+989121234567");
  party.set_email("z@home.ir");
  party.mutable_address()->set_city("Tehran");
  party.set_birth_date("1983");
  party.set_preferred_channel(v1::CONTACT_CHANNEL_POST);
  party.add_verified_schemes(v1::ALIAS_SCHEME_NATIONAL_ID);
  for (const char* value : {"z/a@home.ir", "b@home.ir"}) {
    v1::ContactPoint& point = *party.add_contact_points();
    point.set_kind(v1::CONTACT_KIND_EMAIL);
    point.set_value(value);
  }
  *party.add_consents() = ConsentOf(100, 0);
  return party;
}

TEST(PartyFacts, PuttingWhatWasTakenChangesNothingNotEvenAnOrder) {
  const v1::Party party = Everything();
  v1::Party again = party;
  PutFacts(FactsOf(party), again);
  EXPECT_EQ(again.SerializeAsString(), party.SerializeAsString());
  v1::Party other;
  PutFacts(FactsOf(party), other);
  EXPECT_EQ(FactsOf(other), FactsOf(party));
  PutFacts({}, other);
  EXPECT_TRUE(FactsOf(other).empty());
}

TEST(PartyFacts, EachMeansItsOwnField) {
  std::set<std::string> fields;
  for (const auto& [name, value] : FactsOf(Everything())) {
    fields.insert(FactField(name));
    EXPECT_NE(FactText(name, value), "") << name;
  }
  EXPECT_EQ(fields, (std::set<std::string>{
                        "roles[supplier]", "roles[customer]", "display_name.fa", "display_name.en",
                        "phone", "email", "address", "birth_date", "preferred_channel",
                        "verified_schemes[national_id]", "contact_points[email z/a@home.ir]",
                        "contact_points[email b@home.ir]", "consents[news email]"}));
}

TEST(PartyFacts, WithdrawnIsStricterThanGivenWhateverCameLast) {
  const auto given = ConsentOf(900, 0), older = ConsentOf(100, 0);
  const auto withdrawn = ConsentOf(0, 200), later = ConsentOf(100, 300);
  EXPECT_TRUE(Stricter(given, withdrawn).has_withdrawn_time());
  EXPECT_TRUE(Stricter(withdrawn, given).has_withdrawn_time());
  EXPECT_EQ(Stricter(withdrawn, later).withdrawn_time().seconds(), 300);
  EXPECT_EQ(Stricter(later, withdrawn).withdrawn_time().seconds(), 300);
  EXPECT_EQ(Stricter(given, older).given_time().seconds(), 100);
  EXPECT_EQ(Stricter(older, given).given_time().seconds(), 100);
}

TEST(PartyFacts, AMergeKeepsWhatOnlyOneSaysAndTheSurvivorsOtherwise) {
  const Facts survivor = {{"phone", "+981"}, {"birth_date", "1983"}, {"contact/2/a@b.ir", "0"}};
  const Facts absorbed = {{"phone", "+982"}, {"email", "x@y.ir"}, {"contact/2/a@b.ir", "1"}};
  EXPECT_EQ(MergedFacts(survivor, absorbed, {}), (Facts{{"phone", "+981"},
                                                        {"contact/1/+982", "0"},
                                                        {"birth_date", "1983"},
                                                        {"email", "x@y.ir"},
                                                        {"contact/2/a@b.ir", "1"}}));
  EXPECT_EQ(MergedFacts(survivor, absorbed, {{"phone"}, {}}), (Facts{{"phone", "+982"},
                                                                     {"contact/1/+981", "0"},
                                                                     {"birth_date", "1983"},
                                                                     {"email", "x@y.ir"},
                                                                     {"contact/2/a@b.ir", "1"}}));
}

TEST(PartyFacts, WhatIsTakenButNotSaidStays) {
  EXPECT_EQ(MergedFacts({{"birth_date", "1983"}}, {}, {{"birth_date"}, {}}),
            (Facts{{"birth_date", "1983"}}));
}

}  // namespace
}  // namespace radyab::parties
