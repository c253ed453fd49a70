// Check digits over strings of ASCII digits.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace radyab::coding {

// True when `text` is not empty and holds ASCII digits only.
bool IsAllDigits(std::string_view text);

// The two ISO/IEC 7064:2003 MOD 97-10 check characters of `digits` (ASCII digits, any length): 98
// minus (digits * 100 mod 97), always "02".."98".
std::string Mod97CheckPair(std::string_view digits);

// True when the last two of `digits` (3 digits at least) are the MOD 97-10 pair of those before
// them. Stricter than a plain "mod 97 = 1", which takes the pairs 00, 01 and 99 as well.
bool HasMod97CheckPair(std::string_view digits);

// The GS1 mod 10 check digit of `digits` (ASCII digits, any length): weights 3,1,3,1… from the
// right (GS1 General Specifications, section 7.9).
char Gs1CheckDigit(std::string_view digits);

// True when the last of `digits` (2 digits at least) is the GS1 check digit of those before it.
bool HasGs1CheckDigit(std::string_view digits);

// How many characters may stand before a GS1 check character pair: as many as there are weights.
inline constexpr std::size_t kCheckPairBodyMax = 97;

// The GS1 check character pair of `body` (characters of set 82, at most kCheckPairBodyMax of them):
// prime weights from the right, modulo 1021, in an alphabet of 32 (General Specifications, section
// 7.9.5). Catches every single wrong character.
std::array<char, 2> Gs1CheckPair(std::string_view body);

}  // namespace radyab::coding
