// Who lives together: the connected parts of what customers share.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "registry/linkage/linkage_record.h"

namespace radyab::linkage {

inline constexpr std::size_t kHouseholdMembersMax = 12;

// Why two people are of one household.
enum class HouseholdTie : std::uint8_t { kPhone, kFamilyAndAddress };

struct HouseholdEdge {
  std::uint32_t first = 0;  // places in the span of records, first < second
  std::uint32_t second = 0;
  HouseholdTie tie = HouseholdTie::kPhone;

  friend auto operator<=>(const HouseholdEdge&, const HouseholdEdge&) = default;
};

// At least two people, joined by edges.
struct Household {
  std::vector<std::uint32_t> members;  // places in the span of records, sorted
  std::vector<HouseholdEdge> edges;    // sorted
  // More than kHouseholdMembersMax people: a telephone of a shop or a dormitory, for a clerk to
  // look at and no household before.
  bool for_review = false;
};

// Pairs of record ids that are not of one household whatever they share, smaller id first. A veto
// takes away the edge between the two; a third person may still join them.
using HouseholdVetoes = std::set<std::pair<std::uint64_t, std::uint64_t>>;

// The households among persons (organisations have none), by the same E.164 telephone, or the same
// folded family name at the same postcode, street, number and unit. Sorted by their first member.
// Thread safe.
std::vector<Household> FindHouseholds(std::span<const PreparedRecord> records,
                                      const HouseholdVetoes& vetoes);

}  // namespace radyab::linkage
