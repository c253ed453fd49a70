#include "registry/linkage/duplicate_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace radyab::linkage {
namespace {

constexpr double kOddsMin = 16;  // less than so likely to be anything but strangers: left out
constexpr std::size_t kThirdsMax = 32;  // records that are one with a third one
constexpr int kShareRounds = 8;
// The shares are trusted within these bounds only: a register is no school class.
constexpr double kPerRecordMin = 0.01;
constexpr double kPerRecordMax = 2.0;

struct WeighedPair {
  CandidatePair places;
  Comparison comparison;
  PairOdds odds;
};

// The model with the shares of duplicates and relatives that these records have, by expectation and
// maximisation of the two shares alone.
LinkageModel WithSharesOf(const std::vector<WeighedPair>& pairs, LinkageModel model,
                          std::uint64_t records) {
  if (records == 0) return model;
  for (int round = 0; round < kShareRounds; ++round) {
    double same = 0, relatives = 0;
    for (const WeighedPair& pair : pairs) {
      const PairScore score = Score(model, pair.odds, records);
      same += score.probability;
      relatives += score.relatives;
    }
    const double per_pair = 2 / static_cast<double>(records);
    model.same_per_record = std::clamp(same * per_pair, kPerRecordMin, kPerRecordMax);
    model.relatives_per_record = std::clamp(relatives * per_pair, kPerRecordMin, kPerRecordMax);
  }
  return model;
}

// Whether two records say things that cannot be true of one customer.
bool Contradict(const Comparison& comparison) {
  return comparison.cannot_be_one || comparison.level(Field::kId) == id::kConflict ||
         comparison.level(Field::kBirth) == birth::kDiffer ||
         comparison.level(Field::kGiven) >= given::kAlike ||
         comparison.level(Field::kFamily) >= family::kAlike;
}

// When A is B and B is C, A is C: P(A = C) >= P(A = B) + P(B = C) - 1. The pairs that get into the
// zone kSuggest by that alone.
std::vector<DuplicatePair> ThroughThirds(std::span<const PreparedRecord> records,
                                         const NameFrequency& frequency,
                                         const std::map<CandidatePair, DuplicatePair>& pairs,
                                         const ZoneLimits& limits) {
  struct Neighbour {
    std::uint32_t record = 0;
    double probability = 0;
  };
  std::map<std::uint32_t, std::vector<Neighbour>> neighbours;
  for (const auto& [places, row] : pairs) {
    if (row.zone != Zone::kSuggest) continue;
    neighbours[row.first].push_back({row.second, row.score.probability});
    neighbours[row.second].push_back({row.first, row.score.probability});
  }
  std::vector<DuplicatePair> found;
  for (const auto& [third, ends] : neighbours) {
    for (std::size_t i = 0; i < std::min(ends.size(), kThirdsMax); ++i) {
      for (std::size_t j = i + 1; j < std::min(ends.size(), kThirdsMax); ++j) {
        const double probability = ends[i].probability + ends[j].probability - 1;
        if (probability < limits.suggest) continue;
        const CandidatePair places{std::min(ends[i].record, ends[j].record),
                                   std::max(ends[i].record, ends[j].record)};
        const auto direct = pairs.find(places);
        if (direct != pairs.end() && direct->second.zone == Zone::kSuggest) continue;
        DuplicatePair row{places.first, places.second, Zone::kSuggest, {}, {}};
        row.comparison = Compare(records[places.first], records[places.second], frequency);
        if (Contradict(row.comparison)) continue;
        row.score = {probability, 0, std::log2(probability / (1 - probability))};
        row.through = third;
        found.push_back(std::move(row));
      }
    }
  }
  return found;
}

}  // namespace

Zone ZoneOf(const Comparison& comparison, const PairScore& score, const ZoneLimits& limits) {
  if (comparison.cannot_be_one || score.probability < limits.review) return Zone::kNone;
  const bool conflict = comparison.level(Field::kId) == id::kConflict;
  return score.probability >= limits.suggest && !conflict ? Zone::kSuggest : Zone::kReview;
}

bool MayMergeUnasked(const Comparison& comparison, Zone zone) {
  if (zone != Zone::kSuggest || comparison.level(Field::kId) != id::kVerified) return false;
  auto agrees = [&](Field field, std::uint8_t worst) {
    return comparison.level(field) != kUnknown && comparison.level(field) <= worst;
  };
  // A son registered with his father's papers has his father's number, verified, and often his
  // name: his birth date alone tells them apart.
  const bool person = agrees(Field::kGiven, given::kNear) &&
                      agrees(Field::kFamily, family::kNear) && agrees(Field::kBirth, birth::kEqual);
  return person || agrees(Field::kFirm, family::kNear);
}

DuplicateSearch FindDuplicates(std::span<const PreparedRecord> records,
                               const NameFrequency& frequency, const LinkageModel& model,
                               const ZoneLimits& limits) {
  Candidates candidates = FindCandidates(records);
  DuplicateSearch found;
  found.compared = candidates.pairs.size();
  found.blocks = candidates.reports;
  std::vector<WeighedPair> weighed;
  for (const CandidatePair& pair : candidates.pairs) {
    const Comparison comparison = Compare(records[pair.first], records[pair.second], frequency);
    const PairOdds odds = OddsOf(model, comparison);
    if (odds.same < kOddsMin && odds.relatives < kOddsMin) continue;
    weighed.push_back({pair, comparison, odds});
  }
  const LinkageModel fitted = WithSharesOf(weighed, model, records.size());
  std::map<CandidatePair, DuplicatePair> pairs;
  for (const WeighedPair& pair : weighed) {
    DuplicatePair row{pair.places.first, pair.places.second, Zone::kNone, {}, pair.comparison};
    row.score = Score(fitted, pair.odds, records.size());
    row.zone = ZoneOf(row.comparison, row.score, limits);
    if (row.zone == Zone::kNone) continue;
    row.may_merge_unasked = MayMergeUnasked(row.comparison, row.zone);
    pairs.emplace(pair.places, row);
  }
  for (DuplicatePair& row : ThroughThirds(records, frequency, pairs, limits))
    pairs[{row.first, row.second}] = std::move(row);
  for (auto& [places, row] : pairs) found.pairs.push_back(std::move(row));
  std::ranges::sort(found.pairs, [](const DuplicatePair& left, const DuplicatePair& right) {
    return std::tuple(-left.score.probability, left.first, left.second) <
           std::tuple(-right.score.probability, right.first, right.second);
  });
  return found;
}

}  // namespace radyab::linkage
