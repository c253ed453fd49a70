#include "registry/linkage/model_training.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/registry/linkage/customer_world.h"

namespace radyab::linkage {
namespace {

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

Comparison OfLevels(std::uint8_t given, std::uint8_t family) {
  Comparison pair;
  pair.levels[static_cast<std::size_t>(Field::kGiven)] = given;
  pair.levels[static_cast<std::size_t>(Field::kFamily)] = family;
  return pair;
}

TEST(TrainModel, WhatNoPairSpeaksOfKeepsItsChances) {
  const LinkageModel start = ShippedModel();
  const std::vector<Comparison> pairs(50, OfLevels(given::kEqual, family::kEqual));
  const TrainedModel trained = TrainModel(pairs, start, 3);
  const auto birth = static_cast<std::size_t>(Field::kBirth);
  for (std::size_t c = 0; c < kPairClassCount; ++c) {
    EXPECT_EQ(trained.model.chances[c][birth], start.chances[c][birth]) << c;
  }
}

TEST(TrainModel, NoChanceFallsToNothing) {
  const std::vector<Comparison> pairs(1'000, OfLevels(given::kEqual, family::kEqual));
  const TrainedModel trained = TrainModel(pairs, ShippedModel(), 50);
  const auto& chances = trained.model.of(PairClass::kSame)[static_cast<std::size_t>(Field::kGiven)];
  for (std::size_t level = 1; level <= LevelCount(Field::kGiven); ++level) {
    EXPECT_GE(chances[level], 1e-7) << level;
  }
  EXPECT_NEAR(chances[given::kEqual], 1, 1e-6);
  for (const double share : trained.shares) EXPECT_GE(share, 1e-7);
}

TEST(TrainModel, PairsThatCannotBeOneTeachNothing) {
  std::vector<Comparison> pairs(100, OfLevels(given::kEqual, family::kEqual));
  const TrainedModel without = TrainModel(pairs, ShippedModel(), 5);
  Comparison impossible = OfLevels(given::kDiffer, family::kDiffer);
  impossible.cannot_be_one = true;
  pairs.insert(pairs.end(), 400, impossible);
  const TrainedModel with = TrainModel(pairs, ShippedModel(), 5);
  EXPECT_EQ(with.log_likelihood, without.log_likelihood);
  EXPECT_EQ(with.shares, without.shares);
  EXPECT_EQ(TrainModel(pairs, ShippedModel(), 0).model.chances, ShippedModel().chances);
}

}  // namespace
}  // namespace radyab::linkage
