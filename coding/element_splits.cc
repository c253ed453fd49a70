#include "coding/element_splits.h"

#include <algorithm>
#include <array>
#include <string>

#include "coding/ai_table.h"
#include "coding/element_rules.h"
#include "coding/gs1_characters.h"

namespace radyab::coding {
namespace {

// How many ways are kept for the rest of the text behind each place.
constexpr std::size_t kWaysMax = 48;
constexpr unsigned kLostCost = 4;
constexpr unsigned kTypedCost = 1;
constexpr unsigned kElementCost = 1;
constexpr unsigned kRareCost = 3;
constexpr unsigned kInternalCost = 6;

bool IsCommon(std::string_view ai) {
  constexpr std::array<std::string_view, 18> kCommon = {"00", "01", "02", "10",  "11",  "12",
                                                        "13", "15", "16", "17",  "20",  "21",
                                                        "22", "30", "37", "240", "410", "414"};
  return std::ranges::find(kCommon, ai) != kCommon.end() || ai.substr(0, 2) == "31" ||
         ai.substr(0, 3) == "330";
}

unsigned CostOf(std::string_view ai) {
  if (IsCommon(ai)) return kElementCost;
  return kElementCost + (ai[0] == '9' ? kInternalCost : kRareCost);
}

// What stands between a value and the next element.
enum class Gap { kNone, kSeparator, kTyped, kLost };

// One element at a place, and which way goes on behind it.
struct Way {
  unsigned cost = 0;
  std::size_t value_at = 0;
  std::size_t value_end = 0;
  Gap gap = Gap::kNone;
  std::size_t next = 0;  // where the next element begins
  std::size_t rank = 0;  // which way goes on from there
};

class Splitter {
 public:
  Splitter(std::string_view text, int current_year)
      : text_(text), year_(current_year), ways_(text.size() + 1) {}

  std::vector<ElementSplit> Split() {
    const std::size_t begin = !text_.empty() && text_[0] == kGroupSeparator ? 1 : 0;
    for (std::size_t at = text_.size(); at-- > begin;) FindWays(at);
    std::vector<ElementSplit> splits;
    if (begin == text_.size()) return splits;
    for (const Way& way : ways_[begin]) {
      ElementSplit split = Follow(begin, way);
      const bool known = std::ranges::any_of(
          splits, [&](const ElementSplit& one) { return one.elements == split.elements; });
      if (known || !BrokenRules(split.elements).empty()) continue;
      splits.push_back(std::move(split));
      if (splits.size() == kSplitsMax) break;
    }
    return splits;
  }

 private:
  void FindWays(std::size_t at) {
    const AiMatch match = MatchAi(text_.substr(at));
    if (match.entry == nullptr) return;
    const std::size_t value_at = at + match.ai.size();
    const std::size_t stop = std::min(text_.find(kGroupSeparator, value_at), text_.size());
    const std::size_t length_max = std::min(match.entry->length_max, stop - value_at);
    for (std::size_t length = match.entry->length_min; length <= length_max; ++length) {
      AddWays(at, match, value_at, value_at + length);
    }
    std::ranges::stable_sort(ways_[at], {}, &Way::cost);
    if (ways_[at].size() > kWaysMax) ways_[at].resize(kWaysMax);
  }

  // The ways with this value, for each gap that may stand behind it.
  void AddWays(std::size_t at, const AiMatch& match, std::size_t value_at, std::size_t value_end) {
    const unsigned cost = CostOf(match.ai);
    const Way base{cost, value_at, value_end, Gap::kNone, value_end, 0};
    const std::string_view rest = text_.substr(value_end);
    if (rest.empty()) {
      if (IsRight(match, base)) ways_[at].push_back(base);
      return;
    }
    if (rest[0] == kGroupSeparator) return AddGap(at, match, base, Gap::kSeparator, 1, 0);
    const bool parted = match.entry->separator;
    AddGap(at, match, base, parted ? Gap::kLost : Gap::kNone, 0, parted ? kLostCost : 0);
    for (const std::string_view typed : {"029", "0029"}) {
      if (parted && rest.substr(0, typed.size()) == typed) {
        AddGap(at, match, base, Gap::kTyped, typed.size(), kTypedCost);
      }
    }
  }

  void AddGap(std::size_t at, const AiMatch& match, Way way, Gap gap, std::size_t bytes,
              unsigned cost) {
    way.gap = gap;
    way.next = way.value_end + bytes;
    if (way.next == text_.size() && gap == Gap::kSeparator) {  // a separator at the end
      if (IsRight(match, way)) ways_[at].push_back(way);
      return;
    }
    const auto& behind = ways_[way.next];
    if (way.next == text_.size() || behind.empty() || !IsRight(match, way)) return;
    for (std::size_t rank = 0; rank < behind.size(); ++rank) {
      Way whole = way;
      whole.cost += cost + behind[rank].cost;
      whole.rank = rank;
      ways_[at].push_back(whole);
    }
  }

  bool IsRight(const AiMatch& match, const Way& way) const {
    return !CheckAiValue(*match.entry, text_.substr(way.value_at, way.value_end - way.value_at),
                         year_);
  }

  ElementSplit Follow(std::size_t at, const Way& first) const {
    ElementSplit split;
    const Way* way = &first;
    for (;;) {
      Element element{std::string(text_.substr(at, way->value_at - at)),
                      std::string(text_.substr(way->value_at, way->value_end - way->value_at))};
      split.common = split.common && IsCommon(element.ai);
      split.lost += way->gap == Gap::kLost ? 1 : 0;
      split.typed += way->gap == Gap::kTyped ? 1 : 0;
      split.elements.push_back(std::move(element));
      if (way->next >= text_.size() || way->value_end == text_.size()) return split;
      at = way->next;
      way = &ways_[at][way->rank];
    }
  }

  std::string_view text_;
  int year_;
  std::vector<std::vector<Way>> ways_;  // of the rest of the text from each place
};

}  // namespace

std::vector<ElementSplit> SplitElements(std::string_view text, int current_year) {
  if (text.size() > kSplitTextBytesMax) return {};
  return Splitter(text, current_year).Split();
}

bool MayHoldElement(std::string_view value) {
  for (std::size_t at = 1; at < value.size(); ++at) {
    const AiMatch match = MatchAi(value.substr(at));
    if (match.entry == nullptr) continue;
    if (at + match.ai.size() + match.entry->length_min <= value.size()) return true;
  }
  return false;
}

}  // namespace radyab::coding
