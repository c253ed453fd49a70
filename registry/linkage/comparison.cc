#include "registry/linkage/comparison.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "registry/linkage/name_comparison.h"
#include "registry/linkage/text_distance.h"

namespace radyab::linkage {
namespace {

constexpr std::size_t kAreaCharacters = 5;  // of an Iranian postcode: a quarter of a town

// One digit wrong, left out or doubled, or two swapped.
bool NumbersAreNear(int left, int right) {
  return DamerauDistance(std::to_string(left), std::to_string(right), 1) <= 1;
}

// One of day, month and year is written wrongly, or day and month are changed over.
bool DatesAreNear(const BirthDate& left, const BirthDate& right) {
  const int equal = (left.year == right.year ? 1 : 0) + (left.month == right.month ? 1 : 0) +
                    (left.day == right.day ? 1 : 0);
  if (equal == 2) {
    return NumbersAreNear(left.year, right.year) && NumbersAreNear(left.month, right.month) &&
           NumbersAreNear(left.day, right.day);
  }
  return left.year == right.year && left.month == right.day && left.day == right.month;
}

std::uint8_t CompareBirth(const BirthDate& left, const BirthDate& right) {
  if (left.year == 0 || right.year == 0) return kUnknown;
  if (left.month == 0 || right.month == 0) {
    const int years = std::abs(left.year - right.year);
    return years == 0 ? birth::kYear : years == 1 ? birth::kYearNear : birth::kDiffer;
  }
  if (left == right) return birth::kEqual;
  if (DatesAreNear(left, right)) return birth::kNear;
  return birth::kDiffer;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string DigitsIn(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), IsDigit);
  return digits;
}

bool PhonesAreNear(const std::string& left, const std::string& right) {
  return DamerauDistance(left, right, 1) <= 1;
}

// One slip apart, but not in a number: namesakes number their addresses.
bool EmailsAreNear(const std::string& left, const std::string& right) {
  return DamerauDistance(left, right, 1) <= 1 && DigitsIn(left) == DigitsIn(right);
}

// One in common, one slip apart, or neither.
template <class Near>
std::uint8_t CompareContacts(const std::vector<std::string>& left,
                             const std::vector<std::string>& right, Near near) {
  if (left.empty() || right.empty()) return kUnknown;
  std::uint8_t level = phone::kDiffer;
  for (const std::string& one : left) {
    for (const std::string& other : right) {
      if (one == other) return phone::kEqual;
      if (near(one, other)) level = phone::kNear;
    }
  }
  return level;
}

std::uint8_t CompareIds(const std::vector<StrongId>& left, const std::vector<StrongId>& right) {
  bool verified = false, equal = false, differ = false, conflict = false;
  for (const StrongId& one : left) {
    for (const StrongId& other : right) {
      if (one.scheme != other.scheme) continue;
      const bool both = one.verified && other.verified;
      if (one.value == other.value) {
        equal = true;
        verified |= both;
      } else {
        differ = true;
        conflict |= both;
      }
    }
  }
  if (conflict) return id::kConflict;
  if (equal) return verified ? id::kVerified : id::kEqual;
  return differ ? id::kDiffer : kUnknown;
}

// Whether both say it and say the same.
bool SaySame(const std::string& left, const std::string& right) {
  return !left.empty() && left == right;
}

std::uint8_t CompareAddresses(const PostalAddress& left, const PostalAddress& right) {
  const bool postcodes = !left.postcode.empty() && !right.postcode.empty();
  const bool streets = !left.street.empty() && !right.street.empty();
  if (!postcodes && !streets) return kUnknown;
  const bool postcode = SaySame(left.postcode, right.postcode);
  const bool door = SaySame(left.street, right.street) && SaySame(left.number, right.number);
  const bool units = left.unit.empty() || right.unit.empty() || left.unit == right.unit;
  if (door && units && (postcode || !postcodes)) return address::kEqual;
  if (postcode || door) return address::kBuilding;
  const bool area =
      postcodes && left.postcode.size() > kAreaCharacters &&
      left.postcode.substr(0, kAreaCharacters) == right.postcode.substr(0, kAreaCharacters);
  return area ? address::kArea : address::kDiffer;
}

}  // namespace

Comparison Compare(const PreparedRecord& left, const PreparedRecord& right,
                   const NameFrequency& frequency) {
  Comparison comparison;
  comparison.cannot_be_one = left.organisation != right.organisation;
  CompareNames(left, right, frequency, comparison);
  auto set = [&](Field field, std::uint8_t level) {
    comparison.levels[static_cast<std::size_t>(field)] = level;
  };
  set(Field::kBirth, CompareBirth(left.birth, right.birth));
  set(Field::kPhone, CompareContacts(left.phones, right.phones, PhonesAreNear));
  set(Field::kEmail, CompareContacts(left.emails, right.emails, EmailsAreNear));
  set(Field::kId, CompareIds(left.ids, right.ids));
  set(Field::kAddress, CompareAddresses(left.address, right.address));
  return comparison;
}

std::string_view FieldName(Field field) {
  constexpr std::string_view kNames[kFieldCount] = {"given", "family", "firm", "birth",
                                                    "phone", "email",  "id",   "address"};
  return kNames[static_cast<std::size_t>(field)];
}

std::string_view LevelName(Field field, std::uint8_t level) {
  using Names = std::array<std::string_view, kLevelsMax>;  // from level 1
  constexpr Names kFamilyNames = {"equal", "sound", "near", "part", "alike", "differ"};
  constexpr Names kContactNames = {"equal", "near", "differ"};
  constexpr std::array<Names, kFieldCount> kNames = {
      Names{"equal", "form", "sound", "near", "initial", "alike", "differ"},
      kFamilyNames,
      kFamilyNames,
      Names{"equal", "near", "year", "year near", "differ"},
      kContactNames,
      kContactNames,
      Names{"verified", "equal", "differ", "conflict"},
      Names{"equal", "building", "area", "differ"}};
  if (level == kUnknown || level > kLevelsMax) return "";
  return kNames[static_cast<std::size_t>(field)][level - 1U];
}

}  // namespace radyab::linkage
