// Our 16-digit code: K CCCC MMMMM SSSS XX (docs/codes.md).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::coding {

// What a code names; the number is the code's first digit.
enum class Kind : std::uint8_t { kItem = 1, kCase = 2, kParty = 7, kService = 8 };

// "item", "case", "party", "service".
std::string_view KindName(Kind kind);

inline constexpr std::uint32_t kBlockMax = 99999;        // block 0 is the registry itself
inline constexpr std::uint32_t kBirthClassMax = 9999;    // item, service: two class levels
inline constexpr std::uint32_t kCounterMax = 9999;       // item, service: 1..9999 in a block
inline constexpr std::uint32_t kSerialMax = 99'999'999;  // party, case: 0..99999999 in a block

// One valid code. A plain value: copy it, compare it, use it from any thread. It can only be made
// by the functions below, so that a Code that exists always passes its check.
class Code {
 public:
  // Item or service number `counter` (1..9999) of `block`, born in class `birth_class` (0..9999).
  // Refuses other kinds and numbers out of range.
  static Parsed<Code> ForCatalog(Kind kind, std::uint32_t birth_class, std::uint32_t block,
                                 std::uint32_t counter);
  // Party or case with the permuted serial `serial` (0..99999999) of `block`.
  static Parsed<Code> ForSerial(Kind kind, std::uint32_t block, std::uint32_t serial);
  // A stored number that was a code when it was written; refuses anything that fails the check.
  static Parsed<Code> FromNumber(std::uint64_t number);

  std::uint64_t number() const { return number_; }
  Kind kind() const;
  std::uint32_t block() const;
  std::uint32_t birth_class() const;  // places 2-5; meaningful for item and service
  std::uint32_t counter() const;      // places 11-14; meaningful for item and service
  std::uint32_t serial() const;       // C and S as one 8-digit number; for party and case

  std::string Digits() const;   // "1042000017000113"
  std::string Grouped() const;  // "1042 0000 1700 0113", for people

  friend auto operator<=>(const Code&, const Code&) = default;

 private:
  explicit Code(std::uint64_t number) : number_(number) {}
  std::uint64_t number_;
};

// Reads what a person or a scanner gives: Persian and Arabic digits, spaces, hyphens, NBSP, ZWNJ
// and bidi marks are folded away first; anything else refuses the text and says where. At most
// 1,024 bytes are looked at: a longer text is refused as kTooLong.
Parsed<Code> ParseCode(std::string_view text);

}  // namespace radyab::coding
