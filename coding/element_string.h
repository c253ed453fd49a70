// GS1 element strings: application identifiers with their values (GS1 General Specifications,
// section 7.8).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/element.h"
#include "coding/element_views.h"
#include "coding/refusal.h"

namespace radyab::coding {

// What was read, and what the label as a whole still lacks. A pallet may spread its elements over
// two symbols, so a reader of scans wants the elements even when a partner is missing.
struct ElementReading {
  std::vector<Element> elements;
  std::vector<std::size_t> offsets;  // byte offset of each element's AI digits in the text
};

// Reads the elements alone, as ReadElementViews does (element_views.h); how they stand together is
// not looked at (element_rules.h). `current_year` places two-digit years.
Parsed<ElementReading> ReadElementString(std::string_view text,
                                         int current_year = kCenturyReferenceYear);

// Refuses the first rule that the elements break together: kMissingKey (lot without GTIN),
// kForbiddenPair (01 with 02), kRepeatedElement (a second, unlike lot). `text` is what `reading`
// was read from.
Parsed<std::vector<Element>> CheckPartners(std::string_view text, const ElementReading& reading);

// An element string as a scanner sends it: AI digits and values in a row, GS (0x1D) after each
// value of variable length that is not the last. A GS before the first element (FNC1) and one after
// a value of fixed length are allowed. Partners are checked.
Parsed<std::vector<Element>> ParseElementString(std::string_view text,
                                                int current_year = kCenturyReferenceYear);

// The canonical raw form, without leading FNC1: GS only after values that need it and are not the
// last.
std::string WriteElementString(const std::vector<Element>& elements);

// The value of an AI, or null. Of an AI that is there twice the first.
const std::string* FindElement(const std::vector<Element>& elements, std::string_view ai);

}  // namespace radyab::coding
