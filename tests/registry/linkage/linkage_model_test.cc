#include "registry/linkage/linkage_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "registry/linkage/duplicate_search.h"
#include "registry/linkage/model_training.h"
#include "tests/registry/linkage/customer_world.h"

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

// Draws pairs of a known model and hands training another one to begin with.
TEST(TrainModel, FindsTheChancesThatPairsWereDrawnFromAndNeverGetsLikelier) {
  const LinkageModel truth = ShippedModel();
  constexpr double kShares[kPairClassCount] = {0.3, 0.3, 0.4};
  Dice dice(42);
  std::vector<Comparison> pairs;
  for (std::size_t c = 0; c < kPairClassCount; ++c) {
    for (int i = 0; i < kShares[c] * 60'000; ++i) {
      Comparison pair;
      for (const Field field :
           {Field::kGiven, Field::kFamily, Field::kBirth, Field::kPhone, Field::kAddress}) {
        const auto at = static_cast<std::size_t>(field);
        double left = static_cast<double>(dice.Below(1'000'000)) / 1e6;
        std::uint8_t level = 1;
        while (level < LevelCount(field) && left >= truth.chances[c][at][level])
          left -= truth.chances[c][at][level++];
        pair.levels[at] = dice.Chance(0.1) ? kUnknown : level;
      }
      pairs.push_back(pair);
    }
  }
  LinkageModel start = truth;
  for (std::size_t c = 0; c < 2; ++c) {
    for (auto& row : start.chances[c]) {
      double sum = 0;
      for (std::size_t level = 1; level <= kLevelsMax; ++level)
        sum += row[level] = std::sqrt(row[level]);
      for (double& chance : row) chance /= sum;
    }
  }
  const TrainedModel trained = TrainModel(pairs, start, 60);
  ASSERT_EQ(trained.log_likelihood.size(), 60U);
  for (std::size_t i = 1; i < trained.log_likelihood.size(); ++i)
    EXPECT_GE(trained.log_likelihood[i], trained.log_likelihood[i - 1] - 1e-3) << i;
  for (std::size_t c = 0; c < kPairClassCount; ++c)
    EXPECT_NEAR(trained.shares[c], kShares[c], 0.02) << c;
  for (const Field field :
       {Field::kGiven, Field::kFamily, Field::kBirth, Field::kPhone, Field::kAddress}) {
    const auto at = static_cast<std::size_t>(field);
    for (std::size_t c = 0; c < 2; ++c) {
      for (std::size_t level = 1; level <= LevelCount(field); ++level)
        EXPECT_NEAR(trained.model.chances[c][at][level], truth.chances[c][at][level], 0.02)
            << FieldName(field) << c << level;
    }
  }
  EXPECT_EQ(trained.model.of(PairClass::kStrangers), start.of(PairClass::kStrangers));
  EXPECT_TRUE(TrainModel({}, start, 5).log_likelihood.empty());
}

}  // namespace
}  // namespace radyab::linkage
