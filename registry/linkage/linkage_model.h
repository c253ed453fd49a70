// How much each agreement is worth: the weights of Fellegi and Sunter, against two kinds of
// different people.
#pragma once

#include <array>
#include <span>

#include "registry/linkage/comparison.h"

namespace radyab::linkage {

// What two records may be. Relatives share family name, address and telephone; strangers that
// share them are rare. One class of non-matches would call father and son one person.
enum class PairClass : std::uint8_t { kSame, kRelatives, kStrangers };
inline constexpr std::size_t kPairClassCount = 3;

// The chance of each level given that both records say something; [field][level], level 0 unused.
// The chances of one field's levels add up to 1.
using LevelChances = std::array<std::array<double, kLevelsMax + 1>, kFieldCount>;

// Plain values.
struct LinkageModel {
  std::array<LevelChances, kPairClassCount> chances = {};  // by PairClass
  // How many other records of the same person, and of his relatives, a record has on average.
  double same_per_record = 0.3;
  double relatives_per_record = 0.8;

  const LevelChances& of(PairClass pair_class) const {
    return chances[static_cast<std::size_t>(pair_class)];
  }
  LevelChances& of(PairClass pair_class) { return chances[static_cast<std::size_t>(pair_class)]; }
};

// How many levels a field has beside kUnknown.
std::size_t LevelCount(Field field);

// The weights we ship. Where each number is from: docs/decisions/2026-11-26-linkage-weights.md.
LinkageModel ShippedModel();

// How many times likelier a comparison is in each class than among strangers. Agreeing names weigh
// by their frequency. 0 for pairs that cannot be one.
struct PairOdds {
  double same = 0;
  double relatives = 0;
};
PairOdds OddsOf(const LinkageModel& model, const Comparison& comparison);

// What follows for a pair out of `records` records. Thread safe.
struct PairScore {
  double probability = 0;  // that both are one customer, 0..1
  double relatives = 0;    // that they are two of one household
  double weight = 0;       // log2 of the odds that both are one; 0: even
};
PairScore Score(const LinkageModel& model, const PairOdds& odds, std::uint64_t records);

// log2 of how much more likely the level of `field` is in one person than in strangers: what the
// field alone adds, for people to read. 0 for kUnknown.
double FieldWeight(const LinkageModel& model, const Comparison& comparison, Field field);

}  // namespace radyab::linkage
