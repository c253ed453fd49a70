// Two records side by side: of each field, how far they agree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "registry/linkage/linkage_record.h"

namespace radyab::linkage {

// A person has a given and a family name, an organisation a firm name.
enum class Field : std::uint8_t { kGiven, kFamily, kFirm, kBirth, kPhone, kEmail, kId, kAddress };
inline constexpr std::size_t kFieldCount = 8;
inline constexpr std::size_t kLevelsMax = 7;

// Level 0 of every field: at least one record does not say. It weighs nothing. The levels of a
// field from 1, best first; a pair gets the first that holds over all its spellings.
inline constexpr std::uint8_t kUnknown = 0;

namespace given {
inline constexpr std::uint8_t kEqual = 1;  // the same folded name
inline constexpr std::uint8_t kForm = 2;   // short and full form, or one of two given names
inline constexpr std::uint8_t kSound = 3;  // one sound in two scripts or two Latin spellings
inline constexpr std::uint8_t kNear = 4;  // a slip, or alike but for it; one of the two a rare name
inline constexpr std::uint8_t kInitial = 5;  // an initial and a name that begins so
inline constexpr std::uint8_t kAlike = 6;    // near each other, and both well-known names
inline constexpr std::uint8_t kDiffer = 7;
}  // namespace given
namespace family {  // and firm
inline constexpr std::uint8_t kEqual = 1;
inline constexpr std::uint8_t kSound = 2;
inline constexpr std::uint8_t kNear = 3;
inline constexpr std::uint8_t kPart = 4;  // one word more or less
inline constexpr std::uint8_t kAlike = 5;
inline constexpr std::uint8_t kDiffer = 6;
}  // namespace family
namespace birth {
inline constexpr std::uint8_t kEqual = 1;     // day, month and year
inline constexpr std::uint8_t kNear = 2;      // one digit wrong or two swapped, or day and month
inline constexpr std::uint8_t kYear = 3;      // the year, more is not known of one
inline constexpr std::uint8_t kYearNear = 4;  // the year before or after, as when calendars change
inline constexpr std::uint8_t kDiffer = 5;
}  // namespace birth
namespace phone {                          // and e-mail
inline constexpr std::uint8_t kEqual = 1;  // one in common
inline constexpr std::uint8_t kNear = 2;   // one slip apart
inline constexpr std::uint8_t kDiffer = 3;
}  // namespace phone
namespace id {
inline constexpr std::uint8_t kVerified = 1;  // equal, and verified on both sides
inline constexpr std::uint8_t kEqual = 2;
inline constexpr std::uint8_t kDiffer = 3;
inline constexpr std::uint8_t kConflict = 4;  // differ, and verified on both sides
}  // namespace id
namespace address {
inline constexpr std::uint8_t kEqual =
    1;  // street and number; unit and postcode do not speak against it
inline constexpr std::uint8_t kBuilding = 2;  // postcode, or street and number
inline constexpr std::uint8_t kArea = 3;      // the first five characters of the postcode
inline constexpr std::uint8_t kDiffer = 4;
}  // namespace address

struct Comparison {
  std::array<std::uint8_t, kFieldCount> levels = {};
  double given_frequency = 1;   // of the name or sound that agrees; 1 when none does
  double family_frequency = 1;  // or of the firm name
  // One is a person and the other an organisation, or they bear different marks of a generation.
  bool cannot_be_one = false;

  std::uint8_t level(Field field) const { return levels[static_cast<std::size_t>(field)]; }
};

// Thread safe. Symmetric.
Comparison Compare(const PreparedRecord& left, const PreparedRecord& right,
                   const NameFrequency& frequency);

// "given", "family" …
std::string_view FieldName(Field field);
// "equal", "near", "differ" …; empty for kUnknown and what is no level of the field.
std::string_view LevelName(Field field, std::uint8_t level);

}  // namespace radyab::linkage
