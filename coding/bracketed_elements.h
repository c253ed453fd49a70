// Element strings as people write and read them: "(01)09521234543213(10)ABC".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coding/element_string.h"

namespace radyab::coding {

// What a '(' in the middle of a text means.
enum class Brackets {
  kForPeople,  // it begins an element when digits of a known AI and ')' follow, else it is data
  kExact,      // it begins an element, and nothing else
};

// Reads the elements alone, as ReadElementString does. A backslash before a bracket makes it data,
// in both ways of reading.
Parsed<ElementReading> ReadBracketed(std::string_view text,
                                     int current_year = kCenturyReferenceYear,
                                     Brackets brackets = Brackets::kForPeople);

// The same, and partners are checked.
Parsed<std::vector<Element>> ParseBracketed(std::string_view text,
                                            int current_year = kCenturyReferenceYear);

// Other ways to read a text in brackets: what ReadBracketed takes for several elements may be one
// value that holds brackets ("(10)A(21)B" is a lot and a serial, or the lot "A(21)B"). One run of
// elements is joined at a time; answered are the readings in which every value and partner is
// right, those nearest to the usual one first, at most kOtherSplitsMax.
inline constexpr std::size_t kOtherSplitsMax = 4;
std::vector<std::vector<Element>> OtherSplits(std::string_view text,
                                              int current_year = kCenturyReferenceYear);

// The form for people, values as they are: one that itself holds the bracket of a known AI reads
// back as two elements, and ParseScanPayload tells of it as a candidate.
std::string WriteBracketed(const std::vector<Element>& elements);

// The same with a backslash before each '(' of a value: reads back exactly, in both ways.
std::string WriteBracketedExactly(const std::vector<Element>& elements);

}  // namespace radyab::coding
