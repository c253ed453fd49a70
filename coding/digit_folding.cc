#include "coding/digit_folding.h"

#include "coding/check_digits.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

// Spaces (Unicode category Zs and TAB), hyphens and dashes, joiners, BOM, bidi marks.
bool IsFiller(char32_t value) {
  switch (value) {
    case '\t':
    case ' ':
    case '-':
    case 0x00A0:
    case 0x00AD:
    case 0x061C:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x2060:
    case 0x2212:
    case 0x3000:
    case 0xFEFF:
      return true;
    default:
      return (value >= 0x2000 &&
              value <= 0x2015) ||  // spaces, ZWNJ, ZWJ, LRM, RLM, hyphens, dashes
             (value >= 0x202A && value <= 0x202E) ||  // bidi embeddings and overrides
             (value >= 0x2066 && value <= 0x2069);    // bidi isolates
  }
}

bool IsLineEnd(char32_t value) { return value == '\r' || value == '\n'; }

}  // namespace

int DigitValue(char32_t value) {
  if (value >= '0' && value <= '9') return static_cast<int>(value - '0');
  if (value >= 0x0660 && value <= 0x0669) return static_cast<int>(value - 0x0660);
  if (value >= 0x06F0 && value <= 0x06F9) return static_cast<int>(value - 0x06F0);
  return -1;
}

Parsed<FoldedDigits> FoldDigits(const Reading& reading) {
  const std::string_view text = reading.text;
  if (text.empty())
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", "digits"});
  if (text.size() > kDigitTextBytesMax) {
    return RefuseWhole(reading,
                       {RefusalReason::kTooLong, 0, 0, std::to_string(text.size()) + " bytes",
                        std::to_string(kDigitTextBytesMax) + " bytes at most"});
  }
  if (IsAllDigits(text)) return FoldedDigits{std::string(text), {}, text.size()};
  FoldedDigits folded;
  std::size_t line_end = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    if (!character.valid) {
      return RefusePart(
          reading, {RefusalReason::kInvalidUtf8, at, 1, DescribeCharacter(text, at), "a digit"});
    }
    const int digit = DigitValue(character.value);
    const bool ends_line = IsLineEnd(character.value);
    if (digit >= 0 && line_end != std::string_view::npos) {
      return RefusePart(reading,
                        {RefusalReason::kInvalidCharacter, line_end, 1, "line end", "a digit"});
    }
    if (digit < 0 && !ends_line && !IsFiller(character.value)) {
      return RefusePart(reading, {RefusalReason::kInvalidCharacter, at, character.bytes,
                                  DescribeCharacter(text, at), "a digit"});
    }
    if (ends_line && line_end == std::string_view::npos) line_end = at;
    if (digit >= 0) {
      folded.digits.push_back(static_cast<char>('0' + digit));
      folded.offsets.push_back(at);
      folded.end = at + character.bytes;
    }
    at += character.bytes;
  }
  if (folded.digits.empty()) {
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "no digit", "digits"});
  }
  return folded;
}

Refusal RefuseDigits(const Reading& reading, const FoldedDigits& folded, std::size_t first,
                     std::size_t count, Fault fault) {
  fault.begin = folded.OffsetOf(first);
  const std::size_t last = folded.OffsetOf(first + count - 1);
  fault.bytes = last - fault.begin + ReadUtf8(reading.text, last).bytes;
  return RefusePart(reading, fault);
}

}  // namespace radyab::coding
