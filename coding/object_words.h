// The words that name a thing we trace: CODE, CODE/lot/L, CODE/serial/S, sscc/N.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coding/code.h"
#include "coding/refusal.h"

namespace radyab::coding {

// What one word names. Lots and serials are 1..20 characters of GS1 set 82. They may hold a '/', so
// in a word
// '/' is written %2F and '%' is written %25; every other character stands as it is.
struct ObjectWord {
  enum class Type { kCode, kLot, kUnit, kContainer };
  Type type = Type::kCode;
  std::optional<Code> code;  // of kCode, kLot, kUnit
  std::string text;          // the lot, the serial or the 18 digits of the SSCC; empty for kCode

  friend bool operator==(const ObjectWord&, const ObjectWord&) = default;

  static ObjectWord ForCode(const Code& code);
  static ObjectWord ForLot(const Code& code, std::string_view lot);
  static ObjectWord ForUnit(const Code& code, std::string_view serial);
  static ObjectWord ForContainer(std::string_view sscc);
};

// Reads a word. The code and the SSCC are folded as ParseCode and ParseSscc do; lot and serial are
// percent- decoded (any %XX). "lot", "serial" and "sscc" are read in either letter case. At most
// 1,024 bytes. Whether a code of this kind can have lots is not looked at: that is the registry's
// to know.
Parsed<ObjectWord> ParseObjectWord(std::string_view text);

// True when the text begins like a word with a part after it, whether or not it can be read: a code
// of ours or "sscc" and '/', or any digits and "/lot/" or "/serial/" (a mistyped code).
bool LooksLikeObjectWord(std::string_view text);

// The canonical form: one thing, one text. It can be a key.
std::string WriteObjectWord(const ObjectWord& word);

}  // namespace radyab::coding
