#include "registry/linkage/name_comparison.h"

#include <gtest/gtest.h>

namespace radyab::linkage {
namespace {

PreparedRecord Named(const std::string& fa, const std::string& en = "", bool organisation = false) {
  LinkageRecord record;
  record.name_fa = fa;
  record.name_en = en;
  record.organisation = organisation;
  return Prepare(record);
}

class CompareNamesTest : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 6; ++i) frequency_.Add(Named("علی رضایی", "Ali Rezaei"));
    for (int i = 0; i < 3; ++i) frequency_.Add(Named("حسن کریمی"));
  }
  Comparison Of(const PreparedRecord& left, const PreparedRecord& right) const {
    Comparison comparison;
    CompareNames(left, right, frequency_, comparison);
    return comparison;
  }
  NameFrequency frequency_;
};

TEST_F(CompareNamesTest, ANameThatIsNotToldSaysNothing) {
  const auto one_word = Of(Named("رضایی"), Named("علی رضایی"));
  EXPECT_EQ(one_word.level(Field::kGiven), kUnknown);
  EXPECT_EQ(one_word.level(Field::kFamily), family::kEqual);
  const auto none = Of(Named(""), Named("علی رضایی"));
  EXPECT_EQ(none.level(Field::kGiven), kUnknown);
  EXPECT_EQ(none.level(Field::kFamily), kUnknown);
  EXPECT_EQ(none.given_frequency, 1);
}

TEST_F(CompareNamesTest, TheSpellingThatAgreesBestCounts) {
  const auto spelt = Of(Named("علی رضایی", "Aly Rezaie"), Named("", "Ali Rezaei"));
  EXPECT_LE(spelt.level(Field::kFamily), family::kSound);
  const auto both = Of(Named("علی رضایی", "X Y"), Named("علی رضایی", "Z W"));
  EXPECT_EQ(both.level(Field::kGiven), given::kEqual);
  EXPECT_EQ(both.level(Field::kFamily), family::kEqual);
}

TEST_F(CompareNamesTest, TellsHowCommonTheAgreeingNameIs) {
  const auto common = Of(Named("علی رضایی"), Named("علی رضایی"));
  EXPECT_DOUBLE_EQ(common.given_frequency, 0.6);
  EXPECT_DOUBLE_EQ(common.family_frequency, 0.6);
  const auto rare = Of(Named("کیومرث بهادری"), Named("کیومرث بهادری"));
  EXPECT_DOUBLE_EQ(rare.family_frequency, 0.1);
  const auto differ = Of(Named("علی رضایی"), Named("کیومرث بهادری"));
  EXPECT_EQ(differ.level(Field::kFamily), family::kDiffer);
  EXPECT_EQ(differ.family_frequency, 1);
}

// Jaro-Winkler makes less of a slip the shorter the name is, and the nearer to its beginning.
TEST_F(CompareNamesTest, ASingleSlipLeavesAShortNameNear) {
  const struct {
    const char *right, *slip;
    std::uint8_t level;
  } kCases[] = {
      {"هیمن", "هبمن", given::kNear},      // another letter
      {"هیمن", "هیممن", given::kNear},     // doubled
      {"سیروان", "سیوران", given::kNear},  // two changed over
      {"علی", "علا", given::kDiffer},      // three letters tell too little
      {"هیمن", "هبنن", given::kDiffer},    // two slips
  };
  for (const auto& one : kCases) {
    const std::string right = std::string(one.right) + " بهادری";
    const auto compared = Of(Named(right), Named(std::string(one.slip) + " بهادری"));
    EXPECT_EQ(compared.level(Field::kGiven), one.level) << one.right << " " << one.slip;
    EXPECT_EQ(compared.level(Field::kFamily), family::kEqual);
  }
  const auto turned = Of(Named("کیومرث مکری"), Named("کیومرث مکرب"));
  EXPECT_EQ(turned.level(Field::kFamily), family::kNear);
}

TEST_F(CompareNamesTest, ASlipThatMakesAnotherKnownNameIsNone) {
  for (int i = 0; i < 6; ++i) {
    frequency_.Add(Named("کریم رضایی"));
    frequency_.Add(Named("رحیم رضایی"));
    frequency_.Add(Named("حلیم رضایی"));
    frequency_.Add(Named("سلیم رضایی"));
  }
  EXPECT_EQ(Of(Named("حلیم رضایی"), Named("سلیم رضایی")).level(Field::kGiven), given::kAlike);
}

TEST_F(CompareNamesTest, NamesOfTwoScriptsAreNearByTheirConsonants) {
  const auto near = Of(Named("نوروز بهادری"), Named("", "Noroz Bahadori"));
  EXPECT_EQ(near.level(Field::kGiven), given::kNear);
  const auto other = Of(Named("سارا بهادری"), Named("", "Sahar Bahadori"));
  EXPECT_GE(other.level(Field::kGiven), given::kAlike) << "two consonants tell too little";
}

TEST_F(CompareNamesTest, MarksOfAGenerationTellFatherAndSonApart) {
  EXPECT_TRUE(Of(Named("", "John Smith Jr."), Named("", "John Smith Sr.")).cannot_be_one);
  EXPECT_FALSE(Of(Named("", "John Smith Jr."), Named("", "John Smith Jr")).cannot_be_one);
  EXPECT_FALSE(Of(Named("", "John Smith Jr."), Named("", "John Smith")).cannot_be_one);
}

TEST_F(CompareNamesTest, GivenAndFamilyNameChangedOverAgree) {
  const auto crossed = Of(Named("رضایی علی"), Named("علی رضایی"));
  EXPECT_EQ(crossed.level(Field::kGiven), given::kEqual);
  EXPECT_EQ(crossed.level(Field::kFamily), family::kEqual);
  const auto others = Of(Named("رضا علوی"), Named("علی رضایی"));
  EXPECT_EQ(others.level(Field::kFamily), family::kDiffer) << "they only begin alike";
}

TEST_F(CompareNamesTest, TwoFirmsAreComparedByTheirFirmName) {
  const auto firms = Of(Named("شرکت فولاد پارس", "", true), Named("فولاد پارس", "", true));
  EXPECT_EQ(firms.level(Field::kFirm), family::kEqual);
  EXPECT_EQ(firms.level(Field::kFamily), kUnknown);
  EXPECT_EQ(firms.level(Field::kGiven), kUnknown);
  const auto part = Of(Named("فولاد پارس", "", true), Named("صنایع معدنی فولاد پارس", "", true));
  EXPECT_EQ(part.level(Field::kFirm), family::kPart);
}

TEST_F(CompareNamesTest, IsTheSameBothWays) {
  const char* names[] = {"علی رضایی", "رضایی علی", "حسن کریمی", "محمد رضا کریمی", "کریمی", ""};
  for (const char* left : names) {
    for (const char* right : names) {
      const auto one = Of(Named(left), Named(right)), other = Of(Named(right), Named(left));
      EXPECT_EQ(one.levels, other.levels) << left << " / " << right;
      EXPECT_EQ(one.given_frequency, other.given_frequency) << left << " / " << right;
    }
  }
}

}  // namespace
}  // namespace radyab::linkage
