#include "registry/linkage/name_words.h"

#include <gtest/gtest.h>

#include <string>

#include "coding/text_fold.h"

namespace radyab::linkage {
namespace {

TEST(NameWords, AreKnownInBothScripts) {
  for (const char* word : {"آقای", "خانم", "دکتر", "مهندس", "حاج", "Mr", "Dr", "Seyed"}) {
    EXPECT_TRUE(IsTitle(coding::FoldText(word))) << word;
  }
  for (const char* word : {"نژاد", "پور", "زاده", "Nejad", "pour"}) {
    EXPECT_TRUE(IsFamilyEnding(coding::FoldText(word))) << word;
  }
  for (const char* word : {"jr", "sr", "II", "iii"}) {
    EXPECT_TRUE(IsGeneration(coding::FoldText(word))) << word;
  }
  for (const char* word : {"شرکت", "سهامی", "مسئولیت", "موسسه", "Ltd", "company", "GmbH"}) {
    EXPECT_TRUE(IsLegalForm(coding::FoldText(word))) << word;
  }
  for (const char* word : {"خیابان", "خ", "کوچه", "بلوار", "Street", "ave"}) {
    EXPECT_TRUE(IsStreetWord(coding::FoldText(word))) << word;
  }
}

TEST(NameWords, ANameIsNoneOfThem) {
  for (const std::string word : {"علی", "رضایی", "smith", "drake", "pourali", "", "i"}) {
    EXPECT_FALSE(IsTitle(word) || IsFamilyEnding(word) || IsGeneration(word) || IsLegalForm(word) ||
                 IsStreetWord(word))
        << word;
  }
}

TEST(NameWords, AStreetWordIsSeenInFrontOfItsNameAlone) {
  EXPECT_EQ(LeadingStreetWord("خیابانولیعصر"), std::string("خیابان").size());
  EXPECT_EQ(LeadingStreetWord("کوچهگل"), std::string("کوچه").size());
  EXPECT_EQ(LeadingStreetWord("ولیعصرخیابان"), 0u);
  EXPECT_EQ(LeadingStreetWord("streetname"), 0u) << "English is written apart";
  EXPECT_EQ(LeadingStreetWord(""), 0u);
}

TEST(NameWords, AShortFormHasOneFullFormAndNoOtherWordHas) {
  EXPECT_EQ(FullForm("bill"), "william");
  EXPECT_EQ(FullForm("billy"), "william");
  EXPECT_EQ(FullForm("peggy"), "margaret");
  EXPECT_EQ(FullForm("william"), "william");
  EXPECT_EQ(FullForm("علی"), "علی");
  for (const char* word : {"bob", "jack", "liz", "tony", "molly"}) {
    EXPECT_EQ(FullForm(FullForm(word)), FullForm(word)) << word << ": a full form is no short one";
  }
}

}  // namespace
}  // namespace radyab::linkage
