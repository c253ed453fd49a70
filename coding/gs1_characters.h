// The characters that GS1 values may hold, and the sizes of lot and serial.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

inline constexpr char kGroupSeparator = '\x1D';       // GS: ends a value of variable length
inline constexpr std::size_t kLotCharactersMax = 20;  // AI 10; AI 21 (serial) has the same limit

// GS1 AI encodable character set 82 (GS1 General Specifications, figure 7.11-1): letters, digits
// and ! " % & ' ( ) * + , - . / : ; < = > ? _
bool IsCharacter82(char character);

// A lot (AI 10) or serial (AI 21) as given: 1..20 characters of set 82. Nothing is folded: "a1" and
// "A1" are two lots.
Parsed<std::string> ParseLot(std::string_view text);
Parsed<std::string> ParseSerial(std::string_view text);

}  // namespace radyab::coding
