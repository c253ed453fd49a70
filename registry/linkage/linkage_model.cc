#include "registry/linkage/linkage_model.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace radyab::linkage {
namespace {

constexpr double kPriorMax = 0.4;  // of a pair out of a few records
constexpr std::size_t kLevelCounts[kFieldCount] = {7, 6, 6, 5, 3, 3, 4, 4};

void Set(LevelChances& chances, Field field, std::initializer_list<double> levels) {
  auto& row = chances[static_cast<std::size_t>(field)];
  std::copy(levels.begin(), levels.end(), row.begin() + 1);
  double sum = 0;
  for (const double chance : levels) sum += chance;
  for (double& chance : row) chance /= sum;
}

// The chance that strangers reach a level, where it hangs on how common the name is.
double NameChance(const Comparison& comparison, Field field, double shipped) {
  const std::uint8_t level = comparison.level(field);
  if (field == Field::kGiven && level <= given::kSound) return comparison.given_frequency;
  const bool family_or_firm = field == Field::kFamily || field == Field::kFirm;
  if (family_or_firm && level <= family::kSound) return comparison.family_frequency;
  // A slip of a common name is met more often among strangers than one of a rare name.
  if (field == Field::kGiven && level == given::kNear)
    return std::max(shipped, comparison.given_frequency);
  if (family_or_firm && (level == family::kNear || level == family::kPart))
    return std::max(shipped, comparison.family_frequency);
  return shipped;
}

double ChanceOf(const LinkageModel& model, const Comparison& comparison, PairClass pair_class,
                Field field) {
  const double chance =
      model.of(pair_class)[static_cast<std::size_t>(field)][comparison.level(field)];
  return pair_class == PairClass::kStrangers ? NameChance(comparison, field, chance) : chance;
}

}  // namespace

std::size_t LevelCount(Field field) { return kLevelCounts[static_cast<std::size_t>(field)]; }

LinkageModel ShippedModel() {
  LinkageModel model;
  LevelChances& same = model.of(PairClass::kSame);
  LevelChances& relatives = model.of(PairClass::kRelatives);
  LevelChances& strangers = model.of(PairClass::kStrangers);
  // equal, form, sound, near, initial, alike, differ
  Set(same, Field::kGiven, {.58, .08, .20, .06, .02, .01, .05});
  Set(relatives, Field::kGiven, {.024, .008, .008, .004, .004, .010, .942});
  Set(strangers, Field::kGiven, {.012, .004, .008, .003, .004, .008, .961});
  // equal, sound, near, one word more, alike, differ
  Set(same, Field::kFamily, {.62, .20, .08, .03, .01, .06});
  Set(relatives, Field::kFamily, {.68, .12, .06, .02, .01, .11});
  Set(strangers, Field::kFamily, {.006, .004, .003, .003, .010, .974});
  // The same levels. Firms of one house have names of their own.
  Set(same, Field::kFirm, {.66, .08, .08, .08, .01, .09});
  Set(relatives, Field::kFirm, {.02, .01, .01, .10, .01, .85});
  Set(strangers, Field::kFirm, {.0005, .0005, .0005, .03, .002, .9665});
  // equal, near, year, year near, differ
  Set(same, Field::kBirth, {.68, .06, .16, .06, .04});
  Set(relatives, Field::kBirth, {.012, .004, .014, .030, .940});
  Set(strangers, Field::kBirth, {.00005, .0010, .0080, .0160, .975});
  // equal, near, differ
  Set(same, Field::kPhone, {.68, .03, .29});
  Set(relatives, Field::kPhone, {.25, .01, .74});
  Set(strangers, Field::kPhone, {.00002, .00001, .99997});
  Set(same, Field::kEmail, {.60, .05, .35});
  Set(relatives, Field::kEmail, {.05, .01, .94});
  Set(strangers, Field::kEmail, {.00001, .00005, .99994});
  // verified, equal, differ, conflict
  Set(same, Field::kId, {.40, .56, .035, .005});
  Set(relatives, Field::kId, {.001, .010, .600, .389});
  Set(strangers, Field::kId, {.0000001, .000001, .600, .399});
  // equal, building, area, differ
  Set(same, Field::kAddress, {.52, .12, .06, .30});
  Set(relatives, Field::kAddress, {.72, .14, .03, .11});
  Set(strangers, Field::kAddress, {.00002, .0002, .0040, .9958});
  return model;
}

PairOdds OddsOf(const LinkageModel& model, const Comparison& comparison) {
  PairOdds odds;
  if (comparison.cannot_be_one) {
    odds.same = 0;
    return odds;
  }
  double same = 0, relatives = 0;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    if (comparison.level(field) == kUnknown) continue;
    const double strangers = ChanceOf(model, comparison, PairClass::kStrangers, field);
    same += std::log2(ChanceOf(model, comparison, PairClass::kSame, field) / strangers);
    relatives += std::log2(ChanceOf(model, comparison, PairClass::kRelatives, field) / strangers);
  }
  return {std::exp2(same), std::exp2(relatives)};
}

PairScore Score(const LinkageModel& model, const PairOdds& odds, std::uint64_t records) {
  const auto others = static_cast<double>(std::max<std::uint64_t>(records, 2) - 1);
  const double same_prior = std::min(model.same_per_record / others, kPriorMax);
  const double relatives_prior = std::min(model.relatives_per_record / others, kPriorMax);
  const double same = same_prior * odds.same;
  const double relatives = relatives_prior * odds.relatives;
  const double strangers = 1 - same_prior - relatives_prior;
  const double sum = same + relatives + strangers;
  return {same / sum, relatives / sum, std::log2(same / (relatives + strangers))};
}

double FieldWeight(const LinkageModel& model, const Comparison& comparison, Field field) {
  if (comparison.level(field) == kUnknown) return 0;
  return std::log2(ChanceOf(model, comparison, PairClass::kSame, field) /
                   ChanceOf(model, comparison, PairClass::kStrangers, field));
}

}  // namespace radyab::linkage
