// The characters that GS1 values may hold, and the sizes of lot and serial.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

inline constexpr char kGroupSeparator = '\x1D';       // GS: ends a value of variable length
inline constexpr std::size_t kLotCharactersMax = 20;  // AI 10; AI 21 (serial) has the same limit

inline bool IsDigit(char character) { return character >= '0' && character <= '9'; }

namespace character_sets {

// Which sets each byte belongs to, one bit a set.
inline constexpr unsigned char kSet82 = 1;
inline constexpr unsigned char kSet39 = 2;
inline constexpr unsigned char kSet64 = 4;

constexpr std::size_t Byte(char character) { return static_cast<unsigned char>(character); }

inline constexpr std::array<unsigned char, 256> kSets = [] {
  std::array<unsigned char, 256> sets{};
  const auto add = [&sets](std::string_view characters, unsigned char set) {
    for (const char character : characters) sets[Byte(character)] |= set;
  };
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  add(kDigits, kSet82 | kSet39 | kSet64);
  add(kCapitals, kSet82 | kSet39 | kSet64);
  add("abcdefghijklmnopqrstuvwxyz", kSet82 | kSet64);
  add("!\"%&'()*+,-./:;<=>?_", kSet82);
  add("#-/", kSet39);
  add("-_", kSet64);
  return sets;
}();

}  // namespace character_sets

// GS1 AI encodable character set 82 (GS1 General Specifications, figure 7.11-1): letters, digits
// and ! " % & ' ( ) * + , - . / : ; < = > ? _
inline bool IsCharacter82(char character) {
  return (character_sets::kSets[character_sets::Byte(character)] & character_sets::kSet82) != 0;
}

// Set 39 (figure 7.11-2): digits, capital letters and # - /
inline bool IsCharacter39(char character) {
  return (character_sets::kSets[character_sets::Byte(character)] & character_sets::kSet39) != 0;
}

// The letters of base64url (RFC 4648, section 5): letters, digits, - and _
inline bool IsCharacter64(char character) {
  return (character_sets::kSets[character_sets::Byte(character)] & character_sets::kSet64) != 0;
}

// A lot (AI 10) or serial (AI 21) as given: 1..20 characters of set 82. Nothing is folded: "a1" and
// "A1" are two lots.
Parsed<std::string> ParseLot(std::string_view text);
Parsed<std::string> ParseSerial(std::string_view text);

}  // namespace radyab::coding
