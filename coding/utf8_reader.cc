#include "coding/utf8_reader.h"

#include <cstdint>

namespace radyab::coding {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// How many bytes a character with this first byte takes; 0 when no character begins so.
std::size_t LengthByFirstByte(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool IsScalarOfLength(char32_t value, std::size_t bytes) {
  if (value >= 0xD800 && value <= 0xDFFF) return false;
  if (bytes == 3) return value >= 0x800;
  if (bytes == 4) return value >= 0x10000 && value <= 0x10FFFF;
  return true;
}

}  // namespace

Utf8Character ReadUtf8(std::string_view text, std::size_t at) {
  const auto first = static_cast<std::uint8_t>(text[at]);
  const Utf8Character broken{first, 1, false};
  const std::size_t bytes = LengthByFirstByte(first);
  if (bytes == 0 || at + bytes > text.size()) return broken;
  if (bytes == 1) return {first, 1, true};
  char32_t value = first & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<std::uint8_t>(text[at + i]);
    if ((next & 0xC0u) != 0x80u) return broken;
    value = (value << 6) | (next & 0x3Fu);
  }
  if (!IsScalarOfLength(value, bytes)) return broken;
  return {value, bytes, true};
}

std::size_t CountCharacters(std::string_view text, std::size_t bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes && at < text.size(); ++count) at += ReadUtf8(text, at).bytes;
  return count;
}

std::size_t ByteOffsetOf(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (; characters > 0 && at < text.size(); --characters) at += ReadUtf8(text, at).bytes;
  return at;
}

void AppendUtf8(char32_t value, std::string& out) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = kReplacement;
  const auto byte = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (value < 0x80) {
    byte(value);
  } else if (value < 0x800) {
    byte(0xC0 | (value >> 6));
    byte(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    byte(0xE0 | (value >> 12));
    byte(0x80 | ((value >> 6) & 0x3F));
    byte(0x80 | (value & 0x3F));
  } else {
    byte(0xF0 | (value >> 18));
    byte(0x80 | ((value >> 12) & 0x3F));
    byte(0x80 | ((value >> 6) & 0x3F));
    byte(0x80 | (value & 0x3F));
  }
}

bool IsValidUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = ReadUtf8(text, at);
    if (!character.valid) return false;
    at += character.bytes;
  }
  return true;
}

}  // namespace radyab::coding
