// GS1 Digital Link URIs (GS1 Digital Link Standard: URI Syntax, release 1.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/element_string.h"
#include "coding/refusal.h"

namespace radyab::coding {

struct DigitalLink {
  std::string host;               // "id.gs1.org", with ":port" when one was given
  std::vector<Element> elements;  // key, qualifiers, then attributes in the order of the query
};

// Reads http(s)://HOST[/any/path]/KEY/value[/QUALIFIER/value…][?AI=value&…]. A GTIN has 14 digits;
// qualifiers stand in one of the orders of their key (of 01: 22, 10, 21, or 235 alone); what may
// qualify the key may not stand in the query; query names that are not all digits are passed over
// (linkType …), and so is a fragment. Values are percent-decoded and checked as in an element
// string; a second, unlike value is refused. At most 8 KiB. The value of a key begins with 8 digits
// or escapes, or with 4 where letters may follow: a path without one (/2024/01/offer) is refused as
// a whole. How the elements stand together is not looked at (element_rules.h).
Parsed<DigitalLink> ReadDigitalLink(std::string_view uri, int current_year = kCenturyReferenceYear);

// The same, and partners are checked.
Parsed<DigitalLink> ParseDigitalLink(std::string_view uri,
                                     int current_year = kCenturyReferenceYear);

// True when the text is meant as a Digital Link, whether or not it can be read: somewhere in its
// path an AI that can be a key stands before something like its value.
bool LooksLikeDigitalLink(std::string_view uri);

// Writes https://HOST/… of the elements, which come from a reader of ours: their values, partners
// and the host are not checked again, so that anything else may become a link that nobody reads.
// The key is AI 01 when it is there, else the first element that can be a key, else the next one
// when others find no place with that; refuses elements without a key, and those that can stand
// neither in its path nor in the query.
Parsed<std::string> WriteDigitalLink(std::string_view host, const std::vector<Element>& elements);

}  // namespace radyab::coding
