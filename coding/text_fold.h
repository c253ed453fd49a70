// The match key of a Persian, Arabic or other text: what is indexed and what is searched for.
#pragma once

#include <string>
#include <string_view>

#include "coding/utf8_reader.h"

namespace radyab::coding {

// To be raised whenever FoldText gives any text another key. Nothing stores it yet: keys that were
// indexed under an earlier number are not found again until their index is made anew.
inline constexpr int kFoldVersion = 1;

// Folds a text: NFKC; combining marks, U+0670, tatweel, ZWNJ, ZWJ, BOM, SHY and bidi controls
// dropped; the shapes of yeh, kaf, alef, waw and heh made one, lone hamza dropped (پ چ ژ گ are
// never folded); decimal digits to ASCII; lower case (root); white space to single spaces, none at
// the ends; punctuation dropped. Idempotent. Bytes that are no UTF-8 become U+FFFD. The key may be
// empty. Thread safe. Source of the character facts: the
// Unicode Character Database as ICU has it.
std::string FoldText(std::string_view utf8);

}  // namespace radyab::coding
