#include "registry/linkage/sound_key.h"

#include <gtest/gtest.h>

#include "registry/linkage/person_name.h"
#include "tests/registry/linkage/customer_names.h"

namespace radyab::linkage {
namespace {

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

TEST(SoundKey, LettersOfOneSoundAreOne) {
  EXPECT_EQ(SoundKey("صابر"), SoundKey("سابر"));
  EXPECT_EQ(SoundKey("ثابر"), SoundKey("سابر"));
  for (const char* spelling : {"ذ", "ز", "ض", "ظ"}) {
    EXPECT_EQ(SoundKey(std::string(spelling) + "هرا"), SoundKey("zahra")) << spelling;
  }
  EXPECT_EQ(SoundKey("غلام"), SoundKey("قلام"));
  EXPECT_EQ(SoundKey("khosro")[0], SoundKey("خسرو")[0]);
  EXPECT_NE(SoundKey("شیرین")[0], SoundKey("سیرین")[0]);
}

TEST(SoundKey, LeavesOutRepeatsShortVowelsAndALastSilentH) {
  EXPECT_EQ(SoundKey("mohammad"), SoundKey("mohamed"));
  EXPECT_EQ(SoundKey("sara"), SoundKey("sarah"));
  EXPECT_EQ(SoundKey("h"), "h") << "a letter alone stays";
}

TEST(SoundKey, KeepsDigitsAndLeavesOutOtherScripts) {
  EXPECT_EQ(SoundKey("a1"), "a1");
  EXPECT_EQ(SoundKey("лев"), "");
  EXPECT_EQ(SoundKey("\xFF\xFE"), "");
}

TEST(Consonants, AreTheKeyWithoutVowelsButTheFirst) {
  EXPECT_EQ(Consonants("aliriza"), "alrz");
  EXPECT_EQ(Consonants("iusf"), "isf");
  EXPECT_EQ(Consonants("rir"), "r") << "once";
  EXPECT_EQ(Consonants(""), "");
}

}  // namespace
}  // namespace radyab::linkage
