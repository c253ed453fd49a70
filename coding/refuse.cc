#include "coding/refuse.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "coding/utf8_reader.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kQuotedCharactersMax = 80;
// How much of the text before the bad part is kept when the text is shortened.
constexpr std::size_t kCharactersBefore = 30;

// A character as it may stand in a message: control characters by name, broken bytes as \xNN.
void AppendQuoted(std::string_view text, std::size_t at, std::string& out) {
  const Utf8Character character = ReadUtf8(text, at);
  char escaped[8];
  if (character.value == 0x1D && character.valid) {
    out += "<GS>";
  } else if (!character.valid || character.value < 0x20 ||
             (character.value >= 0x7F && character.value < 0xA0)) {
    std::snprintf(escaped, sizeof escaped, "\\x%02X",
                  static_cast<unsigned>(character.value & 0xFF));
    out += escaped;
  } else {
    out += text.substr(at, character.bytes);
  }
}

// Byte offset of the character that stands `characters` before byte `at`.
std::size_t StepBack(std::string_view text, std::size_t at, std::size_t characters) {
  std::vector<std::size_t> starts;
  for (std::size_t begin = 0; begin < at;) {
    starts.push_back(begin);
    begin += ReadUtf8(text, begin).bytes;
  }
  return starts.size() <= characters ? 0 : starts[starts.size() - characters];
}

// The text with stars around [begin, begin + bytes); at most kQuotedCharactersMax characters of it.
std::string Quote(std::string_view text, std::size_t begin, std::size_t bytes, bool stars) {
  const std::size_t end = begin + bytes;
  std::size_t at = stars && CountCharacters(text, end) > kQuotedCharactersMax
                       ? StepBack(text, begin, kCharactersBefore)
                       : 0;
  std::string out = at > 0 ? "…" : "";
  std::size_t shown = 0;
  bool open = false;
  for (;; ++shown) {
    if (stars && !open && at >= begin) {
      out += '*';
      open = true;
    }
    if (stars && open && at >= end) {
      out += '*';
      stars = false;
    }
    if (at >= text.size()) break;
    if (shown == kQuotedCharactersMax) {
      out += open && stars ? "…*" : "…";
      break;
    }
    AppendQuoted(text, at, out);
    at += ReadUtf8(text, at).bytes;
  }
  return out;
}

}  // namespace

Refusal RefusePart(const Reading& reading, const Fault& fault) {
  const std::size_t begin = std::min(fault.begin, reading.text.size());
  const std::size_t bytes = std::min(fault.bytes, reading.text.size() - begin);
  Refusal refusal;
  refusal.reason = fault.reason;
  refusal.at = CountCharacters(reading.text, begin) + 1;
  refusal.length = CountCharacters(reading.text.substr(begin), bytes);
  refusal.message = std::string(reading.what) + " \"" + Quote(reading.text, begin, bytes, true) +
                    "\": " + fault.found + " at place " + std::to_string(refusal.at) + ", want " +
                    fault.wanted;
  refusal.found = fault.found;
  refusal.wanted = fault.wanted;
  return refusal;
}

Refusal RefuseWhole(const Reading& reading, const Fault& fault) {
  Refusal refusal;
  refusal.reason = fault.reason;
  refusal.message = std::string(reading.what) + " \"" + Quote(reading.text, 0, 0, false) +
                    "\": " + fault.found + ", want " + fault.wanted;
  refusal.found = fault.found;
  refusal.wanted = fault.wanted;
  return refusal;
}

Refusal RefuseDecoded(const Reading& reading, const DecodedPart& part, Fault fault) {
  const std::size_t begin = part.offsets[std::min(fault.begin, part.text.size())];
  const std::size_t end = part.offsets[std::min(fault.begin + fault.bytes, part.text.size())];
  fault.begin = begin;
  fault.bytes = end - begin;
  return RefusePart(reading, fault);
}

Refusal RefuseInner(const Reading& reading, const DecodedPart& part, const Refusal& inner) {
  const bool whole = inner.at == 0;
  const std::size_t begin = whole ? 0 : ByteOffsetOf(part.text, inner.at - 1);
  const std::size_t end =
      whole ? part.text.size() : ByteOffsetOf(part.text, inner.at - 1 + inner.length);
  return RefuseDecoded(reading, part,
                       {inner.reason, begin, end - begin, inner.found, inner.wanted});
}

std::string DescribeCharacter(std::string_view text, std::size_t at) {
  if (at >= text.size()) return "end of text";
  const Utf8Character character = ReadUtf8(text, at);
  char described[32];
  if (!character.valid) {
    std::snprintf(described, sizeof described, "byte 0x%02X",
                  static_cast<unsigned>(character.value));
    return described;
  }
  if (character.value == 0x1D) return "GS";
  const char32_t value = character.value;
  if ((value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z')) return "letter";
  if (value >= '0' && value <= '9') return "digit";
  if (value == ' ') return "space";
  if (value > 0x20 && value < 0x7F) return std::string("character '") + text[at] + "'";
  std::snprintf(described, sizeof described, "character U+%04X", static_cast<unsigned>(value));
  return described;
}

}  // namespace radyab::coding
