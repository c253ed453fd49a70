#include "registry/linkage/linkage_record.h"

#include <gtest/gtest.h>

namespace radyab::linkage {
namespace {

LinkageRecord Person(std::string fa, std::string en = "") {
  LinkageRecord record;
  record.id = 7;
  record.name_fa = std::move(fa);
  record.name_en = std::move(en);
  return record;
}

std::string Street(const char* street) {
  LinkageRecord record = Person("علی رضایی");
  record.address.street = street;
  return Prepare(record).address.street;
}

TEST(Prepare, AStreetIsItsOwnNameHoweverItIsWritten) {
  for (const char* written :
       {"خیابان ولیعصر", "خ ولیعصر", "خيابان وليعصر", "خیابانولیعصر", "ولیعصر"}) {
    EXPECT_EQ(Street(written), "ولیعصر") << written;
  }
  EXPECT_EQ(Street("Baker Street"), "baker");
  EXPECT_EQ(Street("خیابان"), "") << "no street is named";
  EXPECT_EQ(Street(""), "");
}

TEST(Prepare, OtherPartsOfAnAddressAreFoldedWithoutBlanks) {
  LinkageRecord record = Person("علی رضایی");
  record.address = {"۱۲۳۴۵ ۶۷۸۹۰", "", " ۱۲ ب ", "3 A"};
  const auto address = Prepare(record).address;
  EXPECT_EQ(address.postcode, "1234567890");
  EXPECT_EQ(address.number, "12ب");
  EXPECT_EQ(address.unit, "3a");
}

TEST(Prepare, HasEveryReadingInEveryScript) {
  const auto both = Prepare(Person("علی رضایی", "Ali Rezaei"));
  ASSERT_EQ(both.names.size(), 2u);
  EXPECT_FALSE(both.names[0].latin);
  EXPECT_TRUE(both.names[1].latin);
  EXPECT_EQ(both.names[1].family.folded, "rezaei");
  EXPECT_EQ(Prepare(Person("لیلا علی تهرانی")).names.size(), 2u) << "three words, two readings";
  EXPECT_TRUE(Prepare(Person("")).names.empty());
}

TEST(Prepare, AFirmHasOneNameWithoutItsLegalForm) {
  LinkageRecord firm = Person("شرکت سهامی خاص فولاد پارس");
  firm.organisation = true;
  const auto prepared = Prepare(firm);
  ASSERT_EQ(prepared.names.size(), 1u);
  EXPECT_TRUE(prepared.organisation);
  EXPECT_EQ(prepared.names[0].family.folded, "فولادپارس");
  EXPECT_TRUE(prepared.names[0].given.folded.empty());
}

TEST(Prepare, PassesOnWhatIsComparedAsItIsAndEmailsInSmallLetters) {
  LinkageRecord record = Person("علی رضایی");
  record.phones = {"+989121234567"};
  record.emails = {"Ali.Rezaei@example.com"};
  record.ids = {{"national_id", "ab12", true}};
  record.birth = {1980, 5, 6};
  const auto prepared = Prepare(record);
  EXPECT_EQ(prepared.id, 7u);
  EXPECT_EQ(prepared.phones, record.phones);
  EXPECT_EQ(prepared.emails, std::vector<std::string>{"ali.rezaei@example.com"});
  ASSERT_EQ(prepared.ids.size(), 1u);
  EXPECT_TRUE(prepared.ids[0].verified);
  EXPECT_EQ(prepared.birth, record.birth);
}

TEST(NameFrequency, IsTheShareOfTheRecordsThatBearAName) {
  NameFrequency frequency;
  for (int i = 0; i < 9; ++i) frequency.Add(Prepare(Person(i < 6 ? "علی رضایی" : "حسن کریمی")));
  EXPECT_EQ(frequency.records(), 9u);
  const auto ali = Prepare(Person("علی رضایی")).names[0];
  EXPECT_DOUBLE_EQ(frequency.OfGiven(ali.given), 0.6);
  EXPECT_DOUBLE_EQ(frequency.OfFamily(ali.family), 0.6);
  EXPECT_DOUBLE_EQ(frequency.OfGiven(ali.family), 0.1) << "nobody bears it: as if one did";
  const auto latin = Prepare(Person("", "Hasan Karimi")).names[0];
  EXPECT_DOUBLE_EQ(frequency.OfFamily(latin.family), 0.1) << "never spelt so";
  EXPECT_DOUBLE_EQ(frequency.OfFamilySound(latin.family), 0.3) << "but it sounds so";
  EXPECT_DOUBLE_EQ(NameFrequency().OfGiven(ali.given), 1);
}

TEST(NameFrequency, CountsARecordOnceHoweverItIsSpelt) {
  NameFrequency frequency;
  frequency.Add(Prepare(Person("محمود رضایی", "Mahmood Rezaei")));
  frequency.Add(Prepare(Person("لیلا علی تهرانی")));
  const auto mahmud = Prepare(Person("محمود رضایی")).names[0];
  EXPECT_DOUBLE_EQ(frequency.OfGivenSound(mahmud.given), 1.0 / 3);
  const auto second_reading = Prepare(Person("لیلا علی تهرانی")).names[1];
  EXPECT_DOUBLE_EQ(frequency.OfGiven(second_reading.given), 1.0 / 3) << "only the first counts";
}

}  // namespace
}  // namespace radyab::linkage
