#include "clients/cli/output/display_text.h"

#include <unicode/uchar.h>

#include "coding/utf8_reader.h"

namespace radyab::cli {
namespace {

std::size_t CharacterWidth(char32_t character) {
  const auto code_point = static_cast<UChar32>(character);
  switch (u_charType(code_point)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int east_asian = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

// The embeddings, overrides and isolates of UAX #9. Left in a value they would end the isolate that
// we put around it, or turn what stands beside it.
bool IsBidiControl(char32_t character) {
  return (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

}  // namespace

std::size_t DisplayWidth(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(utf8, at);
    width += character.valid ? CharacterWidth(character.value) : 1;
    at += character.bytes;
  }
  return width;
}

bool HasRightToLeft(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(utf8, at);
    const UCharDirection direction = u_charDirection(static_cast<UChar32>(character.value));
    if (character.valid && (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC)) {
      return true;
    }
    at += character.bytes;
  }
  return false;
}

std::string Printable(std::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, at);
    const char32_t value = character.value;
    if (value == '\n' || value == '\t' || value == '\r') {
      printable += ' ';
    } else if (!character.valid || value < 0x20 || (value >= 0x7F && value < 0xA0) ||
               IsBidiControl(value)) {
      coding::AppendUtf8(0xFFFD, printable);
    } else {
      printable.append(text.substr(at, character.bytes));
    }
    at += character.bytes;
  }
  return printable;
}

std::string Shortened(std::string_view utf8, std::size_t width) {
  if (DisplayWidth(utf8) <= width) return std::string(utf8);
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < utf8.size()) {
    const coding::Utf8Character character = coding::ReadUtf8(utf8, at);
    const std::size_t next = character.valid ? CharacterWidth(character.value) : 1;
    if (used + next + 1 > width) break;
    used += next;
    at += character.bytes;
  }
  return std::string(utf8.substr(0, at)) + "…";
}

std::string Isolated(std::string_view text) { return "\u2068" + std::string(text) + "\u2069"; }

}  // namespace radyab::cli
