// GS1 element strings: application identifiers with their values (GS1 General Specifications,
// section 7.8).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/refusal.h"

namespace radyab::coding {

inline constexpr std::size_t kElementTextBytesMax = 8192;

struct Element {
  std::string ai;     // "01"
  std::string value;  // "09521234543213"

  friend bool operator==(const Element&, const Element&) = default;
};

// What was read, and what the label as a whole still lacks. A pallet may spread its elements over
// two symbols, so a reader of scans wants the elements even when a partner is missing.
struct ElementReading {
  std::vector<Element> elements;
  std::vector<std::size_t> offsets;  // byte offset of each element's AI digits in the text
};

// Reads the elements alone: AIs known, values right, none twice with unlike values (a like one is
// dropped); partners are not looked at. `current_year` places two-digit years.
Parsed<ElementReading> ReadElementString(std::string_view text,
                                         int current_year = kCenturyReferenceYear);
Parsed<ElementReading> ReadBracketed(std::string_view text,
                                     int current_year = kCenturyReferenceYear);

// Other ways to read a text in brackets: what ReadBracketed takes for several elements may be one
// value that holds brackets ("(10)A(21)B" is a lot and a serial, or the lot "A(21)B"). One run of
// elements is joined at a time; answered are the readings in which every value and partner is
// right, those nearest to the usual one first, at most kOtherSplitsMax.
inline constexpr std::size_t kOtherSplitsMax = 4;
std::vector<std::vector<Element>> OtherSplits(std::string_view text,
                                              int current_year = kCenturyReferenceYear);

// Refuses as kMissingKey the first element whose needed partner is missing (lot without GTIN) and
// as kForbiddenPair one that may not stand beside another (01 with 02). `text` is what `reading`
// was read from.
Parsed<std::vector<Element>> CheckPartners(std::string_view text, const ElementReading& reading);

// An element string as a scanner sends it: AI digits and values in a row, GS (0x1D) after each
// value of variable length that is not the last. A GS before the first element (FNC1) and one after
// a value of fixed length are allowed. Partners are checked.
Parsed<std::vector<Element>> ParseElementString(std::string_view text,
                                                int current_year = kCenturyReferenceYear);

// The same for people: "(01)09521234543213(10)ABC". A '(' inside a value opens a new element only
// when digits of a known AI and ')' follow.
Parsed<std::vector<Element>> ParseBracketed(std::string_view text,
                                            int current_year = kCenturyReferenceYear);

// The raw form, without leading FNC1: GS only after values that need it and are not the last.
std::string WriteElementString(const std::vector<Element>& elements);

// The form for people. Values are written as they are, so a value that itself holds the bracket of
// a known AI reads back as two elements: ParseScanPayload answers such a value as a candidate, and
// only the raw form and links carry it for certain.
std::string WriteBracketed(const std::vector<Element>& elements);

// The value of an AI, or null.
const std::string* FindElement(const std::vector<Element>& elements, std::string_view ai);

}  // namespace radyab::coding
