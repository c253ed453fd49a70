#include "registry/parties/contact_check.h"

#include "tests/registry/parties/party_world.h"

namespace radyab::parties {
namespace {

using tests::FieldIn;
using tests::ReasonIn;

TEST(BirthDate, IsADayAMonthOrAYear) {
  EXPECT_EQ(ReadBirthDate("1983-07-06").date, "1983-07-06");
  EXPECT_EQ(ReadBirthDate("1983/7/6").date, "1983-07-06");
  EXPECT_EQ(ReadBirthDate(" ۱۹۸۳-۰۷ ").date, "1983-07");
  EXPECT_EQ(ReadBirthDate("1983").date, "1983");
  EXPECT_EQ(ReadBirthDate("2024-02-29").date, "2024-02-29");
}

// The days beside are from the calendar of the Institute of Geophysics, University of Tehran.
TEST(BirthDate, ADayOfTheIranianCalendarIsKeptAsItsGregorianDay) {
  EXPECT_EQ(ReadBirthDate("1357/11/22").date, "1979-02-11");
  EXPECT_EQ(ReadBirthDate("۱۴۰۰/۰۱/۰۱").date, "2021-03-21");
  EXPECT_EQ(ReadBirthDate("1399-12-30").date, "2021-03-20");  // a leap year
  EXPECT_EQ(ReadBirthDate("1403-01-01").date, "2024-03-20");
  EXPECT_EQ(ReadBirthDate("1300-01-01").date, "1921-03-21");
}

TEST(BirthDate, RefusesWhatIsNoDayAndNeverRepeatsIt) {
  for (const char* text : {"", "1983-13-01", "1983-02-29", "1983-07-06-01", "71-03-05", "1971-",
                           "-1971", "1983-07-6x", "19830706", "1700-01-01", "2101", "1400-12-30",
                           "1362", "1362-04", "1362-07-31", "1501-01-01", "tomorrow"}) {
    const BirthDateReading reading = ReadBirthDate(text);
    EXPECT_EQ(reading.date, "") << text;
    EXPECT_NE(reading.fault, "") << text;
    const bool repeated = *text != '\0' && reading.fault.find(text) != std::string::npos;
    EXPECT_FALSE(repeated) << text;
  }
}

TEST(Postcode, IsLettersAndDigitsWithoutBlanks) {
  EXPECT_EQ(PostcodeOf("۱۹۶۹۷-۱۳۴۶۱"), "1969713461");
  EXPECT_EQ(PostcodeOf("sw1a 2aa"), "SW1A2AA");
  EXPECT_EQ(PostcodeOf("123"), "");
  EXPECT_EQ(PostcodeOf("1234567890123"), "");
  EXPECT_EQ(PostcodeOf("12-34#5"), "");
}

class ContactCheck : public PartyWorld {
 protected:
  std::string FieldRefused(const v1::Party& party) {
    const auto made = Create(maker_key_, party);
    EXPECT_FALSE(made.ok());
    return FieldIn(made.status());
  }
  static v1::ContactPoint& AddPoint(v1::Party& party, v1::ContactKind kind,
                                    const std::string& value) {
    v1::ContactPoint& point = *party.add_contact_points();
    point.set_kind(kind);
    point.set_value(value);
    return point;
  }
  static v1::Consent& AddConsent(v1::Party& party, const std::string& purpose) {
    v1::Consent& consent = *party.add_consents();
    consent.set_purpose(purpose);
    consent.set_channel(v1::CONTACT_CHANNEL_SMS);
    consent.mutable_given_time()->set_seconds(100);
    return consent;
  }
};

TEST_F(ContactCheck, KeepsEveryFactInTheSpellingOfOurs) {
  v1::Party party = Zahra();
  AddPoint(party, v1::CONTACT_KIND_PHONE, "۰۹۳۵ ۱۱۱ ۲۲۳۳").set_verified(true);
  AddPoint(party, v1::CONTACT_KIND_EMAIL, "z@HOME.ir");
  party.mutable_address()->set_postcode("19697-13461");
  party.mutable_address()->set_city("تهران");
  party.set_birth_date("1362/04/15");
  AddConsent(party, "marketing");
  party.set_preferred_channel(v1::CONTACT_CHANNEL_MESSENGER);
  party.add_verified_schemes(v1::ALIAS_SCHEME_NATIONAL_ID);
  const auto made = Create(maker_key_, party);
  ASSERT_TRUE(made.ok()) << made.status();
  const v1::Party read = *Get(maker_key_, made->name());
  EXPECT_EQ(read.SerializeAsString(), made->SerializeAsString());
  EXPECT_EQ(read.contact_points(0).value(), "+989351112233");
  EXPECT_TRUE(read.contact_points(0).verified());
  EXPECT_EQ(read.contact_points(1).value(), "z@home.ir");
  EXPECT_EQ(read.address().postcode(), "1969713461");
  EXPECT_EQ(read.birth_date(), "1983-07-06");
  EXPECT_EQ(read.preferred_channel(), v1::CONTACT_CHANNEL_MESSENGER);
  ASSERT_EQ(read.consents_size(), 1);
  EXPECT_EQ(read.verified_schemes(0), v1::ALIAS_SCHEME_NATIONAL_ID);
}

TEST_F(ContactCheck, KeepsNoPersonalByteInAnyValue) {
  v1::Party party = Zahra();
  AddPoint(party, v1::CONTACT_KIND_EMAIL, "qqqsecret@example.ir");
  party.mutable_address()->set_street("Qqqstreet");
  party.mutable_address()->set_postcode("1969713461");
  party.set_birth_date("1983-07-06");
  AddConsent(party, "qqqpurpose");
  ASSERT_TRUE(Create(maker_key_, party).ok());
  for (const auto& [key, value] : world_.Dump()) {
    for (const char* personal :
         {"qqqsecret", "Qqqstreet", "1969713461", "1983-07-06", "qqqpurpose"}) {
      EXPECT_EQ(value.find(personal), std::string::npos) << personal;
    }
  }
}

TEST_F(ContactCheck, NamesThePlaceOfWhatItRefuses) {
  v1::Party party = Zahra();
  AddPoint(party, v1::CONTACT_KIND_PHONE, "0912 999 8877");
  AddPoint(party, v1::CONTACT_KIND_PHONE, "+98 912 999 8877");
  EXPECT_EQ(FieldRefused(party), "party.contact_points[1]");
  party = Zahra();
  AddPoint(party, v1::CONTACT_KIND_PHONE, "12");
  EXPECT_EQ(FieldRefused(party), "party.contact_points[0].value");
  party = Zahra();
  AddPoint(party, v1::CONTACT_KIND_UNSPECIFIED, "12");
  EXPECT_EQ(FieldRefused(party), "party.contact_points[0].kind");
  party = Zahra();
  party.mutable_address()->set_postcode("1");
  EXPECT_EQ(FieldRefused(party), "party.address.postcode");
  party = Zahra();
  party.mutable_address()->set_city("\xff");
  EXPECT_EQ(FieldRefused(party), "party.address.city");
  party = Zahra();
  party.mutable_address()->set_street(std::string(kAddressCharactersMax + 1, 'a'));
  EXPECT_EQ(FieldRefused(party), "party.address.street");
  party = Zahra();
  party.set_birth_date("1983-13-01");
  EXPECT_EQ(FieldRefused(party), "party.birth_date");
  party = Zahra();
  party.set_kind(v1::PARTY_KIND_ORGANISATION);
  party.set_birth_date("1983");
  EXPECT_EQ(FieldRefused(party), "party.birth_date");
  party = Zahra();
  party.add_verified_schemes(v1::ALIAS_SCHEME_LEGAL_ID);
  EXPECT_EQ(FieldRefused(party), "party.verified_schemes[0]");
  party = Zahra();
  party.set_preferred_channel(static_cast<v1::ContactChannel>(77));
  EXPECT_EQ(FieldRefused(party), "party.preferred_channel");
}

TEST_F(ContactCheck, NamesThePlaceOfAFaultyConsent) {
  v1::Party party = Zahra();
  AddConsent(party, "Marketing");
  EXPECT_EQ(FieldRefused(party), "party.consents[0].purpose");
  party = Zahra();
  AddConsent(party, "news").set_channel(v1::CONTACT_CHANNEL_UNSPECIFIED);
  EXPECT_EQ(FieldRefused(party), "party.consents[0].channel");
  party = Zahra();
  AddConsent(party, "news").clear_given_time();
  EXPECT_EQ(FieldRefused(party), "party.consents[0]");
  party = Zahra();
  AddConsent(party, "news").mutable_withdrawn_time()->set_seconds(99);
  EXPECT_EQ(FieldRefused(party), "party.consents[0].withdrawn_time");
  party = Zahra();
  AddConsent(party, "news");
  AddConsent(party, "news");
  EXPECT_EQ(FieldRefused(party), "party.consents[1]");
}

TEST_F(ContactCheck, TakesTheLimitAndRefusesOneMore) {
  v1::Party party = Zahra();
  for (int i = 0; i < kContactPointsMax; ++i) {
    AddPoint(party, v1::CONTACT_KIND_EMAIL, "z" + std::to_string(i) + "@home.ir");
  }
  for (int i = 0; i < kConsentsMax; ++i) AddConsent(party, "news" + std::to_string(i));
  EXPECT_TRUE(Create(maker_key_, party).ok());
  AddPoint(party, v1::CONTACT_KIND_EMAIL, "z@home.ir");
  EXPECT_EQ(FieldRefused(party), "party.contact_points");
  party.mutable_contact_points()->RemoveLast();
  AddConsent(party, "news");
  EXPECT_EQ(FieldRefused(party), "party.consents");
}

TEST_F(ContactCheck, EachFactIsChangedByItsOwnPath) {
  v1::Party party = Zahra();
  party.mutable_address()->set_city("Tehran");
  party.mutable_address()->set_street("Valiasr");
  AddPoint(party, v1::CONTACT_KIND_EMAIL, "z@home.ir");
  const auto made = Create(maker_key_, party);
  ASSERT_TRUE(made.ok()) << made.status();
  v1::Party change;
  change.set_name(made->name());
  change.mutable_address()->set_city("Karaj");
  change.set_preferred_channel(v1::CONTACT_CHANNEL_POST);
  AddPoint(change, v1::CONTACT_KIND_EMAIL, "a@home.ir");
  AddPoint(change, v1::CONTACT_KIND_EMAIL, "b@home.ir");
  auto changed =
      Update(maker_key_, change, {"address.city", "contact_points", "preferred_channel"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->address().city(), "Karaj");
  EXPECT_EQ(changed->address().street(), "Valiasr") << "not named, not changed";
  EXPECT_EQ(changed->contact_points_size(), 2) << "a list is replaced";
  EXPECT_EQ(changed->preferred_channel(), v1::CONTACT_CHANNEL_POST);
  EXPECT_EQ(changed->phone(), "+989121234567");
  v1::Party nothing;
  nothing.set_name(made->name());
  changed =
      Update(maker_key_, nothing, {"address", "contact_points", "preferred_channel", "phone"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_FALSE(changed->has_address());
  EXPECT_EQ(changed->contact_points_size(), 0);
  EXPECT_EQ(changed->preferred_channel(), v1::CONTACT_CHANNEL_UNSPECIFIED);
  EXPECT_EQ(changed->phone(), "");
}

}  // namespace
}  // namespace radyab::parties
