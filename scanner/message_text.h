// Brings what a decoding library says about a message into the one form that Symbol promises.
#pragma once

#include <string>
#include <string_view>

#include "scanner/symbol.h"

namespace radyab::scanner {

// The 12 digits of UPC-A that the 8 digits of UPC-E stand for (GS1 General Specifications,
// section 5.2). Anything that is not 8 digits comes back as it is.
std::string ExpandUpcE(std::string_view digits);

// An element string, and whether the text in brackets could be parted in another way too.
struct UnbracketedElements {
  std::string text;
  bool ambiguous = false;
};

// The element string of a text in brackets: "(01)09521…(10)AB" becomes "0109521…10AB", with GS
// (0x1D) after each value that is not of predefined length and not the last. A bracket of an AI of
// our table (coding/ai_table.h) with a right value begins an element, and so does another one with
// digits behind it; AI 90 to 99 and others before free text do only where no value can hold them.
// "(10)A(21)B" and "(10)A(99)B" are ambiguous: a lot may hold brackets itself. Where no reading has
// right values every bracket begins an element. A text that does not begin with a bracket comes
// back as it is.
UnbracketedElements ElementsWithoutBrackets(std::string_view bracketed);

// `text` when it is UTF-8, else its bytes read as Latin-1.
std::string AsUtf8(std::string_view text);

// Settles text, raw, aim and gs1 of a symbol just read: UPC-A and UPC-E get 13 digits, DataBar
// becomes an element string, a text that is no UTF-8 is read as Latin-1.
void SettleMessage(Symbol& symbol);

}  // namespace radyab::scanner
