#include "registry/catalog/item_likeness.h"

#include <algorithm>
#include <string>
#include <vector>

#include "coding/text_fold.h"
#include "coding/utf8_reader.h"
#include "registry/catalog/class_lineage.h"
#include "registry/catalog/identity.h"
#include "registry/linkage/text_distance.h"
#include "registry/reason.h"

namespace radyab::catalog {
namespace {

constexpr double kWordLikeness = 0.88;  // from here on two words may be one, misspelt
constexpr double kClassCost = 0.03;
constexpr double kUnitCost = 0.05;
constexpr double kAttributeCost = 0.05;
constexpr std::size_t kWordsMax = 32;  // of a name; what follows is not seen
constexpr std::size_t kBirthClassBytes = 4;

constexpr std::u32string_view kAnd = U"\u0648";  // the Persian "and" joins, and tells nothing apart

bool IsDigit(char32_t value) { return value >= U'0' && value <= U'9'; }

// Numbers without leading zeros and single letters.
bool IsMark(std::u32string_view part) { return IsDigit(part.front()) || part.size() == 1; }

// Visits the words and marks of a folded name. "5kg" is a number and a word, as "5 kg" is.
template <class Visit>
void ForEachPart(std::string_view folded, Visit visit) {
  std::u32string part;
  part.reserve(folded.size());
  const auto end_part = [&] {
    if (part.empty()) return;
    std::u32string_view shown = part;
    if (IsDigit(part.front())) {
      shown.remove_prefix(std::min(part.find_first_not_of(U'0'), part.size() - 1));
    }
    if (shown != kAnd) visit(shown);
    part.clear();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const coding::Utf8Character next = coding::ReadUtf8(folded, at);
    at += next.bytes;
    const bool breaks = next.value == U' ';
    if (breaks || (!part.empty() && IsDigit(part.front()) != IsDigit(next.value))) end_part();
    if (!breaks) part += next.value;
  }
  end_part();
}

// The same for names with the same marks, in whatever order; hardly ever for others.
std::uint64_t SumOfMarks(std::string_view folded) {
  constexpr std::uint64_t kPrime = 0x100000001b3;  // FNV-1a, 64 bits
  std::uint64_t sum = 0;
  ForEachPart(folded, [&](std::u32string_view part) {
    if (!IsMark(part)) return;
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char32_t value : part) hash = (hash ^ value) * kPrime;
    sum += hash;
  });
  return sum;
}

double LengthOf(const std::vector<std::u32string>& words) {
  std::size_t length = 0;
  for (const std::u32string& word : words) length += word.size();
  return static_cast<double>(length);
}

// One language of two names: -1 when one of them has none.
double LanguageLikeness(const std::string& one, const std::string& other) {
  if (one.empty() || other.empty()) return -1;
  return NameLikeness(coding::FoldText(one), coding::FoldText(other));
}

double NamesLikeness(const v1::LocalizedText& one, const v1::LocalizedText& other) {
  double sum = 0;
  int languages = 0;
  for (const double likeness :
       {LanguageLikeness(one.fa(), other.fa()), LanguageLikeness(one.en(), other.en())}) {
    if (likeness < 0) continue;
    sum += likeness;
    ++languages;
  }
  return languages == 0 ? 0 : sum / languages;
}

std::string_view KeyCodeOf(const v1::Item& item) {
  std::string_view name = item.class_name();
  return name.substr(name.find('/') + 1);
}

// Attributes that both have with different values.
std::vector<std::string> Differing(const v1::Item& one, const v1::Item& other) {
  std::vector<std::string> keys;
  for (const v1::Attribute& left : one.attributes()) {
    for (const v1::Attribute& right : other.attributes()) {
      const bool differ = left.key() == right.key() &&
                          coding::FoldText(left.value()) != coding::FoldText(right.value());
      if (differ) keys.push_back(left.key());
    }
  }
  return keys;
}

// Whether one of `keys` identifies goods of the class. A class that is gone identifies nothing.
absl::StatusOr<bool> AnyIdentifies(storage::ReadTransaction& transaction, std::string_view key_code,
                                   const std::vector<std::string>& keys) {
  if (keys.empty()) return false;
  auto lineage = LineageOf(transaction, key_code, "class_name");
  if (!lineage.ok()) {
    const auto detail = ReasonOf(lineage.status());
    if (detail && detail->reason == Reason::kUnknownClass) return false;
    return lineage.status();
  }
  return std::ranges::any_of(keys, [&](const std::string& key) {
    const auto found = lineage->templates.find(key);
    return found != lineage->templates.end() && found->second->identifying();
  });
}

}  // namespace

ComparedName::Parts ComparedName::PartsOf(std::string_view folded) {
  Parts parts;
  ForEachPart(folded, [&](std::u32string_view part) {
    if (IsMark(part)) {
      parts.marks.emplace_back(part);
    } else if (parts.words.size() < kWordsMax) {
      parts.words.emplace_back(part);
    }
  });
  std::ranges::sort(parts.marks);
  return parts;
}

ComparedName::ComparedName(std::string_view folded)
    : sum_of_marks_(SumOfMarks(folded)), parts_(PartsOf(folded)) {}

double ComparedName::LikenessTo(std::string_view folded) const {
  if (SumOfMarks(folded) != sum_of_marks_) return 0;
  Parts other = PartsOf(folded);
  if (parts_.marks != other.marks || parts_.words.empty() || other.words.empty()) return 0;
  const double length = LengthOf(parts_.words) + LengthOf(other.words);
  double answered = 0;
  for (const std::u32string& word : parts_.words) {
    auto best = other.words.end();
    double best_likeness = 0;
    for (auto at = other.words.begin(); at != other.words.end(); ++at) {
      const double likeness = *at == word ? 1 : linkage::JaroWinkler(word, *at);
      if (likeness <= best_likeness) continue;
      best = at;
      best_likeness = likeness;
    }
    if (best_likeness < kWordLikeness) continue;
    answered += best_likeness * static_cast<double>(word.size() + best->size());
    other.words.erase(best);
  }
  return answered / length;
}

double NameLikeness(std::string_view left, std::string_view right) {
  return ComparedName(left).LikenessTo(right);
}

absl::StatusOr<double> ItemLikeness(storage::ReadTransaction& transaction, const v1::Item& one,
                                    const v1::Item& other) {
  const std::string_view class_of_one = KeyCodeOf(one);
  const std::string_view class_of_other = KeyCodeOf(other);
  if (class_of_one.substr(0, kBirthClassBytes) != class_of_other.substr(0, kBirthClassBytes)) {
    return 0.0;
  }
  const bool told_apart = !one.generic_item().empty() && !other.generic_item().empty() &&
                          one.generic_item() != other.generic_item();
  if (told_apart) return 0.0;
  double likeness = NamesLikeness(one.display_name(), other.display_name());
  if (likeness < kReviewLikeness) return likeness;
  const std::vector<std::string> differing = Differing(one, other);
  auto identifies = AnyIdentifies(transaction, class_of_one, differing);
  if (!identifies.ok()) return identifies.status();
  if (*identifies) return 0.0;
  likeness -= kAttributeCost * static_cast<double>(differing.size());
  if (class_of_one != class_of_other) likeness -= kClassCost;
  if (one.unit() != other.unit()) likeness -= kUnitCost;
  return std::max(likeness, 0.0);
}

}  // namespace radyab::catalog
