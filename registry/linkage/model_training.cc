#include "registry/linkage/model_training.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace radyab::linkage {
namespace {

constexpr double kChanceMin = 1e-7;

// Pairs with the same levels are one row with a count.
using Levels = std::array<std::uint8_t, kFieldCount>;
struct Pattern {
  Levels levels = {};
  double count = 0;
};

std::vector<Pattern> PatternsOf(std::span<const Comparison> pairs) {
  std::map<Levels, double> counts;
  for (const Comparison& pair : pairs) {
    if (!pair.cannot_be_one) counts[pair.levels] += 1;
  }
  std::vector<Pattern> patterns;
  for (const auto& [levels, count] : counts) patterns.push_back({levels, count});
  return patterns;
}

double LikelihoodOf(const LevelChances& chances, const Levels& levels) {
  double likelihood = 1;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    if (levels[field] != kUnknown) likelihood *= chances[field][levels[field]];
  }
  return likelihood;
}

// What one round adds up: how much of each class has each level.
struct Sums {
  std::array<LevelChances, kPairClassCount> levels = {};
  std::array<double, kPairClassCount> pairs = {};
  double log_likelihood = 0;
};

Sums Expect(const std::vector<Pattern>& patterns, const TrainedModel& trained) {
  Sums sums;
  for (const Pattern& pattern : patterns) {
    std::array<double, kPairClassCount> parts = {};
    double whole = 0;
    for (std::size_t c = 0; c < kPairClassCount; ++c) {
      parts[c] = trained.shares[c] * LikelihoodOf(trained.model.chances[c], pattern.levels);
      whole += parts[c];
    }
    sums.log_likelihood += pattern.count * std::log(whole);
    for (std::size_t c = 0; c < kPairClassCount; ++c) {
      const double part = pattern.count * parts[c] / whole;
      sums.pairs[c] += part;
      for (std::size_t field = 0; field < kFieldCount; ++field)
        sums.levels[c][field][pattern.levels[field]] += part;
    }
  }
  return sums;
}

// The chances that make the sums likeliest. A field that no pair speaks of keeps its chances.
void Maximise(const Sums& sums, TrainedModel& trained) {
  double pairs = 0;
  for (const double part : sums.pairs) pairs += part;
  for (std::size_t c = 0; c < kPairClassCount; ++c) {
    trained.shares[c] = std::max(sums.pairs[c] / pairs, kChanceMin);
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      const std::size_t count = LevelCount(static_cast<Field>(field));
      double told = 0;
      for (std::size_t level = 1; level <= count; ++level) told += sums.levels[c][field][level];
      if (told <= 0) continue;
      for (std::size_t level = 1; level <= count; ++level) {
        trained.model.chances[c][field][level] =
            std::max(sums.levels[c][field][level] / told, kChanceMin);
      }
    }
  }
}

}  // namespace

TrainedModel TrainModel(std::span<const Comparison> pairs, const LinkageModel& start, int rounds) {
  TrainedModel trained;
  trained.model = start;
  trained.shares.fill(1.0 / static_cast<double>(kPairClassCount));
  const std::vector<Pattern> patterns = PatternsOf(pairs);
  for (int round = 0; round < rounds && !patterns.empty(); ++round) {
    const Sums sums = Expect(patterns, trained);
    trained.log_likelihood.push_back(sums.log_likelihood);
    Maximise(sums, trained);
  }
  trained.model.of(PairClass::kStrangers) = start.of(PairClass::kStrangers);
  return trained;
}

}  // namespace radyab::linkage
