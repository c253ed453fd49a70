// The weights learned anew from a register of one's own, without anybody saying which pairs are
// one.
#pragma once

#include <span>
#include <vector>

#include "registry/linkage/linkage_model.h"

namespace radyab::linkage {

struct TrainedModel {
  LinkageModel model;
  // The logarithm of the likelihood of the pairs before each round; never falls.
  std::vector<double> log_likelihood;
  // The shares of the classes among the pairs, by PairClass.
  std::array<double, kPairClassCount> shares = {};
};

// Expectation and maximisation over the levels of `pairs` (the candidates of blocking, or any pairs
// that hold enough of each class), beginning at `start`: at most `rounds` rounds. The chances of
// strangers are learned for these pairs and not kept, since pairs that share a key agree more often
// than others: what is kept is `start`'s. No chance falls below 1e-7. Names count by their level
// alone. Thread safe. Source: A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum Likelihood from
// Incomplete Data via the EM Algorithm", 1977; W. E. Winkler, "Using the EM Algorithm for Weight
// Computation in the Fellegi-Sunter Model of Record Linkage", 1988.
TrainedModel TrainModel(std::span<const Comparison> pairs, const LinkageModel& start, int rounds);

}  // namespace radyab::linkage
