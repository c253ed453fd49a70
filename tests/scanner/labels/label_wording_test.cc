#include "scanner/labels/label_wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scanner/labels/label_samples.h"

namespace radyab::scanner {
namespace {

using testing::ElementsAre;

LabelContent Settle(const LabelContent& content) { return Settled(content).value(); }

TEST(LabelWording, EnglishRowsAreTitleAndValue) {
  EXPECT_THAT(FactRows(Settle(SampleContent(LabelTemplate::kUnit)), LabelLanguage::kEn),
              ElementsAre("Code: 1042 0000 1700 0113", "GTIN: 06260100200302", "Lot: L-2026/07",
                          "Serial: SN000123", "Produced: 2026-04-01", "Expires: 2027-03-31"));
}

TEST(LabelWording, PersianRowsIsolateValuesAndGiveTheIranianDay) {
  const auto rows = FactRows(Settle(SampleContent(LabelTemplate::kUnit)), LabelLanguage::kFa);
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[2], "سری ساخت: \u2068L-2026/07\u2069");
  // 2027-03-31 is 11 Farvardin 1406 (the year 1406 begins on 2027-03-21).
  EXPECT_EQ(rows[5], "تاریخ انقضا: \u20682027-03-31\u2069 (\u2068۱۴۰۶/۰۱/۱۱\u2069)");
}

TEST(LabelWording, ArabicRowsHaveArabicTitles) {
  const auto rows = FactRows(Settle(SampleContent(LabelTemplate::kPallet)), LabelLanguage::kAr);
  EXPECT_THAT(rows, ElementsAre("الوحدة اللوجستية: \u2068362601000000000019\u2069"));
}

TEST(LabelWording, ADayOutsideTheIranianTableStandsAlone) {
  LabelContent content;
  content.code = coding::ParseCode("1042000017000113").value();
  content.expiry = coding::CivilDate{2500, 1, 1};
  EXPECT_EQ(FactRows(content, LabelLanguage::kFa)[1], "تاریخ انقضا: \u20682500-01-01\u2069");
}

TEST(LabelWording, TheNameOfTheLanguageStandsFirst) {
  LabelContent content = SampleContent(LabelTemplate::kUnit);
  EXPECT_EQ(NamesOf(content, LabelLanguage::kAr)[0].text, content.name_ar);
  EXPECT_TRUE(NamesOf(content, LabelLanguage::kAr)[0].right_to_left);
  content.name_ar.clear();
  EXPECT_EQ(NamesOf(content, LabelLanguage::kAr)[0].text, content.name_en);
  EXPECT_FALSE(NamesOf(content, LabelLanguage::kAr)[0].right_to_left);
  content.name_en.clear();
  content.name_fa.clear();
  EXPECT_TRUE(NamesOf(content, LabelLanguage::kAr).empty());
}

TEST(LabelWording, ReadsItsWordsBack) {
  for (const auto language : {LabelLanguage::kFa, LabelLanguage::kAr, LabelLanguage::kEn})
    EXPECT_EQ(LanguageOfWord(LanguageWord(language)), language);
  EXPECT_FALSE(LanguageOfWord("FA"));
}

}  // namespace
}  // namespace radyab::scanner
