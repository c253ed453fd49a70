// Reads UTF-8 text one character at a time, and never past its end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace radyab::coding {

// One character of a text. Bytes that are no UTF-8 (overlong forms, surrogates, numbers above
// U+10FFFF, cut sequences: Unicode 15, section 3.9, table 3-7) are given one byte at a time, with
// valid = false.
struct Utf8Character {
  char32_t value = 0;     // the code point; the byte itself when not valid
  std::size_t bytes = 1;  // how many bytes it takes, 1..4
  bool valid = false;
};

// The character that begins at byte `at`; at < text.size().
Utf8Character ReadUtf8(std::string_view text, std::size_t at);

// How many characters stand in the first `bytes` bytes of `text`.
std::size_t CountCharacters(std::string_view text, std::size_t bytes);

// The byte offset at which the character number `characters` (from 0) begins; the size when there
// are fewer.
std::size_t ByteOffsetOf(std::string_view text, std::size_t characters);

// Appends the code point to `out`; code points that cannot stand in UTF-8 become U+FFFD.
void AppendUtf8(char32_t value, std::string& out);

// True when every byte belongs to a well-formed character.
bool IsValidUtf8(std::string_view text);

}  // namespace radyab::coding
