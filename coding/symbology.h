// AIM symbology identifiers: what a scanner says of the symbol that it read (ISO/IEC 15424:2008).
#pragma once

#include <string_view>

namespace radyab::coding {

// What a symbol of this kind holds.
enum class SymbologyUse {
  kAnything,  // nothing is said of the content
  kElements,  // a GS1 element string: FNC1 stands in the first place
  kGtin,      // a GTIN of 8 or 13 digits: EAN-13, UPC-A, UPC-E (as 13 digits), EAN-8
  kGtinPlus,  // the same and an add-on of two or five digits behind it
  kAddOn,     // an add-on alone (issue number, price)
  kItf,       // Interleaved 2 of 5: 14 digits that pass their check are a GTIN
};

// The identifier at the beginning of what a scanner sent: "]", a letter that names the symbology, a
// modifier. Empty when there is none.
std::string_view SymbologyOf(std::string_view bytes);

SymbologyUse UseOfSymbology(std::string_view identifier);

// "GS1 DataMatrix", "QR Code" …; empty for none and for letters that the standard does not give.
std::string_view SymbologyName(std::string_view identifier);

}  // namespace radyab::coding
