#include "registry/linkage/household.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

namespace radyab::linkage {
namespace {

using Places = std::vector<std::uint32_t>;
using Groups = std::map<std::string, Places>;

// The root of each place in a forest, paths halved on the way.
class Forest {
 public:
  explicit Forest(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }
  std::uint32_t RootOf(std::uint32_t place) {
    while (parents_[place] != place) place = parents_[place] = parents_[parents_[place]];
    return place;
  }
  void Join(std::uint32_t left, std::uint32_t right) {
    left = RootOf(left), right = RootOf(right);
    parents_[std::max(left, right)] = std::min(left, right);
  }

 private:
  Places parents_;
};

// Family and door as one text for each spelling; none when the door is not fully told. A house
// without units has none to tell.
std::vector<std::string> DoorKeys(const PreparedRecord& record) {
  const PostalAddress& door = record.address;
  std::vector<std::string> keys;
  if (door.postcode.empty() || door.street.empty() || door.number.empty()) return keys;
  for (const ReadName& name : record.names) {
    keys.push_back(name.family.folded + "\n" + door.postcode + "\n" + door.street + "\n" +
                   door.number + "\n" + door.unit);
  }
  return keys;
}

bool IsVetoed(const HouseholdVetoes& vetoes, std::uint64_t left, std::uint64_t right) {
  return vetoes.contains({std::min(left, right), std::max(left, right)});
}

// Every pair of a group, up to a number that no household has: beyond it a chain joins them, so
// that the part is found whole and put before a clerk.
void AddEdges(std::span<const PreparedRecord> records, const Groups& groups, HouseholdTie tie,
              const HouseholdVetoes& vetoes, std::set<HouseholdEdge>& edges) {
  for (const auto& [key, group] : groups) {
    Places places = group;
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const std::size_t reach =
        places.size() > 2 * kHouseholdMembersMax ? kHouseholdMembersMax : places.size();
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (std::size_t j = i + 1; j < std::min(places.size(), i + 1 + reach); ++j) {
        if (!IsVetoed(vetoes, records[places[i]].id, records[places[j]].id))
          edges.insert({places[i], places[j], tie});
      }
    }
  }
}

}  // namespace

std::vector<Household> FindHouseholds(std::span<const PreparedRecord> records,
                                      const HouseholdVetoes& vetoes) {
  Groups phones, doors;
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    if (records[i].organisation) continue;
    for (const std::string& phone : records[i].phones) phones[phone].push_back(i);
    for (const std::string& door : DoorKeys(records[i])) doors[door].push_back(i);
  }
  std::set<HouseholdEdge> edges;
  AddEdges(records, phones, HouseholdTie::kPhone, vetoes, edges);
  AddEdges(records, doors, HouseholdTie::kFamilyAndAddress, vetoes, edges);
  Forest forest(records.size());
  for (const HouseholdEdge& edge : edges) forest.Join(edge.first, edge.second);
  std::map<std::uint32_t, Household> by_root;
  for (const HouseholdEdge& edge : edges) {
    Household& household = by_root[forest.RootOf(edge.first)];
    household.edges.push_back(edge);
    household.members.push_back(edge.first);
    household.members.push_back(edge.second);
  }
  std::vector<Household> households;
  for (auto& [root, household] : by_root) {
    std::ranges::sort(household.members);
    household.members.erase(std::unique(household.members.begin(), household.members.end()),
                            household.members.end());
    household.for_review = household.members.size() > kHouseholdMembersMax;
    households.push_back(std::move(household));
  }
  return households;
}

}  // namespace radyab::linkage
