// The records that are likely one customer: all of the linkage in one call.
#pragma once

#include <span>
#include <vector>

#include "registry/linkage/blocking.h"
#include "registry/linkage/linkage_model.h"

namespace radyab::linkage {

// What is to be done with a pair.
enum class Zone : std::uint8_t { kNone, kReview, kSuggest };

// From which probability on a pair is suggested as one customer, or put before a clerk.
struct ZoneLimits {
  double suggest = 0.86;
  double review = 0.20;
};

inline constexpr std::uint32_t kNoThird = 0xFFFFFFFF;

struct DuplicatePair {
  std::uint32_t first = 0;  // places in the span of records, first < second
  std::uint32_t second = 0;
  Zone zone = Zone::kNone;
  PairScore score;
  Comparison comparison;
  // The place of a third record that both are one with, when that alone says so; kNoThird: none.
  std::uint32_t through = kNoThird;
  // A merge without a person's decision is allowed: see MayMergeUnasked.
  bool may_merge_unasked = false;
};

struct DuplicateSearch {
  std::vector<DuplicatePair> pairs;  // of the zones review and suggest, the most likely first
  std::uint64_t compared = 0;
  std::array<BlockReport, kBlockKindCount> blocks = {};
};

// The zone of one comparison. A conflict of verified identifiers is never suggested.
Zone ZoneOf(const Comparison& comparison, const PairScore& score, const ZoneLimits& limits);

// Whether two records are one beyond doubt: a verified strong identifier agrees and none conflicts,
// the names agree, of persons the whole birth date too, and the pair is in the zone kSuggest.
bool MayMergeUnasked(const Comparison& comparison, Zone zone);

// Prepares nothing and keeps nothing. Thread safe.
DuplicateSearch FindDuplicates(std::span<const PreparedRecord> records,
                               const NameFrequency& frequency, const LinkageModel& model,
                               const ZoneLimits& limits = {});

}  // namespace radyab::linkage
