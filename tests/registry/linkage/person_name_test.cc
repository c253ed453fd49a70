#include "registry/linkage/person_name.h"

#include <gtest/gtest.h>

#include "registry/linkage/sound_key.h"
#include "tests/registry/linkage/customer_names.h"

namespace radyab::linkage {
namespace {

std::string Parts(std::string_view text) {
  const auto readings = ReadPersonName(text);
  if (readings.empty()) return "";
  std::string parts = readings[0].given.folded + "|" + readings[0].family.folded;
  if (!readings[0].generation.empty()) parts += "|" + readings[0].generation;
  return parts;
}

TEST(ReadPersonName, TellsGivenAndFamilyNameApart) {
  EXPECT_EQ(Parts("محمد رضا کریمی"), "محمدرضا|کریمی");
  EXPECT_EQ(Parts("محمد\u200cرضا كريمي"), "محمدرضا|کریمی");
  EXPECT_EQ(Parts("آقای دکتر علی حسینی نژاد"), "علی|حسینینژاد");
  EXPECT_EQ(Parts("Rezaei, Ali"), "ali|rezaei");
  EXPECT_EQ(Parts("رضایی، علی"), "علی|رضایی");
  EXPECT_EQ(Parts("Mr. John O'Brien Jr."), "john|obrien|jr");
  EXPECT_EQ(Parts("Smith, Jr."), "|smith|jr");
  EXPECT_EQ(Parts("Karimi"), "|karimi");
  EXPECT_EQ(Parts("دکتر"), "|دکتر");
  EXPECT_EQ(Parts(" ، "), "");
  EXPECT_EQ(Parts(""), "");
}

TEST(ReadPersonName, ReadsThreeWordsInTwoWays) {
  const auto readings = ReadPersonName("لیلا علی تهرانی");
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[1].given.folded, "لیلا");
  EXPECT_EQ(readings[1].family.folded, "علیتهرانی");
  EXPECT_TRUE(readings[1].alternative);
  EXPECT_EQ(ReadPersonName("علی تهرانی").size(), 1U);
}

TEST(ReadOrganisationName, DropsTheLegalForm) {
  EXPECT_EQ(ReadOrganisationName("شرکت سهامی خاص فولاد پارس").family.folded, "فولادپارس");
  EXPECT_EQ(ReadOrganisationName("Pars Steel Co., Ltd.").family.folded, "parssteel");
  EXPECT_EQ(ReadOrganisationName("شرکت").family.folded, "شرکت");
  EXPECT_TRUE(ReadOrganisationName("").empty());
}

TEST(SoundKey, OfAPersianNameIsThatOfItsLatinSpellings) {
  EXPECT_EQ(SoundKey("محمود"), "mhmud");
  for (const char* spelling : {"mahmoud", "mahmood"}) EXPECT_EQ(SoundKey(spelling), "mhmud");
  EXPECT_EQ(SoundKey("رضایی"), SoundKey("rezaei"));
  EXPECT_EQ(SoundKey("رضایی"), SoundKey("rezaee"));
  EXPECT_EQ(SoundKey("ایران"), SoundKey("iran"));
  EXPECT_EQ(SoundKey("یوسف"), SoundKey("yousef"));
  EXPECT_EQ(SoundKey("ولی"), SoundKey("vali"));
  EXPECT_EQ(SoundKey("فاطمه"), SoundKey("fateme"));
  EXPECT_NE(SoundKey("حسن"), SoundKey("حسین"));
  EXPECT_NE(SoundKey("علی"), SoundKey("ولی"));
  EXPECT_EQ(SoundKey(""), "");
  EXPECT_EQ(Consonants("mhmud"), "mhmd");
}

// How well the key does over all names of the made-up town, whose spellings nobody chose for it.
TEST(SoundKey, MeetsFourOfFiveFirstLatinSpellings) {
  int met = 0, all = 0;
  for (const auto names : {PersianMen(), PersianWomen(), PersianFamilies()}) {
    for (const KnownName& name : names) {
      const auto persian = ReadOrganisationName(name.persian).family;
      const auto latin = ReadOrganisationName(name.latin[0]).family;
      met += persian.sound == latin.sound ? 1 : 0;
      ++all;
    }
  }
  EXPECT_GE(met * 5, all * 4) << met << " of " << all;
}

}  // namespace
}  // namespace radyab::linkage
