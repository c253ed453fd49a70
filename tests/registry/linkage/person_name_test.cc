#include "registry/linkage/person_name.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace radyab::linkage
