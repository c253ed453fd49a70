#include "registry/linkage/linkage_model.h"

#include <gtest/gtest.h>

#include "registry/linkage/duplicate_search.h"

namespace radyab::linkage {
namespace {

Comparison With(std::initializer_list<std::pair<Field, std::uint8_t>> levels) {
  Comparison comparison;
  for (const auto& [field, level] : levels)
    comparison.levels[static_cast<std::size_t>(field)] = level;
  return comparison;
}

double ProbabilityOf(const Comparison& comparison, std::uint64_t records = 20'000) {
  const LinkageModel model = ShippedModel();
  return Score(model, OddsOf(model, comparison), records).probability;
}

TEST(LinkageModel, TheChancesOfAFieldAddUpToOne) {
  const LinkageModel model = ShippedModel();
  for (std::size_t c = 0; c < kPairClassCount; ++c) {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      double sum = 0;
      const std::size_t count = LevelCount(static_cast<Field>(field));
      for (std::size_t level = 1; level <= kLevelsMax; ++level) {
        const double chance = model.chances[c][field][level];
        EXPECT_EQ(chance > 0, level <= count) << FieldName(static_cast<Field>(field));
        sum += chance;
      }
      EXPECT_NEAR(sum, 1, 1e-9);
    }
  }
}

TEST(LinkageModel, ARareNameWeighsMoreThanACommonOne) {
  Comparison common = With({{Field::kGiven, given::kEqual}, {Field::kFamily, family::kEqual}});
  common.given_frequency = common.family_frequency = 0.05;
  Comparison rare = common;
  rare.given_frequency = rare.family_frequency = 0.0002;
  EXPECT_LT(ProbabilityOf(common), 0.2);
  EXPECT_GT(ProbabilityOf(rare), ProbabilityOf(common) * 3);
}

TEST(LinkageModel, FatherAndSonAtOneDoorAreTwo) {
  Comparison father_and_son = With({{Field::kGiven, given::kDiffer},
                                    {Field::kFamily, family::kEqual},
                                    {Field::kBirth, birth::kDiffer},
                                    {Field::kPhone, phone::kEqual},
                                    {Field::kAddress, address::kEqual}});
  father_and_son.family_frequency = 0.0005;
  EXPECT_LT(ProbabilityOf(father_and_son), 0.005);
  const LinkageModel model = ShippedModel();
  EXPECT_GT(Score(model, OddsOf(model, father_and_son), 20'000).relatives, 0.99);
  Comparison himself = father_and_son;
  himself.levels[static_cast<std::size_t>(Field::kGiven)] = given::kEqual;
  himself.levels[static_cast<std::size_t>(Field::kBirth)] = birth::kEqual;
  himself.given_frequency = 0.01;
  EXPECT_GT(ProbabilityOf(himself), 0.99);
}

TEST(LinkageModel, WhatCannotBeOneIsNone) {
  Comparison comparison = With({{Field::kId, id::kVerified}, {Field::kGiven, given::kEqual}});
  comparison.cannot_be_one = true;
  EXPECT_EQ(ProbabilityOf(comparison), 0);
  EXPECT_EQ(ZoneOf(comparison, {1, 0, 99}, {}), Zone::kNone);
}

TEST(Zones, AConflictOfVerifiedIdentifiersIsNeverSuggested) {
  Comparison comparison = With({{Field::kId, id::kConflict}});
  EXPECT_EQ(ZoneOf(comparison, {0.9999, 0, 14}, {}), Zone::kReview);
  comparison = With({{Field::kId, id::kEqual}});
  EXPECT_EQ(ZoneOf(comparison, {0.9999, 0, 14}, {}), Zone::kSuggest);
}

TEST(Zones, NobodyIsMergedUnaskedWithoutAVerifiedIdentifierAndTheBirthDate) {
  const Comparison sure = With({{Field::kId, id::kVerified},
                                {Field::kGiven, given::kEqual},
                                {Field::kFamily, family::kEqual},
                                {Field::kBirth, birth::kEqual}});
  EXPECT_TRUE(MayMergeUnasked(sure, Zone::kSuggest));
  EXPECT_FALSE(MayMergeUnasked(sure, Zone::kReview));
  for (const auto& [field, level] :
       std::initializer_list<std::pair<Field, std::uint8_t>>{{Field::kId, id::kEqual},
                                                             {Field::kId, id::kConflict},
                                                             {Field::kId, kUnknown},
                                                             {Field::kGiven, given::kDiffer},
                                                             {Field::kGiven, kUnknown},
                                                             {Field::kFamily, family::kAlike},
                                                             {Field::kBirth, birth::kYear},
                                                             {Field::kBirth, kUnknown}}) {
    Comparison doubtful = sure;
    doubtful.levels[static_cast<std::size_t>(field)] = level;
    EXPECT_FALSE(MayMergeUnasked(doubtful, Zone::kSuggest)) << FieldName(field) << int{level};
  }
}

}  // namespace
}  // namespace radyab::linkage
