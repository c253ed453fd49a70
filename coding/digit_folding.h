// Reads digits as people write them: Persian or Arabic digits, grouped, with invisible marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coding/refusal.h"
#include "coding/refuse.h"

namespace radyab::coding {

inline constexpr std::size_t kDigitTextBytesMax = 1024;

// The value of an ASCII, Persian or Arabic-Indic digit; -1 of any other character.
int DigitValue(char32_t value);

// The digits of a text as ASCII, each with the byte offset where it stood.
struct FoldedDigits {
  std::string digits;
  std::vector<std::size_t> offsets;  // empty when the text is these digits and nothing else
  std::size_t end = 0;               // byte offset just after the last digit

  std::size_t OffsetOf(std::size_t digit) const { return offsets.empty() ? digit : offsets[digit]; }
};

// Folds ASCII, Persian (U+06F0..) and Arabic-Indic (U+0660..) digits to ASCII and drops spaces
// (also NBSP and the other Unicode spaces), hyphens and dashes, ZWNJ, ZWJ, BOM and bidi marks, and
// line ends after the last digit. Refuses an empty text, one with no digit, more than
// kDigitTextBytesMax bytes, and at its place any other character. `what` is the word used in
// messages.
Parsed<FoldedDigits> FoldDigits(const Reading& reading);

// The fault in words for digits [first, first + count) of what was folded.
Refusal RefuseDigits(const Reading& reading, const FoldedDigits& folded, std::size_t first,
                     std::size_t count, Fault fault);

}  // namespace radyab::coding
